import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

// What stands before replicas or before the tables: `node proxy.ts PORT TARGET…`. Requests go to
// one target after another, and past one that does not listen. `POST /fault` says what is to go
// wrong from now on: 503, hang (no answer), gone (connections break) or none.

const [port, ...targets] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
let fault = "none";
let turn = 0;

const server = createServer((incoming, response) => {
  if (incoming.method === "POST" && incoming.url === "/fault") void change(incoming, response);
  else if (fault === "503") response.writeHead(503).end();
  else if (fault === "gone") incoming.socket.destroy();
  else if (fault !== "hang") pass(incoming, response, targets.length);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(port), "127.0.0.1");

async function change(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  fault = await text(incoming);
  response.end();
}

function pass(incoming: IncomingMessage, response: ServerResponse, left: number): void {
  turn = (turn + 1) % targets.length;
  const { hostname, port } = new URL(targets[turn] ?? "");
  const { method, url, headers } = incoming;
  const outgoing = request(
    { hostname, port, method, path: url, headers, agent },
    (answer: IncomingMessage) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once("error", () => response.destroy());
    },
  );
  outgoing.once("error", (error: NodeJS.ErrnoException) => {
    // Nothing of it has been sent yet, so another one can have it whole.
    if (error.code === "ECONNREFUSED" && left > 1) pass(incoming, response, left - 1);
    else if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  outgoing.once("socket", (socket) => {
    if (!socket.connecting) incoming.pipe(outgoing);
    else socket.once("connect", () => incoming.pipe(outgoing));
  });
}
