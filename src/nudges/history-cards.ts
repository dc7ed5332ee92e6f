import {
  dayOf,
  longDate,
  readInstant,
  timeAndDate,
  timeInLondon,
  type Day,
  type Instant,
} from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { districtWithId, type Committee } from "../council.ts";
import { isBrokenOff } from "./rules.ts";
import type { MissingList, Nudge, Silence } from "./schema.ts";

/** So many lines of a meeting fit one card; the latest count most. */
const LINES_SHOWN = 30;

const SILENCES: Record<Silence, string> = {
  submitted: "the update was in",
  vacant: "the district is vacant",
  away: "away",
  snoozed: "the champion asked for none then",
  limit: "the most for a meeting was reached",
  missed: "the deadline was over before it could go",
  asleep: "the bot was not at work then",
};

const NOT_CONFIRMED = "may not have arrived, and is not sent again";

const LISTS: Record<MissingList["state"], string> = {
  sent: "sent to the officers",
  "nobody missing": "not sent, nobody was missing",
  "not confirmed": "sent to the officers, and not confirmed by Teams",
};

/** Every reminder of the last meetings, and each that did not go, with its reason. */
export function historyCard(
  committee: Committee,
  meetings: readonly {
    readonly date: Day;
    readonly nudges: readonly Nudge[];
    readonly lists: readonly MissingList[];
  }[],
  { now, canSet = true }: { readonly now: Instant; readonly canSet?: boolean },
): Card {
  return fill("nudges/history", {
    committee: committee.name,
    canSet,
    isEmpty: meetings.length === 0,
    meetings: meetings.map(({ date, nudges, lists }) => {
      const latest = nudges
        .toSorted((a, b) => a.due.localeCompare(b.due))
        .slice(-LINES_SHOWN)
        .map((nudge) => nudgeLine(nudge, committee, now));
      return {
        date: longDate(date),
        hasMore: nudges.length > LINES_SHOWN,
        lines: [...latest, ...lists.map(listLine)].map((line) => ({ line })),
      };
    }),
  });
}

function nudgeLine(nudge: Nudge, committee: Committee, now: Instant): string {
  const { district, name, due, isAskedFor } = nudge;
  const place = districtWithId(district, committee)?.name ?? district;
  const whom = name ? `${place}, ${name}` : place;
  const asked = isAskedFor ? " (asked for)" : "";
  return `${timeAndDate(due)}${asked}, ${whom}: ${outcomeOf(nudge, now)}.`;
}

function outcomeOf(nudge: Nudge, now: Instant): string {
  const { state, silence, reason, attempt } = nudge;
  if (silence) return `not reminded, ${SILENCES[silence]}`;
  if (state === "sent") return `reminded${lateness(nudge)}`;
  if (state === "refused") {
    const tries = attempt === 1 ? "1 try" : `${attempt} tries`;
    return `not reminded, refused by Teams (${reason ?? "no reason given"}, ${tries})`;
  }
  return state === "doubtful" || isBrokenOff(nudge, now) ? NOT_CONFIRMED : "on its way";
}

/** When it went, if not within the minute in which the replicas look. */
function lateness({ due, at }: Nudge): string {
  if (timeInLondon(due) === timeInLondon(at) && dayOn(due) === dayOn(at)) return "";
  return ` at ${timeAndDate(at)}`;
}

function listLine({ missing, state, at }: MissingList): string {
  const who = missing === 1 ? "1 missing" : `${missing} missing`;
  return `${timeAndDate(at)}, list of who is missing (${who}): ${LISTS[state]}.`;
}

function dayOn(instant: string): Day {
  return dayOf(readInstant(instant));
}
