import { distance } from "fastest-levenshtein";
import { MONTHS } from "../calendar.ts";

/** A word where a month stands: before a year, or before or behind "to" and another month. */
const WORD = /(?<![\p{L}\p{N}])(\p{L}{4,10})(?=\.?\s+(?:(?:19|20)\d\d(?!\d)|['’]\d\d))/giu;
const BESIDE_ANOTHER = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(\p{L}{4,10})(?=\s+(?:to|until|till|and|-|–)\s+(?:${MONTHS.join("|")})\b)`,
  "giu",
);
const BEHIND_ANOTHER = new RegExp(
  String.raw`(?<=\b(?:${MONTHS.join("|")})(?:\s+\d{4})?\s+(?:to|until|till|and|-|–)\s+)(\p{L}{4,10})(?![\p{L}\p{N}])`,
  "giu",
);
/** Words that come near a month and are none. */
const ORDINARY = new Set("match marches mayor maybe augment junes jury julie".split(" "));

/** A text with the slips in its months mended: "Octber 2018" is October 2018, and that is said. */
export function withMonthsMended(text: string): { readonly text: string; readonly remark: string } {
  const remarks: string[] = [];
  const mended = [WORD, BESIDE_ANOTHER, BEHIND_ANOTHER].reduce(
    (rest, pattern) =>
      rest.replaceAll(pattern, (word) => {
        const month = monthNear(word);
        if (!month) return word;
        remarks.push(`I read “${word}” as ${month}.`);
        return month;
      }),
    text,
  );
  return { text: mended, remark: remarks.join(" ") };
}

/** Nobody slips at the first letter, and a short month has room for one slip, or for two letters that changed places. */
function monthNear(word: string): string | undefined {
  const typed = word.toLowerCase();
  if (ORDINARY.has(typed)) return undefined;
  const isMonth = MONTHS.some(
    (month) => month.toLowerCase() === typed || month.slice(0, 3).toLowerCase() === typed,
  );
  if (isMonth || typed === "sept") return undefined;
  return MONTHS.find(
    (month) =>
      month[0]?.toLowerCase() === typed[0] &&
      (month.length > "July".length
        ? distance(month.toLowerCase(), typed) <= (month.length > "April".length ? 2 : 1)
        : lettersOf(month.toLowerCase()) === lettersOf(typed)),
  );
}

function lettersOf(word: string): string {
  return word.split("").toSorted().join("");
}
