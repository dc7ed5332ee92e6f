import { performance } from "node:perf_hooks";

/** npm hears Ctrl-C too and may pass it on, so one press can arrive twice. */
const SAME_PRESS_MS = 300;

/**
 * Calls back for every press of Ctrl-C. A request to end from elsewhere (SIGTERM) and the
 * closing of the terminal (SIGHUP) count as a press.
 */
export function onInterrupt(callback: () => void): void {
  let last = -Infinity;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, hear);

  function hear(): void {
    const now = performance.now();
    // Counted from the press that was heard: many in quick succession must not put each other off.
    if (now - last <= SAME_PRESS_MS) return;
    last = now;
    callback();
  }
}
