// Loaded before Microsoft 365 Agents Playground (node --import). Its page loses the bot's answer to a
// post in a channel when the answer arrives before the page has noted the post: about one in a hundred
// from a bot on the same computer. Held back for a moment, answers come after it.
import { IncomingMessage, Server } from "node:http";

const LONG_ENOUGH_MS = 50;
const emit = Server.prototype.emit;

Server.prototype.emit = emitLater;

function emitLater(this: Server, event: string | symbol, ...args: unknown[]): boolean {
  const [request] = args;
  const isAnswer = request instanceof IncomingMessage && request.url?.startsWith("/_connector/");
  if (event !== "request" || !isAnswer) return Reflect.apply(emit, this, [event, ...args]);
  setTimeout(() => Reflect.apply(emit, this, [event, ...args]), LONG_ENOUGH_MS);
  return true;
}
