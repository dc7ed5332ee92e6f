import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** What somebody asked of the feed. */
interface Asked {
  readonly path: string;
  /** The page, from the address; 0 for anything else. */
  readonly page: number;
  readonly since: string | undefined;
}

/** How the feed treats a request, instead of answering it. */
type Mood =
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | "hang up"
  | "break off"
  | "never answer";

/** What the feed has and how it speaks. A test changes what it is about. */
interface Settings {
  count: number;
  service: (at: number) => unknown;
  perPage: number;
  standard: "3.0" | "1.0";
  /** Whether the list gives only id, name, status and organisation. */
  isShort: boolean;
  /** What the first page is called. */
  firstPage: number;
  /** Changes a page before it goes out: a feed that lies. */
  lie: (page: Record<string, unknown>, number: number) => unknown;
  /** Whether pages carry an ETag, which changes with their text. */
  hasEtags: boolean;
  /** How it treats a request; undefined lets it be answered. */
  mood: (asked: Asked, times: number) => Mood | undefined | Promise<Mood | undefined>;
}

/** A service as a feed of HSDS-UK 3.0 gives it, of our own making. */
export function serviceInFeed(at: number, changes: object = {}): Record<string, unknown> {
  return {
    id: `service-${at}`,
    name: `Coffee morning ${at}`,
    status: "active",
    description: "A warm room, and somebody to talk to.",
    organization: { id: `organisation-${at % 40}`, name: `Village hall ${at % 40}` },
    phones: [{ id: `phone-${at}`, number: "01354 000000" }],
    service_at_locations: [
      {
        location: {
          id: `location-${at}`,
          location_type: "physical",
          latitude: 52.55,
          longitude: 0.09,
          addresses: [
            {
              ...{ address_1: `${at} High Street`, city: "March", postal_code: "PE15 0AA" },
              ...{ state_province: "Cambridgeshire", country: "GB", address_type: "physical" },
            },
          ],
        },
      },
    ],
    schedules: [{ freq: "WEEKLY", byday: "TH", opens_at: "10:00", closes_at: "12:00" }],
    ...changes,
  };
}

/** An Open Referral UK feed on loopback. */
export async function startFeed(wishes: Partial<Settings> = {}) {
  const settings: Settings = {
    ...{ count: 5, perPage: 2, standard: "3.0", isShort: false, firstPage: 1, hasEtags: false },
    ...{ service: serviceInFeed, lie: (page) => page, mood: () => undefined },
    ...wishes,
  };
  const asked: Asked[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const server = createServer(async (request, response) => {
    const about = read(request);
    asked.push(about);
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    response.on("close", () => (atOnce -= 1));
    const times = asked.filter(({ path }) => path === about.path).length;
    const mood = await settings.mood(about, times);
    if (mood === "hang up") request.socket.destroy();
    if (mood === "hang up" || mood === "never answer") return;
    const answer = mood === undefined || mood === "break off" ? answerTo(about) : mood;
    const { status = 200, headers = {}, body = "" } = answer;
    if (mood === "break off") {
      response.writeHead(200, { "content-length": String(body.length) });
      response.write(body.slice(0, body.length / 2), () => request.socket.destroy());
      return;
    }
    const packed = status === 200 && request.headers["accept-encoding"] === "gzip";
    const encoding = packed ? { "content-encoding": "gzip" } : {};
    response.writeHead(status, { "content-type": "application/json", ...encoding, ...headers });
    response.end(packed ? gzipSync(body) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  const root = `http://127.0.0.1:${port}/open-referral`;
  return {
    ...{ root, url: `${root}/services`, settings, asked },
    mostAtOnce: () => mostAtOnce,
    /** The pages that were asked for, in order. */
    pages: () => asked.map(({ page }) => page).filter((page) => page > 0),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function answerTo({ path, since }: Asked): {
    status?: number;
    headers?: Record<string, string>;
    body?: string;
  } {
    const url = new URL(path, root);
    const rest = url.pathname.replace(/^\/open-referral\/?/, "");
    if (rest === "")
      return {
        body: JSON.stringify({ version: "HSDS-UK-3.0", profile: "uk", openapi_url: root }),
      };
    const [list, id] = rest.split("/");
    if (list !== "services") return { status: 404 };
    if (id !== undefined) {
      const at = Number(decodeURIComponent(id).replace(/^service-/, ""));
      return at < settings.count ? { body: JSON.stringify(settings.service(at)) } : { status: 404 };
    }
    const number = Number(url.searchParams.get("page") ?? 1);
    const body = JSON.stringify(settings.lie(pageOf(number), number));
    const etag = `"${body.length}-${body.split("").reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) | 0, 7)}"`;
    if (settings.hasEtags && since === etag) return { status: 304 };
    return { body, ...(settings.hasEtags && { headers: { etag } }) };
  }

  function pageOf(number: number): Record<string, unknown> {
    const { count, perPage, standard, firstPage, isShort } = settings;
    const start = (number - firstPage) * perPage;
    const length = Math.max(0, Math.min(perPage, count - start));
    const records = Array.from({ length }, (_, at) => {
      const service = settings.service(start + at);
      return isShort ? shortened(service) : service;
    });
    const pages = Math.ceil(count / perPage);
    const isFirst = number === firstPage;
    const isLast = number - firstPage + 1 >= pages;
    return standard === "3.0"
      ? {
          ...{ total_items: count, total_pages: pages, page_number: number, size: length },
          ...{ first_page: isFirst, last_page: isLast, empty: length === 0, contents: records },
        }
      : {
          ...{ totalElements: count, totalPages: pages, number, size: length },
          ...{ first: isFirst, last: isLast, content: records },
        };
  }
}

function shortened(service: unknown): unknown {
  const { id, name, status, organization } = service as Record<string, unknown>;
  return { id, name, status, organization };
}

function read({ url = "", headers }: IncomingMessage): Asked {
  const page = Number(new URL(url, "http://127.0.0.1").searchParams.get("page") ?? 0);
  return { path: url, page, since: headers["if-none-match"] };
}
