import { longDate } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { timeName } from "./action-wish.ts";
import { noted, troubled } from "./cards.ts";
import type { Action, ActionFilter, ActionForm } from "./schema.ts";

/** A card holds so many actions in short. */
const ACTIONS_A_PAGE = 12;
/** An action's words in a list; the whole of it is one press away. */
const IN_SHORT = 240;
const NO_MEETING = "Not stated in the log";

const SHOWN = { open: "Open actions", complete: "Complete actions", all: "Actions" } as const;

/** One action as the log has it. */
export function actionCard(
  action: Action,
  { canEdit, note = "" }: { readonly canEdit: boolean; readonly note?: string },
): Card {
  const { minute, meeting, report, owner, background = "", comments, status } = action;
  return fill("committee/action", {
    ...noted(note),
    ...{ minute, report, owner, background, status, canEdit },
    meeting: meeting ? longDate(meeting) : NO_MEETING,
    hasBackground: background !== "",
    action: action.action,
    comments: comments || "None",
  });
}

/** The form of an action, new or changed. */
export function actionFormCard(form: ActionForm, problem = ""): Card {
  const isNew = form.version === 0;
  return fill("committee/action-form", {
    ...form,
    ...troubled(problem),
    heading: isNew ? "Add an action" : `Change action ${form.minute}`,
    isNew,
    isKnown: !isNew,
  });
}

/** A page of actions in short. */
export function actionsCard(
  committee: string,
  actions: readonly Action[],
  { show, owner, meetings, page }: ActionFilter,
  note = "",
): Card {
  const from = meetings ? `, meetings of ${timeName(meetings)}` : "";
  const pages = Math.max(1, Math.ceil(actions.length / ACTIONS_A_PAGE));
  const shown = Math.min(page, pages);
  const part = actions.slice((shown - 1) * ACTIONS_A_PAGE, shown * ACTIONS_A_PAGE);
  return fill("committee/actions", {
    committee,
    ...noted(note),
    heading: `${SHOWN[show]}${owner ? ` for ${owner}` : ""}${from}: ${actions.length}`,
    ...{ show, owner, meetings },
    actions: part.map((action) => ({
      head: `${action.minute} ${action.report}`,
      who: `${action.owner}, ${action.meeting ? `since ${longDate(action.meeting)}` : "meeting not stated in the log"}, ${action.status}`,
      what: inShort(action.action),
    })),
    choices: part.map(({ minute, report }) => ({ value: minute, title: `${minute} ${report}` })),
    first: part[0]?.minute ?? "",
    hasActions: part.length > 0,
    hasNone: part.length === 0,
    isPaged: pages > 1,
    page: shown,
    pages,
    hasNext: shown < pages,
    next: shown + 1,
    hasPrevious: shown > 1,
    previous: shown - 1,
    canShowOpen: show !== "open",
    canShowComplete: show !== "complete",
    canShowAll: show !== "all",
  });
}

function inShort(text: string): string {
  return text.length > IN_SHORT ? `${text.slice(0, IN_SHORT).trimEnd()} …` : text;
}
