/** "187 a)/b)", "187a, 187b", "176 a-b": one line of a log that stands for several actions. */
interface SeveralMinutes {
  readonly number: string;
  readonly letters: readonly string[];
}

const NUMBER = /^\s*(\d{1,6})\.?\s*(.*)$/s;
const RANGE = /^([a-z])\)?\s*[-–]\s*([a-z])\)?$/;
const LIST = /^[a-z]\)?(?:\s*[/\s]\s*[a-z]\)?)+$/;
const MARKER = /(?:^|\s)\(?([a-z])\)\s+/g;

/** The letters under one minute number, where there are several. */
export function severalMinutes(text: string): SeveralMinutes | undefined {
  const [, number = "", rest = ""] = NUMBER.exec(text) ?? [];
  const letters = rest
    .toLowerCase()
    .replaceAll(/\band\b|[&,;]/g, "/")
    .replaceAll(number || " ", "")
    .trim();
  const [, first = "", last = ""] = RANGE.exec(letters) ?? [];
  if (number && first < last) return { number, letters: lettersFrom(first, last) };
  if (!number || !LIST.test(letters)) return undefined;
  return { number, letters: letters.match(/[a-z]/g) ?? [] };
}

/**
 * What a text says under each of the letters, by letter; what stands before the first holds for
 * all. Undefined where the text does not name just these letters, in this order.
 */
export function partsByLetter(
  text: string,
  letters: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const marks = [...text.matchAll(MARKER)];
  if (marks.map(([, letter]) => letter).join() !== letters.join()) return undefined;
  const before = text.slice(0, marks[0]?.index).trim();
  const parts = marks.map((mark, at) => {
    const part = text.slice(mark.index + mark[0].length, marks[at + 1]?.index).trim();
    return [mark[1] ?? "", [before, part].filter(Boolean).join(" ")] as const;
  });
  return new Map(parts);
}

function lettersFrom(first: string, last: string): string[] {
  const start = first.charCodeAt(0);
  const count = last.charCodeAt(0) - start + 1;
  return Array.from({ length: count }, (_, at) => String.fromCharCode(start + at));
}
