import type { Logger } from "pino";

/** Follow-up work that nobody waits for, until the bot stops. */
export function trackWork(log: Logger) {
  const open = new Set<Promise<unknown>>();
  return { afterwards, finish };

  function afterwards(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => log.error({ err: error }, "work after an answer failed"))
      .finally(() => open.delete(watched));
    open.add(watched);
  }

  async function finish(): Promise<void> {
    while (open.size > 0) await Promise.all(open);
  }
}
