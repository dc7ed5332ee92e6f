import { longDate, addMonths, addDays, monthName, type Instant, type Month } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  type Audience,
  type Command,
  type DigestSource,
  type Turn,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import type { Surroundings } from "./cards.ts";
import type { View } from "./disclosure.ts";
import type { SignpostingParts } from "./index.ts";
import { linesOver, periodName, quarterOf, readAsked, type Asked } from "./periods.ts";
import { isOver, lastMonthOver, type publishing } from "./publishing.ts";
import { beginningOf } from "./rules.ts";
import type { Line, MonthCounts } from "./schema.ts";
import type { setting } from "./setting.ts";
import said from "./said.json" with { type: "json" };

const VIEWS: Record<
  View,
  { readonly heading: string; readonly title: string; readonly over: string }
> = {
  kind: { heading: "Kind", title: "By kind", over: "the whole county" },
  district: { heading: "District", title: "By district", over: "the districts" },
  route: { heading: "Pointed to", title: "By route", over: "the whole county" },
};
const QUARTERS = "January to March, April to June, July to September, or October to December";
/** So much of what was not understood is said again. */
const MOST_UNREAD = 40;
const COUNTY = "The whole county";
/** How a hidden number is shown, as official statistics mark what is confidential. */
const HIDDEN = "[c]";
const HIDDEN_IN_DIGEST = `${HIDDEN} is a number that is hidden, so that nobody can be found in it.`;
const WITHHELD = "These numbers are withheld. Shown together, they would give a small number away.";

/** How often and where people were pointed, by month or quarter, so that nobody can be found in it. */
export function summaries(
  parts: Pick<SignpostingParts, "audienceOf">,
  { around }: ReturnType<typeof setting>,
  numbersOf: ReturnType<typeof publishing>["numbersOf"],
) {
  const commands: Command[] = [
    {
      id: "signposting.summary",
      name: "signposting summary",
      full: "signposting summary[ {time}]",
      examples: said.summary,
      phrases: [
        "signposting summary {anything}",
        "summary signposting",
        "summary signposting {anything}",
        "signposting numbers",
        "signposting numbers {anything}",
        "signposting counts",
      ],
      purpose:
        "See how often people were pointed to help: signposting summary August 2019 by district.",
      task: "Pointing somebody to help",
      needs: { roles: EVERYONE, places: ANYWHERE },
      run: summarise,
    },
  ];
  return { commands, digest };

  async function summarise(turn: Turn, { typed = "" }: Slots): Promise<Card> {
    const about = await around(turn);
    const asked = readAsked(withoutName(typed, turn), turn.now);
    const months = asked.months.length > 0 ? asked.months : [lastMonthOver(turn.now)];
    if (asked.isOdd || asked.unread.length > 0) return askCard(asked, turn);
    const { view } = asked;
    const numbers = await numbersFor(months, about);
    const isCounty = (await audienceIn(turn)) === "public";
    return isCounty ? countyCard(months, numbers) : viewCard(months, numbers, view, about);
  }

  /** Throws a UserError that says from when the numbers can be seen. */
  async function numbersFor(months: readonly Month[], about: Surroundings): Promise<MonthCounts[]> {
    const last = months.at(-1) ?? "";
    if (!isOver(last, about.now)) {
      const from = addDays(`${addMonths(last, 1)}-01`, 1);
      throw new UserError(
        `The numbers for ${periodName(months)} can be seen from ${longDate(from)}. A month is counted once, when it is over.`,
      );
    }
    const found: MonthCounts[] = [];
    for (const month of months) {
      const numbers = await numbersOf(month, about);
      if (numbers) found.push(numbers);
    }
    if (found.length === months.length) return found;
    throw new UserError(
      `There are no numbers for all of ${periodName(months)}. They begin with ${monthName(beginningOf(about.setup))}.`,
    );
  }

  /** A group chat counts as public: nobody vouches for who is in it. */
  async function audienceIn(turn: Turn): Promise<Audience> {
    if (turn.place.kind === "personal") return "committee";
    return turn.place.kind === "channel" ? parts.audienceOf(turn) : "public";
  }

  /** The last month that is over, with the numbers that everybody else sees. */
  async function digest({ committee, now }: Parameters<DigestSource>[0]) {
    const about = await around({ committee, now }).catch((error: unknown) => {
      // A committee that was never set up for it has nothing to say.
      if (error instanceof UserError) return undefined;
      throw error;
    });
    const month = lastMonthOver(now);
    const numbers = about && (await numbersOf(month, about));
    // Where every number is hidden there is nothing to read.
    if (!numbers?.kind.some(({ shown }) => shown !== "hidden")) return () => [];
    return (audience: Audience) => {
      const lines =
        audience === "public"
          ? [countyLine([numbers])]
          : numbers.kind.map((line) => `${line.name}: ${inWords(line)}`);
      if (lines.some((line) => line.endsWith(HIDDEN))) lines.push(HIDDEN_IN_DIGEST);
      return [{ title: `Signposting, ${monthName(month)}`, blocks: [{ head: "", lines }] }];
    };
  }
}

