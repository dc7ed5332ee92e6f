import { LARGEST_CARD } from "../card-template.ts";
import { UserError } from "../errors.ts";
import { SECTIONS, type Section, type Typed } from "./schema.ts";

/** The longest section of the real papers has 13 items of up to 59 words: about 2,400 characters. */
export const LONGEST_SECTION = 6000;
/**
 * Characters of JSON that every card with an update keeps to: what Teams takes, less the room for
 * what grows when an update is opened again (a note, a problem, a later list of priorities).
 */
const LARGEST_UPDATE = LARGEST_CARD - 4000;
export const SECTION_NAMES: Record<Section, string> = {
  updates: "Updates",
  contacts: "New contacts, projects and priorities",
  goodPractice: "Community good practice",
};

/**
 * Teams takes cards of 100 KB, counted as UTF-16. Escaping and many short items make a card
 * larger than its text, so the card itself is measured, before anything is saved.
 */
export function checkFits(card: object): void {
  if (!isSubmittable(card))
    throw new UserError(
      "This is too long for one card in Teams. Make it shorter, or put short items on one line, then try again. Nothing has been saved yet.",
    );
}

/** Whether the card of an update leaves the room that it needs. */
export function isSubmittable(card: object): boolean {
  return JSON.stringify(card).length <= LARGEST_UPDATE;
}

/** Whether Teams takes a card. */
export function isSendable(card: object): boolean {
  return JSON.stringify(card).length <= LARGEST_CARD;
}

/** A text in parts that each fit a card, every section on its own. Lines stay whole if they can. */
export function partsOf(typed: Typed): { section: string; text: string }[] {
  return SECTIONS.flatMap((section) =>
    pieces(typed[section], LONGEST_SECTION).map((text) => ({
      section: SECTION_NAMES[section],
      text,
    })),
  );
}

/** How much of a section to try on a form, in characters: some characters take six on a card. */
export const SHORTER_AND_SHORTER = [LONGEST_SECTION, LONGEST_SECTION / 4, LONGEST_SECTION / 16];

/** The beginning of each section, at most so many characters. */
export function shortened<Text extends Typed>(typed: Text, longest: number): Text {
  const start = (section: Section) => pieces(typed[section], longest)[0] ?? "";
  return {
    ...typed,
    updates: start("updates"),
    contacts: start("contacts"),
    goodPractice: start("goodPractice"),
  };
}

function pieces(text: string, longest: number): string[] {
  const found: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + longest, text.length);
    const line = text.lastIndexOf("\n", end);
    if (end < text.length && line > start) end = line + 1;
    // A part must not end between the two halves of a character such as an emoji.
    else if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
    found.push(text.slice(start, end));
    start = end;
  }
  return found;
}

/** A draft may be empty, but must fit a card when it is opened again. */
export function checkLength(typed: Typed): void {
  for (const section of SECTIONS) {
    const { length } = typed[section];
    if (length > LONGEST_SECTION)
      throw new UserError(
        `“${SECTION_NAMES[section]}” has ${thousands(length)} characters. Shorten it to ${thousands(LONGEST_SECTION)} or fewer, then press the button again. What you typed is still here.`,
      );
  }
}

function thousands(count: number): string {
  return count.toLocaleString("en-GB");
}
