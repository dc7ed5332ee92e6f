import type { TokenCredential } from "@azure/identity";
import { TableClient, type TableServiceClientOptions } from "@azure/data-tables";
import type { Settings } from "./config.ts";

/** What a test puts in the way of requests to Azure, which cannot be reached from everywhere. */
export type WayToAzure = Pick<TableServiceClientOptions, "additionalPolicies">;

/** A person waits, so the client gives up well before Teams does (5 seconds for a press). */
export const PATIENCE = { maxRetries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 400 };
/** Only an emulator is reached by key, and it speaks plain HTTP. */
export const BY_KEY = { retryOptions: PATIENCE, allowInsecureConnection: true };

/** The SDK's own client of one table, as patient as is said. For what `Table` does not do. */
export async function openClient(
  { tables }: Pick<Settings, "tables">,
  name: string,
  retryOptions: typeof PATIENCE,
  way?: WayToAzure,
): Promise<TableClient> {
  if ("connectionString" in tables)
    return TableClient.fromConnectionString(tables.connectionString, name, {
      ...BY_KEY,
      retryOptions,
    });
  const [credential, options] = await byIdentity(way);
  return new TableClient(tables.endpoint, name, credential, { ...options, retryOptions });
}

/** Loaded when it is needed: on one's own machine nobody signs in, and it is slow to load. */
export async function byIdentity(
  way: WayToAzure = {},
): Promise<[TokenCredential, TableServiceClientOptions]> {
  const { DefaultAzureCredential } = await import("@azure/identity");
  return [new DefaultAzureCredential(), { retryOptions: PATIENCE, ...way }];
}
