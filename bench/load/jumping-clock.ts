// Loaded before a replica (node --import): the computer's clock as that replica sees it. It is the day
// before the digest of 10 October 2019 is due. SIGUSR2 puts it a day forward, SIGWINCH a day back.
// What Node counts by itself, such as timers, goes on as it does when a clock is changed.

const DAY_MS = 24 * 3_600_000;
const STARTS_AT = Date.parse("2019-10-01T11:00:00Z");
const realNow = Date.now;
let offset = STARTS_AT - realNow();

Date.now = () => realNow() + offset;
// Without arguments it is now; with them it is the date that they say.
globalThis.Date = new Proxy(Date, {
  construct: (target, given: unknown[], made) =>
    // What Date makes is an object.
    Reflect.construct(target, given.length === 0 ? [Date.now()] : given, made) as object,
});
process.on("SIGUSR2", () => (offset += DAY_MS));
process.on("SIGWINCH", () => (offset -= DAY_MS));
