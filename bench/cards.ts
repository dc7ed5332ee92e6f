import { deepStrictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Template } from "adaptivecards-templating";
import { z } from "zod/v4";
import { cardNames, fill, warmCards } from "../src/card-template.ts";
import { updateBody } from "../src/champions/cards.ts";
import { inShort } from "../src/champions/rules.ts";
import { SECTIONS, Update } from "../src/champions/schema.ts";
import { agendaLine, openActionLine } from "../src/committee/cards.ts";
import { openActions } from "../src/committee/rules.ts";
import { Action, AgendaItem } from "../src/committee/schema.ts";
import { Committee } from "../src/council.ts";
import { paginate } from "../src/digest/rules.ts";
import type { DigestSection } from "../src/feature.ts";
import { digestCard } from "./plain-cards/digest.ts";
import { figureCard } from "./plain-cards/figure.ts";
import { formCard } from "./plain-cards/form.ts";
import { resultsCard } from "./plain-cards/results.ts";
import { median } from "./statistics.ts";

/** How long a card of the bot takes to be filled, in milliseconds, and with the library's walk. */
export interface CardResult {
  readonly name: string;
  readonly fillMs: number;
  readonly libraryMs: number;
}

/** A card of the bot filled, and the same card built in plain code, in microseconds. */
export interface PlainCardResult {
  readonly name: string;
  readonly fillUs: number;
  readonly plainUs: number;
  /** The middle of the rounds' ratios: a slow moment of the machine falls on both. */
  readonly ratio: number;
  /** Between the fastest round of each. */
  readonly fastestRatio: number;
}

/** How often each card is filled, and how long that may take before it is cut short. */
export interface CardsSize {
  readonly times: number;
  readonly longestMs: number;
}

const ROOT = join(import.meta.dirname, "..");
const WARM_UP_TIMES = 100;
/** However slow the machine is: fewer would make no median. */
const FEWEST_TIMES = 15;
/** As long as the lists of a real help card: six tasks with three commands each. */
const LIST_LENGTH = 6;
const LIST_IN_LIST_LENGTH = 3;
const SOME_TEXT = "Met the parish clerks (again) about the bus to the library.";
const GAP = /\$\{!?([\w.$]+)\}/g;
/** The form of the brief: as many items to carry forward as the longest real section has. */
const CARRY_ITEMS = 13;

/** Every card that has a gap, filled by the bot and by the library, one after the other. */
export function measureCards({ times, longestMs }: CardsSize): CardResult[] {
  warmCards();
  const real = realData();
  return cardNames().flatMap((name) => {
    const file = read(join("cards", `${name}.json`));
    const data = { ...gapsOf(file), ...real[name] };
    if (Object.keys(data).length === 0) return [];
    const template = new Template(file);
    const fillMs: number[] = [];
    const libraryMs: number[] = [];
    const latest = performance.now() + longestMs;
    for (let time = -WARM_UP_TIMES; time < times; time += 1) {
      if (time >= FEWEST_TIMES && performance.now() > latest) break;
      const start = performance.now();
      fill(name, data);
      const between = performance.now();
      template.expand({ $root: data });
      const end = performance.now();
      if (time < 0) continue;
      fillMs.push(between - start);
      libraryMs.push(end - between);
    }
    return [{ name, fillMs: median(fillMs), libraryMs: median(libraryMs) }];
  });
}

/** The same cards by hand: each makes its own objects, and shares what is the same on every card. */
const PLAIN: Record<string, (data: never) => object> = {
  "champions/form": formCard,
  "digest/digest": digestCard,
  "kpi/figure": figureCard,
  "directory/results": resultsCard,
};
/** Cards in a round: enough for the clock, and few enough that a slow moment spoils few rounds. */
const ROUND = 200;
const PLAIN_WARM_UP_ROUNDS = 20;

/** The bot's way and plain code in turn, with the same data, after both gave the same card. */
export function measurePlainCards({ times, longestMs }: CardsSize): PlainCardResult[] {
  const real = realData();
  return Object.entries(PLAIN).map(([name, build]) => {
    const data = { ...gapsOf(read(join("cards", `${name}.json`))), ...real[name] };
    // It is of the builder's shape: otherwise the two cards would not be equal.
    const plain = () => build(data as never);
    const filled = () => fill(name, data);
    deepStrictEqual(plain(), filled());
    const fillUs: number[] = [];
    const plainUs: number[] = [];
    const latest = performance.now() + longestMs;
    for (let round = -PLAIN_WARM_UP_ROUNDS; round < times; round += 1) {
      if (round >= FEWEST_TIMES && performance.now() > latest) break;
      const [one, other] = round % 2 === 0 ? [filled, plain] : [plain, filled];
      const first = timeOf(one);
      const second = timeOf(other);
      if (round < 0) continue;
      fillUs.push(one === filled ? first : second);
      plainUs.push(one === filled ? second : first);
    }
    const ratios = fillUs.map((each, at) => each / (plainUs[at] ?? Number.NaN));
    return {
      ...{ name, fillUs: median(fillUs), plainUs: median(plainUs) },
      ...{ ratio: median(ratios), fastestRatio: Math.min(...fillUs) / Math.min(...plainUs) },
    };
  });
}

/** Microseconds for one card of a round. */
function timeOf(make: () => object): number {
  const cards: object[] = [];
  const start = performance.now();
  // Kept, so that no compiler leaves a card out that nobody reads.
  for (let time = 0; time < ROUND; time += 1) cards.push(make());
  return ((performance.now() - start) * 1000) / cards.length;
}

