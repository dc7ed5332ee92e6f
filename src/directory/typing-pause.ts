/** Who goes on typing does it within this time. */
const PAUSE_MS = 5000;

/**
 * Waits until somebody has stopped typing: the compose box asks at every few letters, and only the last
 * of its questions says what was looked for. Who writes is known in memory and for this long alone.
 *
 * @returns What to do with the words of one person as they stand. It takes the place of what was to be
 *   done with their words before.
 */
export function afterTyping(): (person: string, work: () => void) => void {
  const waiting = new Map<string, NodeJS.Timeout>();
  return (person, work) => {
    clearTimeout(waiting.get(person));
    const pause = setTimeout(() => {
      waiting.delete(person);
      work();
    }, PAUSE_MS);
    waiting.set(person, pause.unref());
  };
}
