import type { Activity, TurnContext } from "botbuilder";
import type { Logger } from "pino";
import restify from "restify";
import { z } from "zod/v4";
import type { Settings } from "../config.ts";
import type { CouncilAdapter } from "./authentication.ts";

/** Teams never sends more than 100 KB, counted as UTF-16; in UTF-8 that can be a half more. */
const LARGEST_BODY = 160_000;
/** A caller that is slower than this is no service of Microsoft's. */
const LONGEST_REQUEST_MS = 15_000;

interface ServerParts {
  readonly adapter: CouncilAdapter;
  readonly run: (context: TurnContext) => Promise<void>;
  /** Whether the tables answer. */
  readonly isReady: () => Promise<boolean>;
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

/** The bot over HTTP: Teams' messages, whether it lives, and whether it can work. */
export async function listen({ host, port }: Settings, parts: ServerParts): Promise<Listening> {
  const { adapter, run, isReady, log } = parts;
  const server = restify.createServer({ name: "" });
  server.server.requestTimeout = LONGEST_REQUEST_MS;
  server.use((request, response, next) => {
    // Read as anything else, a body could be unpacked beyond every limit or kept as a file.
    const isPlainJson = request.is("json") && !request.header("content-encoding");
    if (request.method !== "POST" || isPlainJson) return next();
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
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
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

  async function receive(body: unknown, header: string) {
    const read = AnyActivity.safeParse(body);
    if (!read.success) return { status: 400, body: undefined };
    try {
      // The SDK's type names fields that Teams leaves out; what the bot reads of them is checked.
      const { status, body: answer } = await adapter.receive(
        read.data as unknown as Activity,
        header,
        run,
      );
      return { status, body: answer };
    } catch (error) {
      log.error({ err: error }, "a turn ended without an answer");
      return { status: 500, body: undefined };
    }
  }
}

interface RestifyError {
  toJSON: () => object;
  toString: () => string;
}
