import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

// Stands in for the Bot Connector: takes every message at once and says so. `GET /seen` tells how
// many messages there were and what the last one was, so that a bot that answers quickly but
// wrongly does not win. It tells how many said that something did not work too, how many of the
// people's messages were answered, what was posted unasked, such as a digest, and how much of both
// came twice. `POST /fault` says what is to go wrong from now on: 429, 502 (after taking it), hang
// (no answer) or none.

let posts = 0;
let last = "";
let troubled = 0;
let repeated = 0;
const answered = new Set<string>();
/** Where each went, and how it begins. */
const unasked = new Set<string>();
const ANSWER = /^\/v3\/conversations\/[^/]+\/activities\/[^/]+$/;
const WORDS = /"text":"([^"]{1,60})/;
let fault = "none";
/** What the bot says when it could not do what was asked. */
const TROUBLE = /did not work|cannot reach my records|Wait a minute|Wait ten seconds/;

const server = createServer((request, response) => {
  void answer(request).then(({ status, body }) => {
    if (status === 0) return;
    const wait = status === 429 ? { "retry-after": "1" } : {};
    response.writeHead(status, { "content-type": "application/json", ...wait });
    response.end(body);
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1");

async function answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
  const { method, url = "" } = request;
  const body = await text(request);
  if (method === "GET" && url === "/seen") return { status: 200, body: JSON.stringify(counts()) };
  if (method === "POST" && url === "/fault") {
    fault = body;
    return { status: 200, body: "{}" };
  }
  if (fault === "hang") return { status: 0, body: "" };
  if (fault === "429") return { status: 429, body: "{}" };
  if (!url.startsWith("/v3/conversations")) return { status: 404, body: "{}" };
  if (method === "POST") {
    posts += 1;
    last = body;
    if (TROUBLE.test(body)) troubled += 1;
    note(url, body);
  }
  if (fault === "502") return { status: 502, body: "{}" };
  return { status: 201, body: JSON.stringify({ id: `message-${posts}` }) };
}

function note(url: string, body: string): void {
  const words = WORDS.exec(body)?.[1];
  // A chat that is opened to write to somebody holds nothing yet.
  if (!words) return;
  const [known, name] = ANSWER.test(url) ? [answered, url] : [unasked, `${words}, ${url}`];
  if (known.has(name)) repeated += 1;
  known.add(name);
}

function counts() {
  return { posts, last, troubled, answered: answered.size, repeated, unasked: [...unasked] };
}
