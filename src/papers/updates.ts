import { z } from "zod/v4";
import { dayOf, longDate, monthName, type Day, type Instant, type Month } from "../calendar.ts";
import { formsOf, type Committee, type District } from "../council.ts";
import { checked, UserError } from "../errors.ts";
import type { Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { underOwnHeadings, type LedIn } from "../own-heading.ts";
import type { Paper, PaperBlock, PaperDocument, PaperSubject, Wish } from "../paper.ts";
import { dateLine, formName } from "./rules.ts";
import said from "./said.json" with { type: "json" };

/** The sections of the committee's form, as it prints them. */
export const SECTIONS = {
  updates: "UPDATES",
  contacts: "NEW CONTACTS, PROJECTS AND PRIORITIES",
  goodPractice: "COMMUNITY GOOD PRACTICE",
} as const;
export type Section = keyof typeof SECTIONS;
/** In the form's order. */
export const SECTION_NAMES: readonly Section[] = ["updates", "contacts", "goodPractice"];

/** An update, as a paper prints it. */
export interface PrintedUpdate {
  readonly district: string;
  readonly month: Month;
  readonly meeting: Day;
  readonly meetingKept?: string | undefined;
  readonly kind: "written" | "oral";
  readonly champion: string;
  readonly sections: Readonly<Record<Section, readonly string[]>>;
}

/** What this paper is made from. */
export interface UpdateSources {
  /** The agenda plan as it stood around a day. */
  readonly planFor: (
    committee: string,
    day: Day,
  ) => Promise<{
    readonly next?: { readonly date: Day } | undefined;
    readonly last?: { readonly date: Day } | undefined;
    on(day: Day): { readonly date: Day } | undefined;
    forMonth(month: Month): { readonly date: Day } | undefined;
    monthsAround(meeting: Day): Month[];
    /** From a day on, the meetings whose month's updates are for an earlier one. */
    secondMeetings(
      from: Day,
    ): readonly { readonly date: Day; readonly month: Month; readonly first: Day }[];
    /** The meeting that an update goes to. */
    meetingOf(update: PrintedUpdate): { readonly date: Day } | undefined;
  }>;
  /** What was submitted for these months, the first month first, nothing withdrawn. */
  readonly updatesOf: (committee: string, months: readonly Month[]) => Promise<PrintedUpdate[]>;
  readonly championOf: (
    committee: string,
    district: string,
    day: Day,
  ) => Promise<{ readonly name: string } | undefined>;
}

/** What there is from one district. */
interface Appendix {
  readonly number: number;
  readonly district: District;
  readonly champion: string | undefined;
  readonly updates: readonly PrintedUpdate[];
  /** Which earlier meeting of the month has its updates, where this is not the first one. */
  readonly elsewhere: string | undefined;
}

const MeetingWish = z.object({ meeting: z.iso.date() });
const COLUMNS = ["meeting", "month", "district", "champion", "kind", "section", "item"];

/** The updates of a meeting in the committee's own form, one appendix for each district. */
export function updatesPaper({ planFor, updatesOf, championOf }: UpdateSources): Paper {
  return {
    name: "updates",
    command: {
      id: "papers.updates",
      name: "export updates",
      full: "export updates[ for {meeting}]",
      examples: said.updates,
      phrases: [
        "export updates {date}",
        "export updates {month}",
        "export updates meeting {date}",
        "export updates word",
        "export updates {date} word",
        "export updates csv",
        "export updates {date} csv",
        "download updates",
        "download updates {date}",
      ],
      purpose: "Get the updates of a meeting as a Word document: export updates for 8 August 2019.",
    },
    roles: ["officer", "chair"],
    wish,
    make,
  };

  async function wish({ committee, now }: Turn, { dates: [date] = [], month }: Slots) {
    const day = date ?? (month ? `${month}-01` : dayOf(now));
    const plan = await planFor(committee.id, day);
    const meeting = date ? plan.on(date) : month ? plan.forMonth(month) : plan.next;
    if (meeting) return { meeting: meeting.date };
    const near = plan.last ?? plan.next;
    const then = near ? ` The nearest is on ${longDate(near.date)}.` : "";
    throw new UserError(
      `I know of no meeting ${date ? `on ${longDate(date)}` : "to come"}.${then} Name the day of the meeting: export updates for 8 August 2019.`,
    );
  }

  async function make({ committee, now }: PaperSubject, asked: Wish): Promise<PaperDocument> {
    const { meeting } = checked(MeetingWish, asked);
    const plan = await planFor(committee.id, meeting);
    if (!plan.on(meeting)) throw new UserError(`I know of no meeting on ${longDate(meeting)}.`);
    const updates = (await updatesOf(committee.id, plan.monthsAround(meeting))).filter(
      (update) => plan.meetingOf(update)?.date === meeting,
    );
    const second = plan.secondMeetings(meeting).find(({ date }) => date === meeting);
    const elsewhere =
      second &&
      `The updates for ${monthName(second.month)} are for the meeting on ${longDate(second.first)}.`;
    const appendices = await Promise.all(
      committee.districts.map(async (district, at) => ({
        number: at + 1,
        district,
        champion: (await championOf(committee.id, district.id, meeting))?.name,
        updates: updates.filter((update) => update.district === district.id),
        elsewhere,
      })),
    );
    return {
      title: `Community Champions updates for ${longDate(meeting)}`,
      blocks: [
        ...front(committee, meeting, now, appendices),
        ...appendices.flatMap((appendix) => appendixBlocks(committee, meeting, appendix)),
      ],
      summary: appendices.map((appendix) => `${appendix.district.name}: ${stateOf(appendix)}`),
      list: { columns: COLUMNS, rows: appendices.flatMap(listed) },
    };
  }
}

function front(
  committee: Committee,
  meeting: Day,
  now: Instant,
  appendices: readonly Appendix[],
): PaperBlock[] {
  const columns = [
    { title: "Appendix", share: 3 },
    { title: "District", share: 4 },
    { title: "Community Champion", share: 4 },
    { title: "Update", share: 4 },
  ];
  const rows = appendices.map((appendix) => [
    String(appendix.number),
    appendix.district.name,
    appendix.updates.at(-1)?.champion ?? appendix.champion ?? "Vacant",
    stateOf(appendix),
  ]);
  return [
    { kind: "title", text: "Community Champions updates" },
    {
      kind: "facts",
      facts: [
        ["Committee:", formName(committee)],
        ["Meeting:", longDate(meeting)],
      ],
    },
    { kind: "table", columns, rows },
    {
      kind: "note",
      text: `What the champions had submitted by ${longDate(dayOf(now))}, in their own words.`,
    },
  ];
}

function appendixBlocks(committee: Committee, meeting: Day, appendix: Appendix): PaperBlock[] {
  const { number, district, champion, updates, elsewhere } = appendix;
  const text = `Appendix ${number}: ${district.name}`;
  const heading = { kind: "heading", level: 1, text, startsPage: true } as const;
  if (updates.length > 0)
    return [heading, ...updates.flatMap((update) => form(committee, district, update, updates))];
  const why = champion
    ? (elsewhere ?? `No update was received from ${champion}.`)
    : `Vacant. The district had no Community Champion on ${longDate(meeting)}.`;
  return [heading, { kind: "text", text: why }];
}

/** The form as the committee prints it, with the champion's words and nothing else. */
function form(
  committee: Committee,
  { name }: District,
  update: PrintedUpdate,
  all: readonly PrintedUpdate[],
): PaperBlock[] {
  const { champion, meeting, month, kind, sections } = update;
  const ofMonth = all.length > 1 ? `, ${monthName(month)}` : "";
  const head: PaperBlock[] = [
    { kind: "heading", level: 2, text: `${formsOf(committee).update}${ofMonth}` },
    {
      kind: "facts",
      facts: [
        ["Community Champion:", champion],
        ["Place:", name],
        ["Date:", dateLine(committee, meeting)],
      ],
    },
  ];
  if (kind === "oral") return [...head, ...minuted(sections.updates)];
  return [
    ...head,
    ...SECTION_NAMES.flatMap((section) => sectionBlocks(section, sections[section])),
  ];
}

function sectionBlocks(section: Section, items: readonly string[]): PaperBlock[] {
  return [
    { kind: "heading", level: 3, text: SECTIONS[section] },
    ...(items.length > 0
      ? underOwnHeadings(items).flatMap(ledIn)
      : [{ kind: "note", text: "Nothing was written in this section." } as const]),
  ];
}

/** A heading of the champion's own, "Major Projects:", has no bullet on the printed form. */
export function ledIn({ heading, items }: LedIn): PaperBlock[] {
  return [
    ...(heading ? [{ kind: "heading", level: 4, text: heading } as const] : []),
    ...(items.length > 0 ? [{ kind: "items", items } as const] : []),
  ];
}

function minuted(items: readonly string[]): PaperBlock[] {
  return [
    { kind: "heading", level: 3, text: "ORAL UPDATE" },
    {
      kind: "note",
      text:
        items.length > 0
          ? "Given at the meeting and not in writing. As minuted:"
          : "Given at the meeting and not in writing. See the minutes of the meeting.",
    },
    ...items.map((text) => ({ kind: "text", text }) as const),
  ];
}

function stateOf({ champion, updates, elsewhere }: Appendix): string {
  const kinds = new Set(updates.map(({ kind }) => kind));
  if (kinds.has("written")) return "Written";
  if (kinds.has("oral")) return "Oral only";
  if (!champion) return "Vacant";
  return elsewhere ? "None asked for" : "Not received";
}

function listed({ district, updates }: Appendix) {
  return updates.flatMap(({ meeting, month, champion, kind, sections }) =>
    SECTION_NAMES.flatMap((section) =>
      sections[section].map((item) => ({
        ...{ meeting, month, champion, kind, item },
        district: district.name,
        section: SECTIONS[section],
      })),
    ),
  );
}
