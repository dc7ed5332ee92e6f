const NUMBERS = ["a", "one", "two", "three", "four", "five", "six"];
const UNITS: Readonly<Record<string, number>> = { day: 1, week: 7, fortnight: 14 };
/** "push november back a week", "bring it forward two weeks", "postpone the next one by a fortnight". */
const SHIFTED =
  /\b(push|put|move|shift|bring|pull|delay|postpone|defer)\b.*?\b(back|forwards?|later|earlier|by)?\s*(?:by\s+)?(a|an|one|two|three|four|five|six|\d{1,2})\s+(?:whole\s+)?(day|week|fortnight)s?\b(?!\s+on\b)(?:\s+(later|earlier|forwards?|back))?/i;
const EARLIER = /^(?:forwards?|earlier)$/i;
const LATER = /^(?:back|later)$/i;
/** Behind these a stretch of time is one to wait. */
const LATER_ALONE = /^(?:delay|postpone|defer)$/i;

/**
 * By how many days a text says that a meeting is to be moved, below nought for an earlier day.
 * Undefined where it says none, or not which way.
 */
export function daysLater(typed: string): number | undefined {
  const [, verb = "", before = "", count = "", unit = "", behind = ""] = SHIFTED.exec(typed) ?? [];
  const way = behind || before;
  const days = numberOf(count) * (UNITS[unit.toLowerCase()] ?? 0);
  if (days === 0) return undefined;
  if (EARLIER.test(way)) return -days;
  return LATER.test(way) || LATER_ALONE.test(verb) ? days : undefined;
}

function numberOf(count: string): number {
  const word = count.toLowerCase() === "an" ? "a" : count.toLowerCase();
  const at = NUMBERS.indexOf(word);
  return at < 0 ? Number(count) : Math.max(at, 1);
}
