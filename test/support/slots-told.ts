import { longDate, monthName } from "../../src/calendar.ts";
import type { Utterance } from "./utterances.ts";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The slots that a text is compared by. What is told elsewhere (a strand, a need) has no name here. */
const COMPARED: Readonly<Record<string, readonly string[]>> = {
  month: ["month", "period", "meeting"],
  meeting: ["meeting", "date", "month"],
  date: ["date", "meeting", "to"],
  to: ["to"],
  period: ["period", "month"],
  district: ["district", "place"],
  place: ["place", "district"],
  person: ["person"],
  indicator: ["indicator"],
};

/**
 * How many of the slots that an utterance names, and that can be compared, came out the same: a day
 * or a month by its name, a district by its own.
 */
export function slotsTold(
  { slots }: Utterance,
  told: Readonly<Record<string, unknown>>,
  districts: readonly Named[],
) {
  const missed: string[] = [];
  let expected = 0;
  for (const [slot, value] of Object.entries(slots)) {
    const names = COMPARED[slot];
    if (!names || typeof value !== "string") continue;
    expected += 1;
    const wanted = inWords(value, districts);
    const got = names.map((name) => String(told[name] ?? ""));
    if (!got.some((each) => each.toLowerCase() === wanted.toLowerCase()))
      missed.push(`${slot} ${wanted}`);
  }
  return { expected, missed };
}

/** "2019-10-10" as "10 October 2019", "fenland" as "Fenland". */
function inWords(value: string, districts: readonly Named[]): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return longDate(value);
  if (/^\d{4}-\d{2}$/.test(value)) return monthName(value);
  return districts.find(({ id }) => id === value)?.name ?? value;
}
