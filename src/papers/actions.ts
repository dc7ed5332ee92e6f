import { dayOf, longDate, type Day } from "../calendar.ts";
import type { Paper, PaperBlock, PaperDocument, PaperSubject, Wish } from "../paper.ts";
import { printedDate } from "./rules.ts";
import said from "./said.json" with { type: "json" };

/** A line of the action log, as a paper prints it. */
interface PrintedAction {
  /** "187d" */
  readonly minute: string;
  readonly meeting?: Day | undefined;
  readonly report: string;
  readonly owner: string;
  /** What the Committee said before, where the log has it apart from the action. */
  readonly background?: string | undefined;
  readonly action: string;
  readonly comments: string;
  readonly status: string;
}

/** What this paper is made from. */
export interface ActionSources {
  /** The whole log, in minute order. */
  readonly actionsOf: (committee: string) => Promise<readonly PrintedAction[]>;
}

const TITLE = "Minutes - Action Log";
/** The long texts have the room; the others as much as the log's longest words need. */
const COLUMNS = [
  { title: "Minute No.", share: 6, name: "minute" },
  // "RECOMMENDATIONS"
  { title: "Report Title", share: 16, name: "report" },
  { title: "Action to be taken by", share: 9, name: "owner" },
  { title: "Action", share: 29, name: "action" },
  { title: "Comments", share: 29, name: "comments" },
  // "COMPLETE"
  { title: "Status", share: 11, name: "status" },
] as const;

/** What `import actions` reads back. */
const LIST = [
  ...["meeting_date", "minute_no", "sub_item", "report_title", "action_to_be_taken_by"],
  ...["background", "action", "comments", "status"],
];

/** The action log in the committee's own form: a table for each meeting, nothing added. */
export function actionsPaper({ actionsOf }: ActionSources): Paper {
  return {
    name: "actions",
    command: {
      id: "papers.actions",
      name: "export actions",
      examples: said.actions,
      phrases: [
        "export action log",
        "export actions word",
        "export actions csv",
        "download actions",
        "download action log",
      ],
      purpose: "Get the action log as a Word document, or as a list for a spreadsheet.",
    },
    roles: ["officer", "chair"],
    wish: async (_turn, { typed = "" }): Promise<Wish> => {
      const owner = ownerSaid(typed);
      return owner ? { owner } : {};
    },
    make,
  };

  async function make({ committee, now }: PaperSubject, wish: Wish): Promise<PaperDocument> {
    const log = await actionsOf(committee.id);
    const { owner = "" } = wish;
    const own = owner ? log.filter((each) => isOwned(each, owner)) : [];
    const actions = own.length > 0 ? own : log;
    const whose =
      own.length > 0 ? `For ${owner}` : `The log names no ${owner}. All actions are in it`;
    const today = dayOf(now);
    const groups = byMeeting(actions);
    const open = actions.filter(({ status }) => status === "ACTION ONGOING").length;
    return {
      title: `Action log ${longDate(today)}${own.length > 0 ? ` for ${owner}` : ""}`,
      isWide: true,
      blocks: [
        { kind: "title", text: committee.name.toUpperCase() },
        { kind: "heading", level: 1, text: TITLE },
        { kind: "text", text: `Updated – ${printedDate(today)}` },
        ...(own.length > 0
          ? [{ kind: "note", text: `Only the actions for ${owner} are listed.` } as const]
          : []),
        ...(groups.length > 0
          ? groups.flatMap(groupBlocks)
          : [{ kind: "text", text: "There are no actions in the log." } as const]),
      ],
      summary: [...(owner ? [whose] : []), `Actions: ${actions.length}`, `Ongoing: ${open}`],
      list: {
        columns: LIST,
        rows: actions.map(listRow),
      },
    };
  }
}

/** "export actions for Christine May": the name. A date or a form of file is none. */
function ownerSaid(typed: string): string {
  const [, said = ""] = /\bfor\s+(\p{L}[^\d]*)$/iu.exec(typed.trim()) ?? [];
  return said.replace(/\s+(?:as|in)\s+.*$/i, "").replace(/[.?!\s]+$/, "");
}

/** Every word of the name is in that of one of its owners: "Rob Hill / Jawaid Khan" are two. */
function isOwned({ owner }: PrintedAction, name: string): boolean {
  const words = name.toLowerCase().split(/\s+/);
  return owner
    .toLowerCase()
    .split(/[/;&]|\band\b/)
    .some((each) => words.every((word) => each.split(/\s+/).includes(word)));
}

/** Number and letter stand apart, as the committee's own list has them. */
function listRow({ minute, meeting = "", background = "", ...rest }: PrintedAction) {
  const [, number = minute, letter = ""] = /^(\d+)([a-z]?)$/.exec(minute) ?? [];
  return {
    ...{ meeting_date: meeting, minute_no: number, sub_item: letter },
    ...{ report_title: rest.report, action_to_be_taken_by: rest.owner, background },
    ...{ action: rest.action, comments: rest.comments, status: rest.status },
  };
}

/** The oldest meeting first; what names no meeting is older still, as its minute numbers say. */
function byMeeting(actions: readonly PrintedAction[]) {
  const meetings = [...new Set(actions.map(({ meeting = "" }) => meeting))].toSorted();
  return meetings.map((meeting) => ({
    meeting,
    actions: actions.filter((action) => (action.meeting ?? "") === meeting),
  }));
}

function groupBlocks({ meeting, actions }: ReturnType<typeof byMeeting>[number]): PaperBlock[] {
  const text = meeting
    ? `ACTIONS FROM MINUTES OF THE ${printedDate(meeting).toUpperCase()} COMMITTEE MEETING`
    : "ACTIONS FROM MINUTES OF A MEETING THAT THE LOG DOES NOT NAME";
  return [
    { kind: "heading", level: 2, text },
    {
      kind: "table",
      columns: COLUMNS,
      isSmall: true,
      rows: actions.map((each) => {
        const action = [each.background, each.action].filter(Boolean).join("\n");
        return COLUMNS.map(({ name }) => ({ ...each, action })[name]);
      }),
    },
  ];
}
