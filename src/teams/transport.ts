import { HttpHeaders, type HttpClient } from "botbuilder-stdlib/lib/azureCoreHttpCompat.js";

/** The Bot Connector did not take a request. */
export class ConnectorError extends Error {
  override readonly name = "ConnectorError";
  /** The HTTP status, or undefined when no answer came at all. */
  readonly status: number | undefined;
  /** How long the connector asks to wait, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(status: number | undefined, retryAfter?: number, cause?: unknown) {
    super(status ? `The Bot Connector answered ${status}` : "The Bot Connector did not answer", {
      cause,
    });
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** The SDK waits for ever; Teams waits 5 seconds for the answer to a press. */
const LONGEST_CALL_MS = 3500;

/**
 * How requests leave for the Bot Connector. The SDK repeats a POST by itself after 429, 500 and
 * the like, up to six seconds and even where the first one arrived, so a message could be posted
 * twice. Here every refusal is thrown as an error that the SDK does not repeat; `posting.ts`
 * decides what may be tried again.
 */
export function createTransport(): HttpClient {
  return {
    async sendRequest(request) {
      const response = await send(request.url, {
        method: request.method,
        headers: request.headers.rawHeaders(),
        // The SDK's requests carry JSON text.
        body: request.body as string | undefined,
        signal: AbortSignal.timeout(LONGEST_CALL_MS),
      });
      if (response.status >= 400) throw await refused(response);
      return {
        request,
        status: response.status,
        headers: new HttpHeaders(Object.fromEntries(response.headers)),
        bodyAsText: await response.text(),
      };
    },
  };
}

async function send(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch (error) {
    throw new ConnectorError(undefined, undefined, error);
  }
}

async function refused(response: Response): Promise<ConnectorError> {
  // Read to the end so that the connection can be used again.
  await response.arrayBuffer();
  const seconds = Number(response.headers.get("retry-after"));
  return new ConnectorError(response.status, seconds > 0 ? seconds * 1000 : undefined);
}
