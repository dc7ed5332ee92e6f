import { dayOf, longDate, type Day } from "../calendar.ts";
import type { Paper, PaperBlock, PaperDocument, PaperSubject } from "../paper.ts";
import { OPTIONAL_PLAN_COLUMNS, PLAN_COLUMNS } from "./agenda-import.ts";
import type { CommitteeStore } from "./store.ts";
import type { AgendaItem, Meeting } from "./schema.ts";
import said from "./said.json" with { type: "json" };

/** As the committee's own plan has them. */
const COLUMNS = [
  { title: "Committee date", share: 3 },
  { title: "Agenda item", share: 8 },
  { title: "Lead officer", share: 4 },
  { title: "Key decision", share: 2 },
  { title: "Draft deadline", share: 3 },
  { title: "Agenda publication", share: 3 },
] as const;
/** The notes over the committee's own plan. */
const NOTES = [
  "Key decision: the Council's Constitution says what counts as one, in Part 2, Article 12. Its reference is in the column of that name. A dash stands where an item is none.",
  "* Items expected to be recommended for determination by full Council.",
  "+ Items expected to be confidential, which would exclude the press and public.",
];
/** What `import meetings` reads back; what is worked out or a remark is not in it. */
const LIST = [
  ...PLAN_COLUMNS,
  ...OPTIONAL_PLAN_COLUMNS.filter((name) => !["clear_working_days_derived", "note"].includes(name)),
];

/** The agenda plan as a paper, and as the list that `import meetings` reads. */
export function agendaPlanPaper(store: CommitteeStore): Paper {
  return {
    name: "agenda-plan",
    command: {
      id: "committee.exportPlan",
      name: "export agenda plan",
      examples: said.exportPlan,
      phrases: [
        "export meetings",
        "export agenda plan csv",
        "download agenda plan",
        "export agenda plan word",
      ],
      purpose: "Get the agenda plan as a Word document, or as a list for a spreadsheet.",
    },
    roles: ["officer", "chair"],
    wish: async () => ({}),
    make,
  };

  async function make({ committee, now }: PaperSubject): Promise<PaperDocument> {
    const today = dayOf(now);
    const coming = await store.meetingsFrom(committee.id, today);
    const meetings = coming.filter(({ state }) => state === "planned");
    const plan = await Promise.all(
      meetings.map(async (meeting) => ({
        meeting,
        items: await store.agendaOf(committee.id, meeting.date),
      })),
    );
    return {
      title: `Agenda plan ${longDate(today)}`,
      isWide: true,
      blocks: [
        { kind: "title", text: committee.name.toUpperCase() },
        { kind: "heading", level: 1, text: "Agenda Plan" },
        { kind: "text", text: `Updated on ${longDate(today)}` },
        ...NOTES.map((text) => ({ kind: "text" as const, text })),
        ...plan.flatMap(({ meeting, items }) => meetingBlocks(meeting, items)),
      ],
      summary: [
        `Meetings: ${plan.length}`,
        `Items: ${plan.reduce((sum, { items }) => sum + items.length, 0)}`,
      ],
      list: {
        columns: LIST,
        rows: plan.flatMap(({ meeting, items }) => items.map((item) => listRow(meeting, item))),
      },
    };
  }
}

function meetingBlocks(meeting: Meeting, items: readonly AgendaItem[]): PaperBlock[] {
  const { date, kind } = meeting;
  const isWorkshop = kind === "workshop";
  return [
    {
      kind: "heading",
      level: 2,
      text: `${longDate(date)}${isWorkshop ? " (workshop)" : ""}`,
    },
    { kind: "table", columns: COLUMNS, rows: itemRows(meeting, items) },
  ];
}

/** The dates of a meeting stand beside its first item, as in the committee's own plan. */
function itemRows(meeting: Meeting, items: readonly AgendaItem[]): string[][] {
  const { date, kind, draftDeadline, publication } = meeting;
  const when = `${printed(date)}${kind === "workshop" ? " (Workshop)" : ""}`;
  if (items.length === 0)
    return [[when, "No items yet", "", "", given(draftDeadline), given(publication)]];
  return items.map((item, at) => {
    const { title, leadOfficer = "", keyDecision = "-", isPrivate, goesToFullCouncil } = item;
    const isFirst = at === 0;
    return [
      isFirst ? when : "",
      `${goesToFullCouncil ? "* " : ""}${isPrivate ? "+ " : ""}${title}`,
      // A private item is printed by its title only.
      isPrivate ? "Private item" : leadOfficer,
      isPrivate ? "" : keyDecision,
      isFirst ? given(draftDeadline) : "",
      isFirst ? given(publication) : "",
    ];
  });
}

function listRow(meeting: Meeting, item: AgendaItem): Record<string, string> {
  const { date, kind, time = "", venue = "", draftDeadline = "", publication = "" } = meeting;
  const { order, title, leadOfficer = "", keyDecision = "-", isPrivate, goesToFullCouncil } = item;
  return {
    ...{ meeting_date: date, meeting_type: kind, item_order: String(order), agenda_item: title },
    // Of a private item the title only: an import leaves the rest of it as it is.
    ...{
      lead_officer: isPrivate ? "" : leadOfficer,
      key_decision: isPrivate ? "" : keyDecision,
      draft_deadline: draftDeadline,
    },
    ...{ agenda_publication: publication, time, venue, source_paragraph: meeting.source },
    full_council_marker: goesToFullCouncil ? "yes" : "no",
    confidential_marker: isPrivate ? "yes" : "no",
  };
}

function given(day: Day | undefined): string {
  return day ? printed(day) : "Not given";
}

/** "2/10/2019", as the committee's own plan prints its dates. */
function printed(day: Day): string {
  return day.split("-").toReversed().map(Number).join("/");
}
