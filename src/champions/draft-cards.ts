import { monthName, timeAndDate } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { districtWithId, type Committee } from "../council.ts";
import { firstWords } from "./rules.ts";
import type { Draft, Form, StoredDraft } from "./schema.ts";

/** One part of a text that no card of Teams can hold: as typed, to copy from. */
export function keptCard(
  { month, district, operation }: Draft,
  committee: Committee,
  part: { readonly section: string; readonly text: string },
  { page, pages, problem = "" }: { page: number; pages: number; problem?: string },
): Card {
  return fill("champions/kept", {
    ...{ district, operation, page, pages, problem },
    districtName: districtWithId(district, committee)?.name ?? district,
    monthName: monthName(month),
    hasProblem: problem !== "",
    sectionName: part.section,
    text: part.text,
    hasNext: page < pages,
    next: page + 1,
    hasPrevious: page > 1,
    previous: page - 1,
  });
}

/** A form taken back, with the text one press away. */
export function discardedCard(
  form: { readonly [field in keyof Form]: string | number },
  /** Another text that was saved from the same form, and stays. */
  stays: Draft | undefined,
): Card {
  const isChange = Number(form.version) > 0;
  return fill("champions/discarded", {
    form,
    isChange,
    isNew: !isChange,
    what: stays
      ? `These words are gone. Another text that you saved from this form is still in your drafts: “${firstWords(stays)}”.`
      : isChange
        ? `Your change is gone. The update that you submitted stands as it was, version ${form.version}.`
        : "The draft is gone.",
  });
}

/** "September 2019, saved at 9:10am on 25 September 2019: Oasis Centre visit". */
export function draftLine({ draft, at }: StoredDraft): string {
  return `${monthName(draft.month)}, saved at ${timeAndDate(at)}: ${firstWords(draft)}`;
}
