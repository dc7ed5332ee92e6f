import type { JudgedPoint } from "./spc.ts";
import { COLOURS, text, widthOf } from "./svg.ts";

type Mark = keyof typeof MARKS;

/** Making Data Count's colours, each with a shape of its own and a dark edge for grey print. */
const MARKS = {
  common: { colour: "#a6a6a6", shape: "M-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0z" },
  improvement: { colour: "#00b0f0", shape: "M-4.5 -4.5h9v9h-9z" },
  concern: { colour: "#e46c0a", shape: "M0 -6L5.8 4.5H-5.8z" },
  neutral: { colour: "#490092", shape: "M0 -6.2L5.4 0L0 6.2L-5.4 0z" },
} as const;
const NAMES: Record<Mark, string> = {
  common: "usual variation",
  improvement: "special cause: improvement",
  concern: "special cause: concern",
  neutral: "special cause",
};
const MARK_ORDER: readonly Mark[] = ["improvement", "concern", "neutral", "common"];
const SIZE = 11;

/** A point in the shape and colour of what it says. */
export function marker(x: number, y: number, mark: Mark = "common"): string {
  const { colour, shape } = MARKS[mark];
  const place = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  return `<path transform="${place}" d="${shape}" fill="${colour}" stroke="${COLOURS.text}"/>`;
}

/** What the shapes mean. A picture with one shape only needs no key. */
export function key(points: readonly JudgedPoint[], x: number, y: number): string[] {
  const marks = MARK_ORDER.filter((mark) => points.some(({ sense = "common" }) => sense === mark));
  if (marks.every((mark) => mark === "common")) return [];
  let left = x + 6;
  return marks.flatMap((mark) => {
    const name = NAMES[mark];
    const shape = marker(left, y - 4, mark);
    const parts = [shape, text(left + 12, y, name, { size: SIZE })];
    left += 12 + widthOf(name, SIZE) + 24;
    return parts;
  });
}
