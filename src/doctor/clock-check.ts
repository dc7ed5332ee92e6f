import {
  addDays,
  createClock,
  dayOf,
  LAST_KNOWN_HOLIDAY,
  longDate,
  nextClockChange,
  timeAndDate,
  type Clock,
} from "../calendar.ts";
import type { Settings } from "../config.ts";
import { ok, unchecked, wrong, type Finding } from "../finding.ts";
import { addressOf } from "../tables.ts";

/** Tokens are refused when two clocks are further apart. */
const LARGEST_DIFFERENCE_SECONDS = 300;
const A_YEAR = 365;

/** Whether this machine knows what time it is, and London's calendar for the year ahead. */
export async function checkClock(
  settings: Settings | undefined,
  clock: Clock,
  patience: number,
): Promise<Finding[]> {
  return [
    await againstTables(settings, clock, patience),
    summerTime(clock),
    bankHolidays(clock),
    ...pinnedDay(settings),
  ];
}

/** Production settings with a pinned day are refused when they are read. */
function pinnedDay(settings: Settings | undefined): Finding[] {
  if (!settings?.clock) return [];
  const pinned = createClock(settings.clock)().toString();
  return [ok(`the bot's day is pinned to ${timeAndDate(pinned)}, as local mode allows.`)];
}

async function againstTables(
  settings: Settings | undefined,
  clock: Clock,
  patience: number,
): Promise<Finding> {
  if (!settings) return unchecked("the time, because the settings are wrong.");
  const theirs = await timeThere(settings, patience).catch(() => undefined);
  if (!theirs)
    return unchecked("the time, because the table service did not say what time it has.");
  const seconds = Math.round((clock().epochMilliseconds - theirs) / 1000);
  if (Math.abs(seconds) <= LARGEST_DIFFERENCE_SECONDS)
    return ok("this machine and the table service have the same time, to within 5 minutes.");
  return wrong(
    `this machine's clock is ${roughly(Math.abs(seconds))} ${seconds > 0 ? "ahead of" : "behind"} the table service's.`,
    "Turn on time synchronisation (NTP) on this machine. Tokens are refused when clocks are more than 5 minutes apart.",
  );
}

/** Any answer will do: a refusal has a Date header too. */
async function timeThere(settings: Settings, patience: number): Promise<number | undefined> {
  const signal = AbortSignal.timeout(patience);
  const answer = await fetch(addressOf(settings), { redirect: "manual", signal });
  await answer.body?.cancel();
  const date = Date.parse(answer.headers.get("date") ?? "");
  return Number.isNaN(date) ? undefined : date;
}

function summerTime(clock: Clock): Finding {
  const change = nextClockChange(clock());
  const limit = addDays(dayOf(clock()), A_YEAR);
  return change && dayOf(change) <= limit
    ? ok(`the clocks in London change next on ${longDate(dayOf(change))}.`)
    : wrong(
        "this machine does not know when the clocks change in London in the year ahead.",
        "Use a Node with full time zone data (ICU), such as the one that npm ci installs, and keep it up to date.",
      );
}

function bankHolidays(clock: Clock): Finding {
  const needed = addDays(dayOf(clock()), A_YEAR);
  return LAST_KNOWN_HOLIDAY >= needed
    ? ok(`the bank holidays are known until ${longDate(LAST_KNOWN_HOLIDAY)}.`)
    : wrong(
        `the bank holidays are known only until ${longDate(LAST_KNOWN_HOLIDAY)}, so the bot cannot say when an agenda of the year ahead must be published.`,
        "Add the coming years to data/bank-holidays.json, from https://www.gov.uk/bank-holidays",
      );
}

function roughly(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
