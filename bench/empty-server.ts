// The least that a start can cost: Node, and a server that knows nothing.

import { createServer } from "node:http";

createServer((_request, response) => void response.end()).listen(
  Number(process.argv[2]),
  "127.0.0.1",
);
