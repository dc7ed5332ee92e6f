import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Request, Response, Server } from "restify";
import type { Logger } from "pino";
import type { PublicPage } from "../public-page.ts";

/** Whoever reads a whole directory a page at a time is well under this. */
/** Some proxies write the port behind the address: "192.0.2.1:50123", "[2001:db8::1]:50123". */
const PORT = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+):\d+)$/;
const FROM_ONE_ADDRESS = { points: 60, duration: 10 };
/** The bot's own work comes first, however many addresses ask. */
const FROM_ALL = { points: 300, duration: 10 };
const PRIVATE =
  /^(?:::ffff:)?(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)|^::1$/;

/** Pages that everybody may read, with a limit for each address and one for all of them. */
export function servePages(server: Server, pages: readonly PublicPage[], log: Logger): void {
  const ofAddress = new RateLimiterMemory(FROM_ONE_ADDRESS);
  const ofAll = new RateLimiterMemory(FROM_ALL);
  for (const page of pages)
    for (const path of [page.path, `${page.path}/`]) {
      const handle = async (request: Request, response: Response) =>
        limited(page, request, response);
      server.get(path, handle);
      // The same without its body, which Node leaves out.
      server.head(path, handle);
    }

  async function limited(page: PublicPage, request: Request, response: Response): Promise<void> {
    response.header("Access-Control-Allow-Origin", "*");
    const wait = await waitFor(addressOf(request));
    if (wait > 0) {
      response.header("Retry-After", String(wait));
      response.send(429, { error: "Too many requests." });
    } else await answer(page, request, response);
  }

  async function answer(page: PublicPage, request: Request, response: Response): Promise<void> {
    const params: Record<string, unknown> = request.params ?? {};
    const query = Object.fromEntries(new URLSearchParams(request.getQuery()));
    try {
      const { status, body } = await page.answer({ id: String(params["id"] ?? ""), query });
      response.send(status, body);
    } catch (error) {
      log.warn({ err: error }, "a public page could not be answered");
      response.send(503, { error: "Try again in a minute." });
    }
  }

  /** Seconds to wait; 0 when it may go on. */
  async function waitFor(address: string): Promise<number> {
    try {
      await ofAddress.consume(address);
      await ofAll.consume("all");
      return 0;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return Math.ceil(refused.msBeforeNext / 1000);
    }
  }
}

/**
 * Who asks. Behind a proxy of the same network it is what that proxy saw, which it writes last;
 * what a caller writes there itself comes before and is not believed.
 */
function addressOf(request: Request): string {
  const direct = request.socket.remoteAddress ?? "";
  if (!PRIVATE.test(direct)) return direct;
  return (
    request.header("x-forwarded-for", "").split(",").at(-1)?.trim().replace(PORT, "$1$2") || direct
  );
}
