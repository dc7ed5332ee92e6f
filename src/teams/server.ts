import type { IncomingMessage, ServerResponse } from "node:http";
import type { Activity, TurnContext } from "botbuilder";
import type { Logger } from "pino";
import restify from "restify";
import { z } from "zod/v4";
import { SettingsError, type Settings } from "../config.ts";
import { counted, measured } from "../measuring.ts";
import type { MadeFile } from "../paper.ts";
import type { PublicPage } from "../public-page.ts";
import type { CouncilAdapter } from "./authentication.ts";
import { servePages } from "./public-pages.ts";

/** Teams never sends more than 100 KB, counted as UTF-16; in UTF-8 that can be a half more. */
const LARGEST_BODY = 160_000;
/** A caller that is slower than this is no service of Microsoft's. */
const LONGEST_REQUEST_MS = 15_000;

/** What Teams sends, as measurements have it: a type is what a caller wrote. */
const KINDS_OF_TURN = new Map([
  ["message", "message"],
  ["invoke", "invoke"],
  ["installationUpdate", "installation"],
]);

const NO_SUCH_LINK = "This link is no longer good. Ask the bot for the paper again.";
const CANNOT_MAKE = "The paper cannot be made at the moment. Wait a minute, then try again.";
/** Why an address is refused, and what to do. */
const CANNOT_LISTEN: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there already. Stop it, or choose another port",
  EACCES: "this account may not listen there. Choose a port above 1023",
  EADDRNOTAVAIL: "this machine has no such address. Choose one of its own, or 0.0.0.0 for all",
};
/** Nothing between the bot and the person keeps a copy, runs it, or learns the link. */
const PRIVATE = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
  "referrer-policy": "no-referrer",
};

/** Answers whoever asks for measurements. Undefined where none are taken. */
export type Metrics = ((request: IncomingMessage, response: ServerResponse) => void) | undefined;

interface ServerParts {
  readonly adapter: CouncilAdapter;
  readonly run: (context: TurnContext) => Promise<void>;
  /** Whether the tables answer. */
  readonly isReady: () => Promise<boolean>;
  /** The file that a link's token names, or undefined where it is good for nothing. */
  readonly download: (token: string) => Promise<MadeFile | undefined>;
  /** What everybody may read. */
  readonly pages: readonly PublicPage[];
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** A server that listens. */
export interface Listening {
  readonly url: string;
  /** Takes no new work and waits for the turns under way. */
  stop(): Promise<void>;
}

/** What of an activity the bot reads. The SDK answers anything less with its own inner words. */
const AnyActivity = z.looseObject({
  type: z.string().min(1),
  channelId: z.string(),
  id: z.string().optional(),
  serviceUrl: z.string().optional(),
  text: z.string().nullish(),
  locale: z.string().nullish(),
  conversation: z.looseObject({
    id: z.string().min(1),
    conversationType: z.string().optional(),
    tenantId: z.string().optional(),
  }),
  from: z.looseObject({
    id: z.string(),
    name: z.string().nullish(),
    aadObjectId: z.string().nullish(),
  }),
  recipient: z.looseObject({
    id: z.string(),
    name: z.string().nullish(),
    aadObjectId: z.string().nullish(),
  }),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
});

/**
 * The bot over HTTP: Teams' messages, whether it lives, and whether it can work. Throws a
 * SettingsError where it may not listen at that address and port.
 */
export async function listen({ host, port }: Settings, parts: ServerParts): Promise<Listening> {
  const { adapter, run, isReady, download, pages, metrics, log } = parts;
  const server = restify.createServer({ name: "" });
  server.server.requestTimeout = LONGEST_REQUEST_MS;
  server.use((request, response, next) => {
    // Read as anything else, a body could be unpacked beyond every limit or kept as a file.
    const isPlainJson = request.is("json") && !request.header("content-encoding");
    if (request.method !== "POST" || isPlainJson) return next();
    counted("refusal", { reason: "not JSON" });
    response.send(415);
    return next(false);
  });
  server.use(restify.plugins.bodyParser({ maxBodySize: LARGEST_BODY, mapParams: false }));
  // Whoever sends nonsense learns nothing from the answer but its number.
  server.on("restifyError", (_request, _response, error: RestifyError, done: () => void) => {
    error.toJSON = () => ({});
    error.toString = () => "";
    done();
  });
  server.post("/api/messages", async (request, response) => {
    const { status, body } = await receive(request.body, request.header("authorization", ""));
    response.status(status);
    if (body) response.send(body);
    else response.end();
  });
  server.get("/healthz", async (_request, response) => {
    response.send(200, { status: "ok" });
  });
  server.get("/readyz", async (_request, response) => {
    const ready = await isReady();
    response.send(ready ? 200 : 503, { status: ready ? "ready" : "the tables do not answer" });
  });
  server.get("/papers/:token", async (request, response) => {
    const { status, headers, body } = await hand(String(request.params["token"]));
    response.writeHead(status, { ...headers, ...PRIVATE });
    response.end(body);
  });
  if (metrics) server.get("/metrics", async (request, response) => metrics(request, response));
  servePages(server, pages, log);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const said = CANNOT_LISTEN[error.code ?? ""];
      reject(said ? new SettingsError([`PORT, HOST: ${said} (${host}:${port}).`]) : error);
    });
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${server.address().port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.server.closeIdleConnections();
      }),
  };

  async function hand(token: string) {
    const text = { "content-type": "text/plain; charset=utf-8" };
    try {
      const file = await download(token);
      if (!file) return { status: 404, headers: text, body: NO_SUCH_LINK };
      const headers = {
        "content-type": file.type,
        "content-length": file.bytes.length,
        "content-disposition": `attachment; filename="${plainName(file.name)}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      };
      return { status: 200, headers, body: file.bytes };
    } catch (error) {
      log.error({ err: error }, "a file could not be made for a link");
      return { status: 503, headers: text, body: CANNOT_MAKE };
    }
  }

  async function receive(body: unknown, header: string) {
    const read = AnyActivity.safeParse(body);
    if (!read.success) {
      counted("refusal", { reason: "no activity" });
      return { status: 400, body: undefined };
    }
    const kind = KINDS_OF_TURN.get(read.data.type) ?? "other";
    try {
      // The SDK's type names fields that Teams leaves out; what the bot reads of them is checked.
      const { status, body: answer } = await measured("turn", { kind }, () =>
        adapter.receive(read.data as unknown as Activity, header, run),
      );
      return { status, body: answer };
    } catch (error) {
      log.error({ err: error }, "a turn ended without an answer");
      return { status: 500, body: undefined };
    }
  }
}

/** For clients that read no other alphabet. */
function plainName(name: string): string {
  return name.replaceAll(/[^\w .,()-]/g, "_");
}

interface RestifyError {
  toJSON: () => object;
  toString: () => string;
}
