import { isDay } from "../calendar.ts";
import { UserError } from "../errors.ts";
import type { Action, ActionFilter, ActionForm } from "./schema.ts";

const MINUTE = /^\s*(\d{1,6})\s*([a-z]?)\s*$/i;
/** "action 187d complete: The information was sent.", "mark 187d complete" */
const SAID =
  /\b(?:action|mark)\s+(?:no\.?\s+|number\s+)?(\d{1,6})\s?([a-z]?)(?![a-z0-9])([\s\S]*)$/i;
const STATUS_SAID = /^[\s,:–-]*(?:is\s+|as\s+)?(completed?|done|closed|ongoing|open)\b[\s,:.–-]*/i;

const LONGEST = {
  report: 300,
  owner: 200,
  background: 4000,
  action: 2000,
  comments: 4000,
} as const;
const LABELS = {
  report: "report title",
  owner: "action to be taken by",
  background: "background",
  action: "action",
  comments: "comments",
} as const;

/** A message about one action: which, and what it says of it. */
export interface SaidOfAction {
  readonly minute: string;
  readonly status?: Action["status"] | undefined;
  readonly comments: string;
}

/** Reads "action 187d complete: …". Undefined where no minute number stands behind the word. */
export function readSaid(typed: string): SaidOfAction | undefined {
  const [, number = "", letter = "", rest = ""] = SAID.exec(typed) ?? [];
  if (!number) return undefined;
  const minute = `${Number(number)}${letter.toLowerCase()}`;
  const [matched = "", word = ""] = STATUS_SAID.exec(rest) ?? [];
  const comments = (word ? rest.slice(matched.length) : rest).replace(/^[\s,:–-]+/, "").trim();
  return word ? { minute, status: statusOf(word), comments } : { minute, comments };
}

function statusOf(word: string): Action["status"] {
  return /^(ongoing|open)$/i.test(word) ? "ACTION ONGOING" : "ACTION COMPLETE";
}

/** The minute number and letter, as the log has them: "187d". Throws a `UserError`. */
export function readMinute(text: string): string {
  const [, number = "", letter = ""] = MINUTE.exec(text) ?? [];
  if (!number)
    throw new UserError(
      "The minute number is digits and perhaps a letter, like 187 or 187d. Enter it so.",
    );
  return `${Number(number)}${letter.toLowerCase()}`;
}

/** A form's action. Nothing is added to what was typed. Throws a `UserError`. */
export function readAction(form: ActionForm): Action {
  const minute = readMinute(form.minute);
  for (const name of ["report", "owner", "action"] as const)
    if (form[name].trim() === "") throw new UserError(`Enter the ${LABELS[name]}.`);
  for (const [name, most] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][])
    if (form[name].trim().length > most)
      throw new UserError(
        `The ${LABELS[name]} has ${form[name].trim().length} characters. Shorten it to ${most} or fewer.`,
      );
  const status = readStatus(form.status);
  if (form.meeting && !isDay(form.meeting))
    throw new UserError("The meeting is a day like 2019-08-08. Enter it so, or leave it empty.");
  const background = form.background.trim();
  return {
    minute,
    ...(form.meeting ? { meeting: form.meeting } : {}),
    report: form.report.trim(),
    owner: form.owner.trim(),
    ...(background ? { background } : {}),
    action: form.action.trim(),
    comments: form.comments.trim(),
    status,
  };
}

/** Exactly as the log prints it. Throws a `UserError`. */
export function readStatus(text: string): Action["status"] {
  const status = text.trim().toUpperCase();
  if (status === "ACTION COMPLETE" || status === "ACTION ONGOING") return status;
  throw new UserError("The status is ACTION COMPLETE or ACTION ONGOING. Choose one of them.");
}

/** Whether two say the same. */
export function isSameAction(one: Action, other: Action): boolean {
  return whatIsSaid(one) === whatIsSaid(other);
}

/** The log's own words for "nothing yet": news takes their place, and the history keeps them. */
const NOTHING_SAID = /^awaiting (?:an )?update\.?$/i;

/** What is new behind what the log says already: the officer sees both and can take away either. */
export function withNews(comments: string, news: string): string {
  const said = news !== "" && NOTHING_SAID.test(comments) ? "" : comments;
  return [said, news].filter(Boolean).join("\n\n");
}

/** The names of those who have an action: "Rob Hill / Jawaid Khan" are two. */
export function ownersOf({ owner }: Pick<Action, "owner">): string[] {
  return owner
    .split(/\s*[/;&]\s*|\s+and\s+/)
    .map((name) => name.trim())
    .filter(Boolean);
}

/** Whether somebody has the action: every word asked for is in their name, or theirs in it. */
export function isOwnedBy(action: Pick<Action, "owner">, name: string): boolean {
  const asked = wordsOf(name);
  return (
    asked.length > 0 &&
    ownersOf(action).some((owner) => {
      const own = wordsOf(owner);
      const [fewer, more] = own.length < asked.length ? [own, asked] : [asked, own];
      return fewer.length > 0 && fewer.every((word) => more.includes(word));
    })
  );
}

/** What a list of actions shows, the longest open first, or the whole log in its own order. */
export function chosen(
  actions: readonly Action[],
  { show, owner, meetings }: ActionFilter,
): Action[] {
  const own = actions
    .filter((action) => !owner || isOwnedBy(action, owner))
    .filter(({ meeting = "" }) => meeting.startsWith(meetings));
  if (show === "all") return own;
  const status = show === "open" ? "ACTION ONGOING" : "ACTION COMPLETE";
  return own
    .filter((action) => action.status === status)
    .toSorted((a, b) => (a.meeting ?? "").localeCompare(b.meeting ?? ""));
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().match(/[\p{L}\p{N}'’-]+/gu) ?? [];
}

function whatIsSaid({ meeting = "", background = "", ...rest }: Action): string {
  const { minute, report, owner, action, comments, status } = rest;
  return JSON.stringify([minute, meeting, report, owner, background, action, comments, status]);
}
