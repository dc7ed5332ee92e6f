import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { MsalServiceClientCredentialsFactory } from "botframework-connector";
import type { WayToAzure } from "../../src/table-client.ts";

/** An HTTP service on loopback. */
export interface StandIn {
  readonly url: string;
  stop(): Promise<void>;
}

/** What a service answers: its status, its body as JSON, and headers beyond the usual. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A service that answers as it is told, or, told nothing, takes the request and stays silent. */
export async function standIn(answer: (request: IncomingMessage) => Answer | undefined) {
  return listening((request, response) => {
    const told = answer(request);
    if (!told) return;
    response.writeHead(told.status, { "content-type": "application/json", ...told.headers });
    response.end(told.body === undefined ? "" : JSON.stringify(told.body));
  });
}

/** A table service that keeps rows in memory: as much of Azure's as one row needs. */
export async function standInForTables(names: readonly string[]): Promise<StandIn> {
  const tables = new Set(names);
  const rows = new Map<string, object>();
  return listening((request, response) => {
    void text(request).then((body) => {
      const { status, body: found } = answerOf(request, body && JSON.parse(body));
      response.writeHead(status, { "content-type": "application/json" });
      response.end(found === undefined ? "" : JSON.stringify(found));
    });
  });

  function answerOf({ method, url = "" }: IncomingMessage, sent: Record<string, string>): Answer {
    if (url.startsWith("/Tables") && method === "GET")
      return { status: 200, body: { value: [...tables].map((TableName) => ({ TableName })) } };
    if (url.startsWith("/Tables")) {
      tables.add(sent["TableName"] ?? "");
      return { status: 204 };
    }
    if (method === "POST") {
      rows.set(sent["RowKey"] ?? "", sent);
      return { status: 204 };
    }
    const key = /RowKey='([^']+)'/.exec(decodeURIComponent(url))?.[1] ?? "";
    const row = rows.get(key);
    if (!row) return { status: 404, body: odataError("ResourceNotFound") };
    if (method === "DELETE") rows.delete(key);
    return method === "DELETE" ? { status: 204 } : { status: 200, body: row };
  }
}

/** How the table service says what is wrong. */
export function odataError(code: string) {
  return { "odata.error": { code, message: { lang: "en", value: "PLANTED" } } };
}

/** Leads requests for Azure's tables to loopback, after they got their token: it wants https for that. */
export function leadTo(url: string): WayToAzure {
  const policy = {
    name: "leadToLoopback",
    sendRequest: async (
      request: { url: string; allowInsecureConnection?: boolean },
      next: (request: never) => Promise<never>,
    ) => {
      const { url: meant } = request;
      const { pathname, search } = new URL(meant);
      request.url = new URL(`${pathname}${search}`, url).href;
      request.allowInsecureConnection = true;
      try {
        // The SDK's own type of request, which this program has no other use for.
        return await next(request as never);
      } finally {
        // A second try gets its token on the way, and again for an https address only.
        request.url = meant;
      }
    },
  };
  return { additionalPolicies: [{ policy, position: "perRetry" }] };
}

/**
 * The SDK's credentials with the real MSAL, whose requests go to a stand-in: MSAL wants https for
 * its login address. The errors are the ones that MSAL makes of the answers.
 */
export function msalCredentials(appId: string, tenant: string, url: string) {
  // MSAL comes with the SDK, and is no dependency of its own.
  const fromSdk = createRequire(createRequire(__filename).resolve("botframework-connector"));
  const { ConfidentialClientApplication } = fromSdk("@azure/msal-node");
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: appId,
      clientSecret: "PLANTED-secret",
      authority: `https://login.microsoftonline.com/${tenant}`,
    },
    system: { networkClient: { sendGetRequestAsync: send, sendPostRequestAsync: send } },
  });
  return new MsalServiceClientCredentialsFactory(appId, client);

  async function send(address: string) {
    const { pathname } = new URL(address);
    const response = await fetch(new URL(pathname, url), { method: "POST" });
    return { status: response.status, headers: {}, body: await response.json() };
  }
}

async function listening(listener: RequestListener): Promise<StandIn> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
