import { longDate, addDays, monthName, timeAndDate, type Month } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { prioritiesOn, type Committee } from "../council.ts";
import { isOwnHeading, underOwnHeadings } from "../own-heading.ts";
import { draftLine } from "./draft-cards.ts";
import type { MeetingDates } from "./rules.ts";
import { SECTIONS, type Draft, type StoredDraft, type Update } from "./schema.ts";

/** What the form shows beside the fields. */
export interface FormSurroundings {
  readonly committee: Committee;
  readonly districtName: string;
  readonly champion: string;
  /** The months on offer, each with the meeting it goes to. */
  readonly months: readonly {
    readonly month: Month;
    readonly meeting?: MeetingDates | undefined;
  }[];
  readonly openedFor: Month;
  /** The version whose items were on offer when the form was opened. */
  readonly carryFrom?: string;
  /** The last update, whose items can be carried forward, and those chosen already. */
  readonly last?: Update | undefined;
  readonly carried: readonly string[];
  /** Nothing was written lately. Said only where it is known. */
  readonly hasNothingToCarry?: boolean;
  /** What the person should know first: a problem, or that a draft was saved. */
  readonly problem?: string;
  readonly note?: string;
  /** The agenda is published: a change is kept, marked, and the officer is told. */
  readonly isLate?: boolean;
  /** What else the person put aside and did not send. */
  readonly others?: readonly StoredDraft[];
  /** Somebody else's text, submitted while this form was open. */
  readonly theirs?: Update | undefined;
}

/** Who may do what with a shown update. */
export interface UpdateRights {
  readonly canEdit: boolean;
  readonly canSeeHistory: boolean;
  /** The newest version, where an older one is shown. */
  readonly newest?: number;
  /** The meeting it goes to now, where that may not be the day it was written for. */
  readonly meeting?: string;
}

/** The form for a month's update, filled with what was typed so far. */
export function formCard(draft: Draft, around: FormSurroundings): Card {
  const { last, theirs, months, committee, others = [] } = around;
  const meeting = months.find(({ month }) => month === draft.month)?.meeting;
  const choices = last ? carryChoices(last) : [];
  return fill("champions/form", {
    ...draft,
    districtName: around.districtName,
    champion: around.champion,
    monthName: monthName(draft.month),
    meeting: meeting ? longDate(meeting.date) : "Not known at the moment",
    deadline: meeting?.draftDeadline
      ? longDate(meeting.draftDeadline)
      : "Not given in the agenda plan",
    openUntil: meeting ? longDate(addDays(meeting.publication, -1)) : "the agenda is published",
    months: months.map(({ month, meeting: goesTo }) => ({
      month,
      title: goesTo
        ? `${monthName(month)}, for the meeting on ${longDate(goesTo.date)}`
        : monthName(month),
    })),
    openedFor: around.openedFor,
    priorityChoices: prioritiesOn(meeting?.date ?? `${draft.month}-01`, committee),
    chosenPriorities: draft.priorities.join(),
    hasCarry: choices.length > 0,
    hasNoCarry: around.hasNothingToCarry ?? false,
    carryChoices: choices,
    carryName: last ? monthName(last.month) : "",
    carryFrom: last ? `${last.month}/${last.version}` : (around.carryFrom ?? ""),
    chosenCarry: around.carried.join(),
    keptCarry: choices.length > 0 ? "" : around.carried.join(),
    hasProblem: Boolean(around.problem),
    problem: around.problem ?? "",
    isLate: around.isLate ?? false,
    hasNote: Boolean(around.note),
    note: around.note ?? "",
    hasOthers: others.length > 0,
    others: others.map((each) => ({ line: draftLine(each) })),
    hasTheirs: Boolean(theirs),
    theirs: theirs ? [{ ...updateBody(theirs, committee), by: stateLine(theirs) }] : [],
  });
}

/** One update to read, with what this person may do to it. */
export function updateCard(
  update: Update,
  committee: Committee,
  {
    canEdit,
    canSeeHistory,
    newest = update.version,
    meeting = longDate(update.meeting),
  }: UpdateRights,
): Card {
  const { month, district, version, status, late } = update;
  const districtName = nameOf(district, committee);
  return fill("champions/update", {
    month,
    district,
    version,
    districtName,
    monthName: monthName(month),
    champion: update.champion,
    meeting,
    state: stateLine(update),
    isOlder: newest > version,
    newest,
    isLate: late,
    isSubmitted: status === "submitted",
    ...updateBody(update, committee),
    canEdit,
    canWithdraw: canEdit && status === "submitted",
    isYoursAndWithdrawn: canEdit && status === "withdrawn",
    canSeeHistory,
  });
}

