import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { Card } from "../../src/card-template.ts";
import { TENANT } from "./activities.ts";

/** One request that the bot made of the Bot Connector. */
export interface Received {
  readonly method: string;
  readonly path: string;
  /** The card it carried, if it did. */
  readonly card: Card | undefined;
  /** What it carried that is no card of the bot's own, if it did. */
  readonly attached: Attached | undefined;
  /** The plain text it carried, if it did. */
  readonly text: string | undefined;
}

/** Something that Teams itself draws. */
interface Attached {
  readonly contentType: string;
  readonly name: string;
  readonly contentUrl?: string;
  readonly content: Record<string, unknown>;
}

/** How the stand-in treats the next request, instead of taking it and saying so. */
export type Mood =
  | number
  | { readonly status: number; readonly retryAfter?: number | string; readonly code?: string }
  | "take it, then answer 502"
  | "take it, then hang up"
  | "take it, then be done with the connection"
  | "hang up"
  | "never answer";

/** A stand-in for the Bot Connector on loopback. It takes everything, unless told otherwise. */
export async function startConnector() {
  const received: Received[] = [];
  const asked: Received[] = [];
  const moods: Mood[] = [];
  /** What is known of people who are not members of the council, by their Teams id. */
  const members = new Map<string, object>();
  /** The channels of a team, and who is in it. */
  const team: { channels: object[]; members: object[] } = { channels: [], members: [] };
  /** How questions about people and teams are treated, if they are not answered. */
  let trouble: "hang up" | "never answer" | number | undefined;
  let waiting: (() => void)[] = [];
  /** Connections that are closed, although whoever is at the other end has not seen it yet. */
  const closed = new WeakSet<Socket>();
  const server = createServer(async (request, response) => {
    if (closed.has(request.socket)) {
      request.socket.destroy();
      return;
    }
    const record = recordOf(request, JSON.parse((await text(request)) || "{}"));
    if (record.method === "GET") {
      if (trouble === "hang up") request.socket.destroy();
      if (typeof trouble === "string") return;
      response.writeHead(trouble ?? 200, { "content-type": "application/json" });
      response.end(JSON.stringify(trouble === undefined ? known(record.path) : {}));
      return;
    }
    const mood = moods.shift() ?? 201;
    asked.push(record);
    if (isTaking(mood)) received.push(record);
    if (mood === "take it, then be done with the connection") closed.add(request.socket);
    const answer = answerOf(mood);
    if (answer) {
      const { status, retryAfter, code } = answer;
      const wait = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
      response.writeHead(status, { "content-type": "application/json", ...wait });
      const id = `19:room;messageid=${received.length}`;
      response.end(JSON.stringify(status < 400 ? { id } : { error: { code, message: "No" } }));
    } else if (mood !== "never answer") request.socket.destroy();
    for (const wake of waiting) wake();
    waiting = [];
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** What it took. */
    received,
    /** What it was asked, taken or not. */
    asked,
    moods,
    members,
    team,
    refuseQuestions: (how: typeof trouble) => void (trouble = how),
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
  /** What Teams knows of a person, of a team's channels, or of who is in it. */
  function known(path: string): object {
    const person = /\/members\/([^/?]+)$/.exec(path)?.[1];
    if (person) return members.get(person) ?? { id: person, tenantId: TENANT, userRole: "user" };
    return path.includes("pagedmembers")
      ? { members: team.members }
      : { conversations: team.channels };
  }
}

function isTaking(mood: Mood): boolean {
  return mood === 201 || (typeof mood === "string" && mood.startsWith("take it"));
}

function answerOf(mood: Mood): Exclude<Mood, number | string> | undefined {
  if (typeof mood === "number") return { status: mood };
  if (mood === "take it, then answer 502") return { status: 502 };
  if (mood === "take it, then be done with the connection") return { status: 201 };
  return typeof mood === "string" ? undefined : mood;
}

function recordOf({ method = "", url = "" }: IncomingMessage, body: unknown): Received {
  const path = decodeURIComponent(url);
  return { method, path, card: cardIn(body), attached: attachedIn(body), text: textIn(body) };
}

function attachedIn(body: unknown): Attached | undefined {
  const { attachments: [attachment] = [] } = body as { attachments?: Attached[] };
  return attachment?.contentType.includes(".file.") ? attachment : undefined;
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
