import { connect, createServer } from "node:net";
import { UserError } from "../errors.ts";

const LOOPBACK = "127.0.0.1";

/** The wanted port on this computer, or the next one above it that no program uses. */
export async function freePort(wanted: number): Promise<number> {
  const last = Math.min(wanted + 200, 65_535);
  for (let port = wanted; port <= last; port++) {
    if (await isFree(port)) return port;
  }
  throw new UserError(
    `No free port between ${wanted} and ${last}. Stop a program that uses one, then try again.`,
  );
}

// Listening alone is not proof: on macOS a port can be taken on one address while another program has it on all of them.
async function isFree(port: number): Promise<boolean> {
  return !(await answers(port)) && (await canListen(port));
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK, timeout: 1000 });
    socket.once("connect", () => finish(true));
    socket.once("timeout", () => finish(true));
    socket.once("error", () => finish(false));

    function finish(answered: boolean): void {
      socket.destroy();
      resolve(answered);
    }
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, LOOPBACK, () => server.close(() => resolve(true)));
  });
}
