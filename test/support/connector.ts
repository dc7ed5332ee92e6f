import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Card } from "../../src/card-template.ts";
import { TENANT } from "./activities.ts";

/** One request that the bot made of the Bot Connector. */
export interface Received {
  readonly method: string;
  readonly path: string;
  /** The card it carried, if it did. */
  readonly card: Card | undefined;
  /** The plain text it carried, if it did. */
  readonly text: string | undefined;
}

/** What the stand-in does with the next request: an HTTP status, or taking it and then failing. */
type Mood = number | "take it, then answer 502";

/** A stand-in for the Bot Connector on loopback. It takes everything, unless told otherwise. */
export async function startConnector() {
  const received: Received[] = [];
  const moods: Mood[] = [];
  /** What is known of people who are not members of the council, by their Teams id. */
  const members = new Map<string, object>();
  let waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse((await text(request)) || "{}");
    const asked = /\/members\/([^/?]+)$/.exec(decodeURIComponent(request.url ?? ""))?.[1];
    if (asked) {
      const member = members.get(asked) ?? { id: asked, tenantId: TENANT, userRole: "user" };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(member));
      return;
    }
    const mood = moods.shift() ?? 201;
    if (mood === 201 || typeof mood === "string") received.push(recordOf(request, body));
    response.writeHead(mood === 201 ? 201 : typeof mood === "string" ? 502 : mood, {
      "content-type": "application/json",
      ...(mood === 429 ? { "retry-after": "0.2" } : {}),
    });
    response.end(JSON.stringify({ id: `19:room;messageid=${received.length}` }));
    for (const wake of waiting) wake();
    waiting = [];
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    moods,
    members,
    /** Waits until a request has come that fits. */
    async until(fits: (request: Received) => boolean): Promise<Received> {
      for (;;) {
        const found = received.find(fits);
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function recordOf({ method = "", url = "" }: IncomingMessage, body: unknown): Received {
  return { method, path: decodeURIComponent(url), card: cardIn(body), text: textIn(body) };
}

function textIn(body: unknown): string | undefined {
  const isText = typeof body === "object" && body !== null && "text" in body;
  return isText && typeof body.text === "string" ? body.text : undefined;
}

function cardIn(body: unknown): Card | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  if ("activity" in body) return cardIn(body.activity);
  if (!("attachments" in body) || !Array.isArray(body.attachments)) return undefined;
  const [attachment]: unknown[] = body.attachments;
  const isCard = typeof attachment === "object" && attachment !== null && "content" in attachment;
  // The bot attaches nothing but its own cards.
  return isCard ? (attachment.content as Card) : undefined;
}
