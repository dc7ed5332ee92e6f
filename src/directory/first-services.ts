import { z } from "zod/v4";
import firstFile from "../../data/first-services.json" with { type: "json" };
import { Service } from "./schema.ts";
import type { ServiceSearch } from "./search.ts";
import type { ServiceStore } from "./store.ts";

/** 999, safeguarding and the council's contact: what a search must find before anybody fills the directory. */
export const FIRST_SERVICES = z.object({ services: z.array(Service) }).parse(firstFile).services;
/** Who may write the entries for emergencies and safeguarding. */
const ORIGIN = "sample";

/**
 * The entries that every directory has and this one lacks. They are written down, so that the
 * council can correct them like any other. Where they cannot be, they are found all the same.
 */
export async function missingServices(
  search: ServiceSearch,
  store: ServiceStore,
): Promise<readonly Service[]> {
  const unseen = FIRST_SERVICES.filter(({ id }) => !search.find(id));
  // One that the council has closed is there, and is not found.
  const stored = await Promise.all(unseen.map(({ id }) => store.find(id)));
  const missing = unseen.filter((_, at) => !stored[at]);
  if (missing.length > 0) await store.upsert(missing, ORIGIN).catch(() => undefined);
  return missing;
}
