import { Agent as PlainAgent, request as requestPlainly, type IncomingMessage } from "node:http";
import { Agent, request as requestSafely } from "node:https";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { AddressGuard } from "./public-address.ts";
import { FeedTrouble } from "./trouble.ts";

/** What a server says so that it need not send the same again. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** A body that came, or word that nothing changed since the validators were given. */
type Downloaded = ({ readonly text: string; readonly bytes: number } & Validators) | "unchanged";

/** One request. Throws a FeedTrouble. */
export type Download = (
  address: string,
  options: { readonly since?: Validators | undefined; readonly signal: AbortSignal },
) => Promise<Downloaded>;

interface Limits {
  /** How long one request may take, to the last byte. */
  readonly longestMs: number;
  /** How much one page may hold once unpacked. */
  readonly mostBytes: number;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
const NAME = "community-champions-bot (directory of services)";

/**
 * A polite client: one connection, conditional requests, packed bodies, and an end to everything.
 * Node's fetch cannot be told which address to connect to, so this is its http.
 */
export function createDownload(guard: AddressGuard, { longestMs, mostBytes }: Limits): Download {
  const connection = { keepAlive: true, maxSockets: 1, timeout: longestMs };
  const agents = { "http:": new PlainAgent(connection), "https:": new Agent(connection) };

  return async (address, { since, signal }) => {
    const ends = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
    let url = guard.check(address);
    try {
      for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
        const response = await ask(url, since, ends);
        const { statusCode: status = 0, headers } = response;
        if (!REDIRECTS.includes(status)) return await take(response, mostBytes);
        response.destroy();
        if (!headers.location || !URL.canParse(headers.location, url.href))
          throw new FeedTrouble("The feed sends us on, and does not say where to.", "for good");
        url = guard.check(new URL(headers.location, url).href);
      }
    } catch (error) {
      if (error instanceof FeedTrouble || signal.aborted) throw error;
      throw new FeedTrouble(inWords(error, longestMs), "for now");
    }
    throw new FeedTrouble("The feed sends us on without end.", "for good");
  };

  function ask(url: URL, since: Validators | undefined, signal: AbortSignal) {
    const headers = {
      accept: "application/json",
      "accept-encoding": "gzip",
      "user-agent": NAME,
      ...(since?.etag && { "if-none-match": since.etag }),
      ...(since?.lastModified && { "if-modified-since": since.lastModified }),
    };
    const isPlain = url.protocol === "http:";
    const agent = isPlain ? agents["http:"] : agents["https:"];
    const options = { headers, signal, agent, lookup: guard.lookup };
    return new Promise<IncomingMessage>((resolve, reject) => {
      const request = (isPlain ? requestPlainly : requestSafely)(url, options, resolve);
      request.on("error", reject).end();
    });
  }
}

async function take(response: IncomingMessage, mostBytes: number): Promise<Downloaded> {
  const { statusCode: status = 0, headers } = response;
  if (status === 304) {
    response.resume();
    return "unchanged";
  }
  if (status !== 200) {
    response.destroy();
    const isForNow = status === 429 || status === 408 || status >= 500;
    throw new FeedTrouble(
      status === 429 ? "The feed asks us to wait." : `The feed answered with error ${status}.`,
      isForNow ? "for now" : "for good",
      waitAsked(headers),
    );
  }
  const packed = headers["content-encoding"] === "gzip";
  const body: Readable = packed ? pipeline(response, createGunzip(), () => undefined) : response;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    // Without an encoding set, a stream of the network gives buffers.
    const piece = chunk as Buffer;
    bytes += piece.length;
    if (bytes > mostBytes) {
      response.destroy();
      const most = `${Math.floor(mostBytes / 1_000_000)} MB`;
      throw new FeedTrouble(`A page of the feed is larger than ${most}.`, "for good");
    }
    chunks.push(piece);
  }
  const { etag, "last-modified": lastModified } = headers;
  return { text: Buffer.concat(chunks).toString("utf8"), bytes, etag, lastModified };
}

/**
 * `Retry-After` in milliseconds: seconds, or a date. A date is compared with the server's own
 * `Date`, so that its clock need not agree with ours.
 */
export function waitAsked(headers: {
  readonly "retry-after"?: string | undefined;
  readonly date?: string | undefined;
}): number | undefined {
  const asked = headers["retry-after"]?.trim() ?? "";
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  const wait = Date.parse(asked) - Date.parse(headers.date ?? "");
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function inWords(error: unknown, longestMs: number): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const name = error instanceof Error ? error.name : "";
  if (name === "TimeoutError" || name === "AbortError")
    return `The feed gave no whole answer within ${Math.ceil(longestMs / 1000)} seconds.`;
  if (code === "ENOTFOUND") return "There is no such address on the internet.";
  if (code === "ECONNREFUSED") return "Nothing answers at the feed's address.";
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return "The feed's certificate cannot be trusted.";
  return "The feed broke off in the middle.";
}
