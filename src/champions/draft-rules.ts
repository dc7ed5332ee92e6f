import type { Month } from "../calendar.ts";
import { itemsOf } from "./rules.ts";
import { SECTIONS, type Draft, type StoredDraft, type Typed, type Update } from "./schema.ts";

/** A draft that was not sent, with the written update of its month if there is one. */
export interface Unsent extends StoredDraft {
  readonly current: Update | undefined;
}

/** What becomes of a text that is put aside. */
export interface Placed {
  readonly draft: Draft;
  /** The draft that it takes the place of. */
  readonly previous?: StoredDraft;
  /** It is there already, word for word. */
  readonly isThere: boolean;
  /** Another text was saved from the same form, so this one is a draft of its own. */
  readonly isApart: boolean;
}

/**
 * A form saved again is one draft, as long as no word is lost: the form knew what was saved
 * before, or the new text holds all of it. Otherwise another copy of the form, on another device
 * perhaps, saved something else, and both are kept.
 */
export function placeDraft(
  draft: Draft,
  saved: readonly StoredDraft[],
  newOperation: string,
): Placed {
  const own = saved.find((each) => each.draft.operation === draft.operation);
  const same = saved.find((each) => isSame(each.draft, draft));
  if (own && isSame(own.draft, draft)) return { draft: own.draft, isThere: true, isApart: false };
  if (own && isReplacedBy(own.draft, draft))
    return {
      draft: { ...draft, saved: own.draft.saved + 1 },
      previous: own,
      ...{ isThere: false, isApart: false },
    };
  const isApart = own !== undefined;
  if (same) return { draft: same.draft, isThere: true, isApart };
  const operation = isApart ? newOperation : draft.operation;
  return { draft: { ...draft, operation, saved: 1 }, isThere: false, isApart };
}

/** Whether nothing of a draft is lost when this form takes its place. */
export function isReplacedBy(draft: Draft, form: Typed & Pick<Draft, "saved">): boolean {
  return draft.saved === form.saved || holdsAll(form, draft);
}

/**
 * The draft that `log update` goes on with: the newest for these months, or else one that was
 * never sent because its meeting passed. A change of an update that was sent waits for its Edit.
 */
export function draftToGoOnWith(
  unsent: readonly Unsent[],
  months: readonly Month[],
  isOver: (month: Month) => boolean,
): Unsent | undefined {
  return (
    unsent.find(({ draft }) => months.includes(draft.month)) ??
    unsent.find(({ draft, current }) => !current && isOver(draft.month))
  );
}

function isSame(one: Draft, other: Draft): boolean {
  return wordsOf(one) === wordsOf(other);
}

function wordsOf({ month, version, updates, contacts, goodPractice, priorities }: Draft): string {
  return JSON.stringify([month, version, updates, contacts, goodPractice, priorities]);
}

function holdsAll(text: Typed, older: Typed): boolean {
  return (
    SECTIONS.every((section) => holdsSection(text[section], older[section])) &&
    older.priorities.every((id) => text.priorities.includes(id))
  );
}

function holdsSection(text: string, older: string): boolean {
  const items = itemsOf(text);
  return text.startsWith(older) || itemsOf(older).every((item) => items.includes(item));
}