/**
 * Something for every gap of a card file, read from the file itself, so that a new card is measured
 * without a word here: every part is shown and every list has a few entries.
 */
function gapsOf(
  node: unknown,
  data: Record<string, unknown> = {},
  length = LIST_LENGTH,
): Record<string, unknown> {
  if (typeof node === "string")
    for (const [, path = ""] of node.matchAll(GAP)) put(data, path.split("."), SOME_TEXT);
  if (Array.isArray(node)) for (const item of node) gapsOf(item, data, length);
  if (!isRecord(node)) return data;
  const { $data: list, $when: when, ...rest } = node;
  const listName = nameIn(list);
  const inner = listName === undefined ? data : firstOf(data[listName]);
  const whenName = nameIn(when);
  if (whenName !== undefined) inner[whenName] = true;
  const innerLength = listName === undefined ? length : LIST_IN_LIST_LENGTH;
  for (const value of Object.values(rest)) gapsOf(value, inner, innerLength);
  if (listName !== undefined) data[listName] = Array.from({ length }, () => inner);
  return data;
}

function nameIn(expression: unknown): string | undefined {
  return typeof expression === "string" ? [...expression.matchAll(GAP)][0]?.[1] : undefined;
}

/** The entry that another part of the card has already made for the same list. */
function firstOf(list: unknown): Record<string, unknown> {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isRecord(first) ? first : {};
}

function put(data: Record<string, unknown>, [name = "", ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    data[name] ??= value;
    return;
  }
  const owner = data[name];
  const inner = isRecord(owner) ? owner : {};
  data[name] = inner;
  put(inner, rest, value);
}

/** What the committee's own papers put into the four cards that people see most. */
function realData(): Record<string, Record<string, unknown>> {
  const committee = Committee.parse(read("data/committee.json"));
  const updates = UpdatesFile.parse(read("data/updates.json")).written;
  const longest = updates.find(({ district }) => district === "east-cambridgeshire");
  if (!longest) throw new Error("The sample council has no update of East Cambridgeshire");
  const { sections } = longest;
  const priorities = committee.priorityLists[0]?.priorities ?? [];
  const allItems = SECTIONS.flatMap((section) => sections[section]);
  const update = Update.parse({
    ...{ month: "2019-08", district: longest.district, meeting: "2019-08-08", version: 1 },
    ...{ status: "submitted", kind: "written", late: false, operation: "bench", sections },
    ...{ priorities: priorities.map(({ id }) => id), at: "2019-08-08T09:00:00Z" },
    ...{ champion: longest.champion, author: { id: "bench", name: longest.champion } },
  });
  return {
    "champions/form": {
      updates: sections.updates.join("\n"),
      contacts: sections.contacts.join("\n"),
      goodPractice: sections.goodPractice.join("\n"),
      months: ["2019-09", "2019-10"].map((month) => ({ month, title: month })),
      priorityChoices: priorities,
      carryChoices: allItems
        .slice(0, CARRY_ITEMS)
        .map((item, position) => ({ value: `updates-${position}`, title: item })),
      hasProblem: false,
      hasNote: false,
      hasTheirs: false,
      theirs: [],
    },
    "champions/update": {
      ...updateBody(update, committee),
      isLate: false,
    },
    "champions/status": {
      lines: committee.districts.map(({ name }) => ({
        districtName: name,
        champion: "Lis Every",
        state: "Submitted by Lis Every at 9:10am on 25 September 2019, version 2",
      })),
    },
    "digest/digest": digestData(updates),
  };
}

const UpdatesFile = z.object({
  written: z.array(
    z.object({ champion: z.string(), district: z.string(), sections: Update.shape.sections }),
  ),
});
const MeetingsFile = z.array(z.object({ date: z.string(), agenda: z.array(AgendaItem) }));
const ActionsFile = z.object({ actions: z.array(Action) });

/** The first page of the digest for 10 October 2019. */
function digestData(updates: z.infer<typeof UpdatesFile>["written"]): Record<string, unknown> {
  const meeting = MeetingsFile.parse(read("data/meetings.json")).find(
    ({ date }) => date === "2019-10-10",
  );
  const agenda = (meeting?.agenda ?? []).map(agendaLine);
  const open = openActions(ActionsFile.parse(read("data/actions.json")).actions);
  const pages = paginate([
    {
      title: "Updates from the districts",
      blocks: updates.map(({ champion, district, sections }) => ({
        head: `${district}, ${champion}`,
        lines: SECTIONS.flatMap((section) => inShort(section, sections[section])),
      })),
    },
    block(
      "Agenda",
      agenda.map(({ title, officer, note }) => `${title}${note}, ${officer}`),
    ),
    block(`Open actions: ${open.length}`, open.map(openActionLine)),
  ]);
  return {
    page: 1,
    pages: pages.length,
    previous: 0,
    next: 2,
    hasPrevious: false,
    sections: (pages[0] ?? []).map(({ title, blocks }) => ({
      title,
      blocks: blocks.map(({ head, lines }) => ({
        head,
        hasHead: head !== "",
        lines: lines.map((line) => ({ line })),
      })),
    })),
    whole: updates.map(({ district }) => ({
      title: `Read ${district}`,
      verb: "champions.read",
      data: { month: "2019-08", district, meeting: "2019-10-10", page: 1 },
    })),
  };
}

function block(title: string, lines: string[]): DigestSection {
  return { title, blocks: [{ head: "", lines }] };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), "utf8"));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
