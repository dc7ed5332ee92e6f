import type { Committee } from "../council.ts";
import { placesIn } from "./needs.ts";
import type { Question } from "./question.ts";
import { isOnlyHarm } from "./safety.ts";
import { wordsOf } from "./words.ts";

const LONGEST_TEXT = 1000;
/** How a question begins when it is typed: the rest is what is looked for. */
const LEAD =
  /^\s*(?:please\s+)?(?:find(?:\s+(?:me|us))?|search(?:\s+for)?|look(?:ing)?\s+for|who\s+(?:can\s+)?helps?(?:\s+(?:me|us))?(?:\s+with)?|where\s+can\s+(?:i|we|they|somebody|someone)|service)\b[\s:]*/i;
/** What is looked for is the council's own: its numbers, its papers, its people. */
const OF_THE_COUNCIL =
  /\b(?:out (?:how|who|what|when|if|whether|about)|how many(?! (?:paracetamols?|ibuprofen|aspirin|tablets|pills|sleeping))|figures?|numbers?|stat(?:istic)?s|data|kpis?|indicators?|charts?|trends?|minutes|agendas?|papers?|reports?|polic(?:y|ies)|training|champions?|leads?|risks?|actions?|decisions?|meetings?)\b/i;

/** What is looked for: the typed text without the words that ask for it. */
export function lookedFor(typed: string): string {
  return cut(
    typed
      .replace(LEAD, "")
      .replace(/^services?\b\s*/i, "")
      .trim(),
  );
}

/** As much of a text as is searched for. */
export function cut(text: string): string {
  return text.slice(0, LONGEST_TEXT).toWellFormed();
}

/** Whether help with harm is looked for, or harm alone is named: then the routes come first. */
export function seeksHelpWithHarm(
  text: string,
  { safety }: Question,
  committee: Committee,
): boolean {
  if (safety === undefined || OF_THE_COUNCIL.test(text)) return false;
  const words = wordsOf(text);
  const ofPlaces = new Set(
    placesIn(words, committee).flatMap(({ from, length }) => words.slice(from, from + length)),
  );
  return LEAD.test(text) || isOnlyHarm(text, (word) => ofPlaces.has(word));
}
