// Loaded before Microsoft 365 Agents Playground (node --import). It listens on every address of the
// computer and has no option for that, so anyone on the same network could read the chat and act as
// the person in it. With this, whatever it listens on is 127.0.0.1.
import { Server, type ListenOptions } from "node:net";

const LOOPBACK = "127.0.0.1";
const listen = Server.prototype.listen;

Server.prototype.listen = listenOnLoopback;

function listenOnLoopback(this: Server, ...args: unknown[]): Server {
  // `listen` has nine signatures; what comes back from `onLoopback` is one of them, which a type cannot say.
  return Reflect.apply(listen, this, onLoopback(args)) as Server;
}

function onLoopback([first, second, ...rest]: unknown[]): unknown[] {
  if (isPort(first)) {
    const others = typeof second === "string" ? rest : [second, ...rest];
    return [first, LOOPBACK, ...others.filter((other) => other !== undefined)];
  }
  if (typeof first === "function") return [0, LOOPBACK, first];
  if (isOptions(first) && first.path === undefined)
    return [{ ...first, host: LOOPBACK }, second, ...rest];
  return [first, second, ...rest];
}

function isPort(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
}

// A plain object with a port; a handle (another server, a socket) is left as it is.
function isOptions(value: unknown): value is ListenOptions {
  return typeof value === "object" && value !== null && "port" in value;
}
