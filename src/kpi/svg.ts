/** Millimetres have no meaning here: all lengths are units of a picture 640 wide. */
export const WIDTH = 640;
export const MARGIN = 16;
const TITLE_SIZE = 17;
const LINE_HEIGHT = 1.25;
/** Inter's digits and small letters are about this wide, in parts of the size; measured. */
const NARROW = /[ .,'|!:;()[\]fijlrtI1]/;
const WIDE = /[mwMWQO@%£–—]|[\u0250-\u{10FFFF}]/u;

export const COLOURS = {
  text: "#0b0c0c",
  quiet: "#505a5f",
  grid: "#dfe3e6",
  line: "#505a5f",
} as const;

interface TextStyle {
  readonly size?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly colour?: string;
  readonly isBold?: boolean;
  /** A white edge, for words that lie on lines. */
  readonly hasHalo?: boolean;
}

/** Text at a place, its baseline at `y`. It is escaped here and nowhere else. */
export function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { size = 12, anchor = "start", colour = COLOURS.text, isBold, hasHalo } = style;
  const weight = isBold ? ' font-weight="600"' : "";
  const halo = hasHalo
    ? ' stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    : "";
  return `<text x="${short(x)}" y="${short(y)}" font-size="${size}" text-anchor="${anchor}" fill="${colour}"${weight}${halo}>${escapeXml(words)}</text>`;
}

export function line(
  from: readonly [number, number],
  to: readonly [number, number],
  style: { readonly colour: string; readonly width?: number; readonly dashes?: string },
): string {
  const dashes = style.dashes ? ` stroke-dasharray="${style.dashes}"` : "";
  const [x1, y1, x2, y2] = [...from, ...to].map(short);
  return `<path d="M${x1} ${y1}L${x2} ${y2}" fill="none" stroke="${style.colour}" stroke-width="${style.width ?? 1}"${dashes}/>`;
}

/** A whole picture on white. */
export function picture(height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${short(height)}" viewBox="0 0 ${WIDTH} ${short(height)}" font-family="Inter"><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>`;
}

/** The title over at most two lines and a quiet line below it, and where they end. */
export function heading(title: string, below: string): { parts: string[]; bottom: number } {
  const room = WIDTH - 2 * MARGIN;
  const lines = wrapped(title, room, { size: TITLE_SIZE, most: 2 });
  const step = TITLE_SIZE * LINE_HEIGHT;
  const last = MARGIN + TITLE_SIZE + (lines.length - 1) * step;
  return {
    parts: [
      ...lines.map((words, at) =>
        text(MARGIN, MARGIN + TITLE_SIZE + at * step, words, { size: TITLE_SIZE, isBold: true }),
      ),
      text(MARGIN, last + 19, cut(below, room, 12), { colour: COLOURS.quiet }),
    ],
    bottom: last + 24,
  };
}

/** About how wide a text is. Rather too wide than too narrow. */
export function widthOf(words: string, size = 12): number {
  let width = 0;
  for (const letter of words) width += widthOfLetter(letter);
  return width * size;
}

/** A text as it fits, with "…" for what does not. */
export function cut(words: string, room: number, size = 12): string {
  if (widthOf(words, size) <= room) return words;
  let kept = "";
  let left = room / size - widthOfLetter("…");
  for (const letter of words) {
    left -= widthOfLetter(letter);
    if (left < 0) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

function widthOfLetter(letter: string): number {
  return NARROW.test(letter) ? 0.36 : WIDE.test(letter) ? 0.95 : 0.63;
}

/** A text over several lines, the last one cut where it is too long. */
export function wrapped(
  words: string,
  room: number,
  { size = 12, most }: { readonly size?: number; readonly most: number },
): string[] {
  const lines: string[] = [];
  for (const word of words.trim().split(/\s+/)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    const isRoom = last !== undefined && widthOf(longer, size) <= room;
    if (last === undefined || (!isRoom && lines.length < most)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((each) => cut(each, room, size));
}

/** XML's own characters become entities; those that XML cannot hold at all become a mark. */
function escapeXml(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}

function short(length: number): string {
  return String(Math.round(length * 10) / 10);
}
