import type { CloudAdapter, TurnContext } from "botbuilder";
import restify from "restify";
import { z } from "zod/v4";
import type { Settings } from "../config.ts";

/** Teams never sends more than 100 KB, counted as UTF-16; in UTF-8 that can be a half more. */
const LARGEST_BODY = 160_000;

interface ServerParts {
  readonly adapter: CloudAdapter;
  readonly run: (context: TurnContext) => Promise<void>;
  /** Whether the tables answer. */
  readonly isReady: () => Promise<boolean>;
}

/** A server that listens. */
export interface Listening {
  readonly url: string;
  /** Takes no new work and waits for the turns under way. */
  stop(): Promise<void>;
}

const ActivityShape = z.object({
  type: z.string(),
  channelId: z.string(),
  conversation: z.object({}),
});

/** What every activity has. The SDK answers anything less with its own inner words. */
function looksLikeActivity(body: unknown): boolean {
  return ActivityShape.safeParse(body).success;
}

/** The bot over HTTP: Teams' messages, whether it lives, and whether it can work. */
export async function listen({ host, port }: Settings, parts: ServerParts): Promise<Listening> {
  const { adapter, run, isReady } = parts;
  const server = restify.createServer({ name: "community-champions" });
  server.use(restify.plugins.bodyParser({ maxBodySize: LARGEST_BODY, mapParams: false }));
  server.post("/api/messages", async (request, response) => {
    if (looksLikeActivity(request.body)) await adapter.process(request, response, run);
    else response.send(400);
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
}
