/** A clock that only goes forward, and the way to wait by it. */
export interface Ticker {
  /** Milliseconds since some moment. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
}

/** The machine's own: setting the wall clock does not move it. */
export const TICKER: Ticker = {
  now: () => performance.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** What Teams takes from one bot in one conversation: so many in so many milliseconds. */
const LIMITS = [
  { most: 7, within: 1000 },
  { most: 8, within: 2000 },
  { most: 60, within: 30_000 },
  { most: 1800, within: 3_600_000 },
];
const LONGEST_WINDOW_MS = Math.max(...LIMITS.map(({ within }) => within));
const MOST_TURNS = Math.max(...LIMITS.map(({ most }) => most));

export type Pace = ReturnType<typeof createPace>;

/**
 * Gives out turns to write into a conversation, first come first served, so that this replica
 * keeps Teams' limits. A conversation in which nothing was written for an hour is forgotten.
 */
export function createPace({ now }: Pick<Ticker, "now">) {
  /** The turns given, oldest first; the conversation written to longest ago is the first. */
  const given = new Map<string, number[]>();
  return { next, conversations: () => given.size };

  /**
   * How long to wait for the next turn, which is then taken: at least `pause` from now. Undefined
   * when that is more than `longest`; then no turn is taken.
   */
  function next(conversation: string, longest: number, pause = 0): number | undefined {
    const present = now();
    const turns = given.get(conversation) ?? [];
    const turn = Math.max(present + pause, turns.at(-1) ?? 0, ...LIMITS.map(earliest));
    if (turn - present > longest) return undefined;
    turns.push(turn);
    if (turns.length > MOST_TURNS) turns.shift();
    given.delete(conversation);
    given.set(conversation, turns);
    forgetIdle(present);
    return turn - present;

    function earliest({ most, within }: { most: number; within: number }): number {
      const previous = turns.at(-most);
      return previous === undefined ? 0 : previous + within;
    }
  }

  function forgetIdle(present: number): void {
    for (const [conversation, turns] of given) {
      if ((turns.at(-1) ?? 0) + LONGEST_WINDOW_MS > present) return;
      given.delete(conversation);
    }
  }
}