/** All versions of an update, the newest first, each a press away. */
export function historyCard(versions: readonly Update[], committee: Committee): Card {
  const newest = versions[0];
  return fill("champions/history", {
    month: newest?.month ?? "",
    district: newest?.district ?? "",
    districtName: nameOf(newest?.district ?? "", committee),
    monthName: newest ? monthName(newest.month) : "",
    versions: versions.map((version) => ({
      month: version.month,
      district: version.district,
      version: version.version,
      what: stateLine(version),
    })),
    shown: versions
      .slice(0, 6)
      .map(({ month, district, version }) => ({ month, district, version })),
  });
}

/** A champion's year, the newest month first. */
export function yearCard(
  districtName: string,
  months: readonly {
    readonly month: Month;
    readonly district: string;
    readonly state: string;
    readonly canShow: boolean;
  }[],
  drafts: readonly StoredDraft[],
): Card {
  return fill("champions/year", {
    districtName,
    hasDrafts: drafts.length > 0,
    drafts: drafts.map((each, index) => ({ line: `Draft ${index + 1}: ${draftLine(each)}` })),
    openable: drafts.slice(0, 6).map(({ draft: { district, operation } }, index) => ({
      ...{ district, operation },
      number: index + 1,
    })),
    months: months.map((month) => ({ ...month, monthName: monthName(month.month) })),
    shown: months
      .filter(({ canShow }) => canShow)
      .slice(0, 6)
      .map(({ month, district }) => ({ month, district, monthName: monthName(month) })),
  });
}

/** The last question before an update is taken back. */
export function withdrawCard({ month, district, version }: Update, committee: Committee): Card {
  return fill("champions/withdraw", {
    ...{ month, district, version },
    districtName: nameOf(district, committee),
    monthName: monthName(month),
  });
}

/** For an officer: a champion who only spoke at the meeting. */
export function oralCard(around: {
  readonly meetings: readonly MeetingDates[];
  readonly districts: readonly { readonly id: string; readonly name: string }[];
  readonly meeting: string;
  readonly district: string;
  readonly minuted: string;
  readonly operation: string;
  readonly problem?: string;
}): Card {
  return fill("champions/oral", {
    ...around,
    hasProblem: Boolean(around.problem),
    problem: around.problem ?? "",
    meetings: around.meetings.map(({ date }) => ({ date, title: longDate(date) })),
  });
}

/** Told to the officers: an update changed after the agenda was published. */
export function lateCard(update: Update, committee: Committee): Card {
  return fill("champions/late", {
    districtName: nameOf(update.district, committee),
    monthName: monthName(update.month),
    what: stateLine(update),
    meeting: longDate(update.meeting),
    month: update.month,
    district: update.district,
  });
}

/** Asks for the district, each one press away. */
export function whichDistrictCard({ districts }: Committee, unknown = ""): Card {
  return fill("champions/which-district", {
    districts,
    example: districts[0]?.name ?? "",
    unknown,
    isUnknown: unknown !== "",
  });
}

/** "Submitted at 9:10am on 25 September 2019": the champion stands beside it. */
export function briefState({ kind, status, late, at }: Update): string {
  const what = status === "withdrawn" ? "Withdrawn" : kind === "oral" ? "Oral" : "Submitted";
  return `${what} at ${timeAndDate(at)}${late ? ", after the agenda was published" : ""}`;
}

/** "Submitted by Jan French at 9:10am on 25 September 2019 (version 2)". */
export function stateLine(update: Update): string {
  const { kind, status, version, late, author, at } = update;
  const what =
    status === "withdrawn"
      ? "Withdrawn"
      : kind === "oral"
        ? "Recorded as an oral update"
        : "Submitted";
  const marks = late ? `, after the agenda was published` : "";
  return `${what} by ${author.name} at ${timeAndDate(at)}, version ${version}${marks}`;
}

/** The three sections and the priorities, as every card that shows an update names them. */
export function updateBody({ sections, priorities }: Update, { priorityLists }: Committee) {
  const names = priorities.map(
    (id) =>
      priorityLists.flatMap((list) => list.priorities).find((known) => known.id === id)?.name ?? id,
  );
  const counted = SECTIONS.map((name) => ({ [`has${capital(name)}`]: sections[name].length > 0 }));
  return {
    ...Object.assign({}, ...counted),
    updates: shownLines(sections.updates),
    contacts: shownLines(sections.contacts),
    goodPractice: shownLines(sections.goodPractice),
    hasPriorities: names.length > 0,
    priorityNames: names.join(", "),
  };
}

/** The champion's own headings stand as headings, and only what is under them is a list. */
function shownLines(lines: readonly string[]) {
  return underOwnHeadings(lines).map(({ heading, items }) => ({
    heading,
    hasHeading: heading !== "",
    items: items.map((item) => ({ item })),
  }));
}

/** A heading is nothing to carry by itself: it comes with what is carried from under it. */
function carryChoices({ sections }: Update) {
  return SECTIONS.flatMap((section) =>
    sections[section]
      .map((item, position) => ({ value: `${section}-${position}`, title: item }))
      .filter(({ title }) => !isOwnHeading(title)),
  );
}

function nameOf(district: string, { districts }: Committee): string {
  return districts.find(({ id }) => id === district)?.name ?? district;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
