const AT_ONCE = 8;

/** Does many things, a few at a time: all at once would keep each one waiting for the others. */
export async function fewAtATime(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (let from = 0; from < tasks.length; from += AT_ONCE)
    await Promise.all(tasks.slice(from, from + AT_ONCE).map((task) => task()));
}
