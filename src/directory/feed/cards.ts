import { longDate, timeAndDate } from "../../calendar.ts";
import { fill, type Card } from "../../card-template.ts";
import { toCsv } from "../../csv.ts";
import type { Fault } from "./record.ts";
import { counted, inWords, isCountWrong } from "./rules.ts";
import type { Feed, ImportForm, Reading } from "./schema.ts";

/** So many records that were not taken are on the card of an import; the others on a list. */
const MOST_ON_CARD = 50;
/** Characters of lines on a card, and of CSV on one: below what a card holds with what is around. */
const LONGEST_LINES = 7000;
const LONGEST_CSV = 12_000;

const HEADINGS: Record<Reading["state"], string> = {
  reading: "Reading the services",
  held: "Not applied yet: look at this first",
  applying: "Writing the services into the directory",
  tidying: "The services are in the directory",
  done: "The services are in the directory",
  paused: "The reading has paused",
  failed: "The services could not be read",
  discarded: "Nothing was changed",
  removing: "Taking the services out of the directory",
  removed: "The feed is taken out, with its services",
};

/** The form for an import. */
export function importCard(
  { address, list, name }: ImportForm = { address: "", list: "", name: "" },
  problem = "",
): Card {
  const filled = { address, list, name: name || "Pasted list" };
  return fill("directory/feed/import", { ...filled, problem, hasProblem: problem !== "" });
}

/** How far an import is, what came of it, and what can be done now. */
export function progressCard(feed: Feed & { reading: Reading }, faults: readonly Fault[]): Card {
  const { id, name, url = "", isDaily, reading } = feed;
  const { state, run, problem = "", notBefore } = reading;
  const lines = linesThatFit(faults.map((fault) => `${fault.id}: ${fault.reason}`));
  const isFeed = url !== "";
  const isOver = ["done", "failed", "discarded"].includes(state);
  return fill("directory/feed/progress", {
    ...{ feed: id, run, name, url, isFeed, problem },
    heading: HEADINGS[state],
    hasProblem: problem !== "",
    again: state === "paused" && notBefore ? `It goes on after ${timeAndDate(notBefore)}.` : "",
    isPaused: state === "paused",
    facts: factsOf(reading),
    notes: notesOf(reading).map((note) => ({ note })),
    hasFaults: lines.length > 0,
    faults: lines.map((line) => ({ line })),
    hasMoreFaults: faults.length > lines.length,
    countMoreFaults: inWords(faults.length - lines.length),
    canTakeOut: isOver || state === "held" || state === "paused",
    daily: isDaily ? "It is read again every day." : "It is not read again by itself.",
    isHeld: state === "held",
    isUnderWay: ["reading", "applying", "tidying", "removing"].includes(state),
    canReadAgain: isFeed && isOver,
    canStop: isFeed && isDaily,
    canRepeat: isFeed && !isDaily && isOver,
  });
}

/** The records that were not taken as they came, as a list for a spreadsheet, in parts. */
export function faultsCard(
  { id, name, reading }: Feed & { reading: Reading },
  faults: readonly Fault[],
  from: number,
): Card {
  const rows: { id: string; taken: string; reason: string }[] = [];
  let length = 0;
  for (const { id: record, reason, isRefused } of faults.slice(from)) {
    length += record.length + reason.length + 12;
    if (length > LONGEST_CSV) break;
    rows.push({ id: record, taken: isRefused ? "no" : "yes", reason });
  }
  const next = from + rows.length;
  return fill("directory/feed/refused", {
    ...{ feed: id, run: reading.run, name, next },
    csv: toCsv(["id", "taken", "reason"], rows),
    which: `${inWords(rows.length === 0 ? 0 : from + 1)} to ${inWords(next)} of ${inWords(faults.length)}`,
    hasNext: next < faults.length,
  });
}

/** Asks before a feed goes, with everything that came from it. */
export function takeOutCard({ id, name, applied }: Feed): Card {
  const services = applied?.services ?? 0;
  return fill("directory/feed/take-out", {
    ...{ feed: id, name },
    what: `${counted(services, "service")} will not be found any more. This council's corrections are kept, and importing the feed again brings everything back.`,
  });
}

/** All feeds and lists with what became of them. */
export function feedsCard(feeds: readonly Feed[]): Card {
  return fill("directory/feed/feeds", {
    isEmpty: feeds.length === 0,
    hasFeeds: feeds.length > 0,
    feeds: feeds.map(({ id, name, isDaily, applied, reading }) => ({
      id,
      name,
      state: [
        reading && HEADINGS[reading.state],
        applied &&
          `${counted(applied.services, "service")} since ${longDate(applied.at.slice(0, 10))}`,
        reading && reading.refused > 0 && `${counted(reading.refused, "record")} not taken`,
        reading && reading.kept > 0 && `${counted(reading.kept, "record")} kept as elsewhere`,
        isDaily ? "read every day" : undefined,
      ]
        .filter(Boolean)
        .join("; "),
    })),
    first: feeds[0]?.id ?? "",
  });
}

function factsOf(reading: Reading): { title: string; value: string }[] {
  const counts: [string, number][] = [
    ["Not taken", reading.refused],
    ["Kept: an entry of its own from elsewhere", reading.kept],
    ["Taken without a part that cannot be read", reading.mended],
    ["Came twice", reading.repeated],
    ["New in the directory", reading.added],
    ["Changed", reading.changed],
    ["As they were", reading.same],
    ["Not in it any more", reading.vanished],
    ["Pages that have not changed", reading.unchanged],
  ];
  return [
    { title: "Begun", value: timeAndDate(reading.startedAt) },
    ...(reading.standard ? [{ title: "Standard", value: reading.standard }] : []),
    { title: "Read", value: readOf(reading) },
    ...(reading.state === "applying"
      ? [{ title: "Written", value: `part ${reading.applied} of ${reading.batches}` }]
      : []),
    ...counts
      .filter(([, count]) => count > 0)
      .map(([title, count]) => ({ title, value: inWords(count) })),
  ];
}

/** "5 services, 1 page", "1 of 2 services, 1 page" */
function readOf({ total, records, pages }: Reading): string {
  const services =
    total === undefined
      ? counted(records, "service")
      : `${inWords(records)} of ${counted(total, "service")}`;
  return `${services}, ${counted(pages, "page")}`;
}

function notesOf(reading: Reading): string[] {
  const { isRead, repeatsFrom, total = 0, records } = reading;
  return [
    ...(repeatsFrom === undefined
      ? []
      : [`From page ${repeatsFrom} on it repeats itself, so the reading ended there.`]),
    ...(isRead && isCountWrong(reading)
      ? [`It says that it has ${counted(total, "service")}, and ${inWords(records)} came.`]
      : []),
  ];
}

function linesThatFit(lines: readonly string[]): string[] {
  const fitting: string[] = [];
  let length = 0;
  for (const line of lines.slice(0, MOST_ON_CARD)) {
    length += line.length;
    if (length > LONGEST_LINES) break;
    fitting.push(line);
  }
  return fitting;
}
