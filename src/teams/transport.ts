import {
  Agent,
  request as plainRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { text } from "node:stream/consumers";
import { HttpHeaders, type HttpClient } from "botbuilder-stdlib/lib/azureCoreHttpCompat.js";
import { z } from "zod/v4";

/** What is known of a request that the Bot Connector did not take. */
interface Refusal {
  /** The HTTP status, or undefined when no answer came at all. */
  readonly status?: number;
  /** The connector's own word for it, like BotNotInConversationRoster. */
  readonly code?: string | undefined;
  /** How long the connector asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** The Bot Connector did not take a request. */
export class ConnectorError extends Error implements Refusal {
  override readonly name = "ConnectorError";
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly retryAfter: number | undefined;

  constructor({ status, code, retryAfter, cause }: Refusal) {
    const answer = [status, code].filter(Boolean).join(" ");
    super(answer ? `The Bot Connector answered ${answer}` : "The Bot Connector did not answer", {
      cause,
    });
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** One word only: the rest of an answer may repeat what somebody typed, and this is logged. */
const Reasons = z.object({ error: z.object({ code: z.string().regex(/^\w{1,60}$/) }) });

/** The SDK waits for ever; Teams waits 5 seconds for the answer to a press. */
const LONGEST_CALL_MS = 3500;
/** An idle connection is closed minutes before Teams does, so no message meets a closed one. */
const KEPT_OPEN = { keepAlive: true, timeout: 2000 };
/**
 * A client on this machine closes after 5 seconds, and a busy machine can keep this process from
 * seeing it. A new connection costs nothing here.
 */
const NOT_KEPT_OPEN = { keepAlive: false };

/**
 * How requests leave for the Bot Connector. The SDK repeats a POST by itself after 429, 500 and
 * the like, up to six seconds and even where the first one arrived, so a message could be posted
 * twice. Here every refusal is thrown as an error that the SDK does not repeat; `delivery.ts`
 * decides what may be tried again.
 */
export function createTransport(): HttpClient {
  const secure = new SecureAgent(KEPT_OPEN);
  const plain = new Agent(NOT_KEPT_OPEN);
  return {
    async sendRequest(request) {
      const { url, method } = request;
      // The SDK's requests carry JSON text, and what it asks to be packed would have to be unpacked.
      const headers = { ...request.headers.rawHeaders(), "accept-encoding": "identity" };
      const body = request.body as string | undefined;
      const agent = url.startsWith("https:") ? secure : plain;
      const { response, bodyAsText } = await send(url, { method, headers, agent }, body);
      const { statusCode: status = 0 } = response;
      if (status >= 400) throw refused(status, response, bodyAsText);
      const answered = Object.entries(response.headers).map(([name, value]) => [
        name,
        String(value),
      ]);
      return {
        request,
        status,
        headers: new HttpHeaders(Object.fromEntries(answered)),
        bodyAsText,
      };
    },
  };
}

/** Node's own client, because `fetch` costs a turn more than everything else the bot does in it. */
function send(url: string, options: RequestOptions, body: string | undefined) {
  return new Promise<{ response: IncomingMessage; bodyAsText: string }>((resolve, reject) => {
    const fail = (cause: unknown) => reject(new ConnectorError({ cause }));
    const start = url.startsWith("https:") ? secureRequest : plainRequest;
    const request = start(url, options, (response) => {
      text(response).then((bodyAsText) => resolve({ response, bodyAsText }), fail);
    });
    const late = setTimeout(() => request.destroy(new Error("No answer in time")), LONGEST_CALL_MS);
    request.once("close", () => clearTimeout(late));
    request.once("error", fail);
    request.end(body);
  });
}

function refused(status: number, { headers }: IncomingMessage, body: string): ConnectorError {
  const retryAfter = waitIn(headers["retry-after"], headers.date);
  return new ConnectorError({ status, code: codeIn(body), retryAfter });
}

/** Seconds, or a date, which is counted from the answer's own: whose clock is right does not matter. */
function waitIn(retryAfter = "", date = ""): number | undefined {
  const seconds = Number(retryAfter);
  const wait = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.parse(date) : seconds * 1000;
  return wait > 0 ? wait : undefined;
}

function codeIn(body: string): string | undefined {
  try {
    return Reasons.safeParse(JSON.parse(body)).data?.error.code;
  } catch {
    // A gateway on the way answers in HTML, with a status that says enough.
    return undefined;
  }
}
