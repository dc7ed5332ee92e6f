import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

// Stands in for the Bot Connector: takes every message at once and says so. `GET /seen` tells how
// many messages there were and what the last one was, so that a bot that answers quickly but
// wrongly does not win.

let posts = 0;
let last = "";

const server = createServer((request, response) => {
  void answer(request).then(({ status, body }) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body);
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1");

async function answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
  const { method, url = "" } = request;
  const body = await text(request);
  if (method === "GET" && url === "/seen")
    return { status: 200, body: JSON.stringify({ posts, last }) };
  if (!url.startsWith("/v3/conversations/")) return { status: 404, body: "{}" };
  if (method === "POST") {
    posts += 1;
    last = body;
  }
  return { status: 201, body: JSON.stringify({ id: `message-${posts}` }) };
}