function viewCard(
  months: readonly Month[],
  numbers: readonly MonthCounts[],
  view: View,
  { now }: Surroundings,
): Card {
  const lines = linesOver(numbers, view);
  const isWithheld = numbers.some((month) => month.isWithheld);
  const isAllHidden = lines.every(({ shown }) => shown === "hidden");
  const period = periodName(months);
  const views: View[] = ["kind", "district", "route"];
  const quarter = quarterOf(months[0] ?? "");
  const isQuarterOver = isOver(quarter.at(-1) ?? "", now) && months.length === 1;
  return fill("signposting/summary", {
    period: `${period}, ${VIEWS[view].over}`,
    view: VIEWS[view].title,
    heading: VIEWS[view].heading,
    hasNotYet: isWithheld || isAllHidden,
    notYet: isWithheld ? WITHHELD : tooFew(numbers, now),
    hasLines: !isWithheld,
    lines: lines.map((line) => ({ name: line.name, count: inWords(line) })),
    hasTotal: view !== "route" && !isWithheld && !isAllHidden,
    total: capital(totalOf(lines)),
    rules: rulesOf(numbers).map((rule) => ({ rule })),
    others: [
      ...views
        .filter((each) => each !== view)
        .map((each) => ({
          title: VIEWS[each].title,
          text: `signposting summary ${period} ${VIEWS[each].title.toLowerCase()}`,
        })),
      ...(isQuarterOver
        ? [
            {
              title: periodName(quarter),
              text: `signposting summary ${periodName(quarter)} ${VIEWS[view].title.toLowerCase()}`,
            },
          ]
        : []),
    ],
  });
}

/** What will stand here, and from when. It says nothing of whether there was any. */
function tooFew(numbers: readonly MonthCounts[], now: Instant): string {
  const threshold = Math.max(...numbers.map((month) => month.threshold));
  const next = addMonths(lastMonthOver(now), 1);
  const from = longDate(addDays(`${addMonths(next, 1)}-01`, 1));
  return `No number is high enough to be shown. One appears here once it is ${threshold} or more in a month. ${monthName(next)} can be seen from ${from}.`;
}

/** What was not understood, and what can be asked, each one press away. */
function askCard({ months: named, isOdd, unread }: Asked, { committee, now }: Turn): Card {
  const place = committee.districts.find((district) =>
    [district.name, ...district.aliases].some((name) =>
      ` ${unread.join(" ")} `.includes(` ${name.toLowerCase()} `),
    ),
  );
  const last = lastMonthOver(now);
  const isOne = named.length === 1 || (named.length === 3 && !isOdd);
  const months = isOne ? named : [last];
  const quarters = [quarterOf(last), quarterOf(addMonths(last, -3))];
  const quarter = quarters.find((each) => isOver(each.at(-1) ?? "", now)) ?? [];
  const period = periodName(months);
  const views = Object.values(VIEWS).map(({ title }) => title.toLowerCase());
  const asks = [...views.map((view) => `${period} ${view}`), `${periodName(quarter)} by kind`];
  return fill("signposting/ask", {
    problem: place
      ? `There is no summary for ${place.name} alone. Ask by district.`
      : unread.length > 0
        ? `I did not understand “${unread.join(" ").slice(0, MOST_UNREAD)}”.`
        : "That is more than one period or split.",
    periods: `Ask for one month with its year, or for ${QUARTERS}.`,
    asks: asks.map((ask) => ({ title: ask, text: `signposting summary ${ask}` })),
  });
}

/** A command can be said of a named committee. */
function withoutName(typed: string, { committee }: Turn): string {
  return [committee.name, ...committee.aliases]
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, name) => text.replace(name.toLowerCase(), " "), typed.toLowerCase());
}

/** Where outsiders can read along: one line, for the county. */
function countyCard(months: readonly Month[], numbers: readonly MonthCounts[]): Card {
  return fill("signposting/summary", {
    period: `${periodName(months)}, the whole county`,
    view: COUNTY,
    heading: "",
    hasNotYet: true,
    notYet: countyLine(numbers),
    hasLines: false,
    lines: [],
    hasTotal: false,
    total: "",
    rules: [
      { rule: "There is no split here. Type it in a personal chat with me to see more." },
      ...rulesOf(numbers).map((rule) => ({ rule })),
    ],
    others: [],
  });
}

function countyLine(numbers: readonly MonthCounts[]): string {
  if (numbers.some((month) => month.isWithheld)) return `${COUNTY}: ${WITHHELD}`;
  return `${COUNTY}: ${totalOf(linesOver(numbers, "kind"))}`;
}

/** Only from what is shown, so that it says nothing of what is hidden. */
function totalOf(lines: readonly Line[]): string {
  const shown = lines.flatMap((line) => (line.shown === "hidden" ? [] : [line.shown]));
  const sum = shown.reduce((total, number) => total + number, 0);
  const hidden = lines.length - shown.length;
  if (hidden === 0) return `about ${sum} in all.`;
  return sum === 0
    ? "too few to show."
    : `the numbers shown add up to about ${sum}. What is hidden comes on top.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function inWords({ shown }: Line): string {
  return shown === "hidden" ? HIDDEN : String(shown);
}

/** The rule by which the numbers were made, as it was then. */
function rulesOf(numbers: readonly MonthCounts[]): string[] {
  const threshold = Math.max(...numbers.map((month) => month.threshold));
  const zero = numbers.every((month) => month.zeroIsShown)
    ? "0 means that there was none."
    : "Where there was none it is hidden too.";
  return [
    `${HIDDEN} is a number that is hidden. Numbers from 1 to ${threshold - 1} always are. ${zero}`,
    "One hidden number never stands alone: the next smallest is hidden too. The others are rounded to the nearest 5.",
    "A month whose numbers together would give a small one away is not shown at all.",
    "A month is counted once, when it is over. A quarter is the sum of its months as shown, hidden if one is.",
    "Kinds and services that are held back are in no line. Somebody pointed to two services counts at both.",
  ];
}
