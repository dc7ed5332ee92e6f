import { shortAmount } from "./amount.ts";
import type { JudgedPoint } from "./spc.ts";
import { text, widthOf } from "./svg.ts";

/** A point with its place in the picture. */
export interface Placed extends JudgedPoint {
  readonly x: number;
  readonly y: number;
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** With more points than this only the telling ones have their value beside them. */
const MOST_VALUES = 12;
const SIZE = 11;
const MARKER = 6;
/** How far apart the places are by which a line is known to lie under a value. */
const LINE_STEP = 5;

/**
 * Values above or below their points, the telling ones first, wherever nothing else lies. `levels`
 * are the heights of lines across the picture, which a value rather does not lie on.
 */
export function valueLabels(
  points: readonly Placed[],
  room: Box,
  levels: readonly number[],
  unit: string,
): string[] {
  const markers = points.map(({ x, y }) => around(x, y, MARKER));
  const lines = [
    ...points.flatMap((point, at) => boxesBetween(point, points[at + 1])),
    ...levels.map((y): Box => [room[0], y - 1, room[2], y + 1]),
  ];
  const { needed, wished } = inOrderOfNeed(points);
  const labels: Box[] = [];
  return [...needed, ...wished].flatMap((at) => {
    const point = points[at];
    if (!point) return [];
    const words = shortAmount(point.value, unit);
    const places = placesFor(points, at, widthOf(words, SIZE)).filter(
      (box) => isWithin(box, room) && isFree(box, [...markers, ...labels]),
    );
    const clear = places.find((box) => isFree(box, lines));
    const box = clear ?? (needed.includes(at) ? places[0] : undefined);
    if (!box) return [];
    labels.push(box);
    const style = { size: SIZE, anchor: "middle", hasHalo: true } as const;
    return [text((box[0] + box[2]) / 2, box[3] - 2, words, style)];
  });
}

/** Needed: the latest, the highest, the lowest, the first, and all of few. Wished: the special. */
function inOrderOfNeed(points: readonly Placed[]) {
  const values = points.map(({ value }) => value);
  const all = points.length <= MOST_VALUES ? points.keys() : [];
  const highest = values.indexOf(Math.max(...values));
  const lowest = values.indexOf(Math.min(...values));
  const needed = [...new Set([points.length - 1, highest, lowest, 0, ...all])];
  const special = points.flatMap(({ cause }, at) => (cause && !needed.includes(at) ? [at] : []));
  return { needed, wished: special.length <= MOST_VALUES ? special : [] };
}

/** Above a peak and below a valley first; at the sides of the picture also leaning inwards. */
function placesFor(points: readonly Placed[], at: number, width: number): Box[] {
  const { x, y } = points[at] ?? { x: 0, y: 0 };
  const besides = ((points[at - 1]?.y ?? y) + (points[at + 1]?.y ?? y)) / 2;
  const baselines = y <= besides ? [y - 9, y + 18] : [y + 18, y - 9];
  const lefts = [x - width / 2, x + MARKER - width, x - MARKER];
  return lefts.flatMap((left) =>
    baselines.map((baseline): Box => [left, baseline - SIZE, left + width, baseline + 2]),
  );
}

/** Small boxes along the line from a point to the next. */
function boxesBetween(from: Placed, to: Placed | undefined): Box[] {
  if (!to) return [];
  const count = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / LINE_STEP);
  return Array.from({ length: count }, (_, step) => {
    const share = step / count;
    return around(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share, 1);
  });
}

function around(x: number, y: number, distance: number): Box {
  return [x - distance, y - distance, x + distance, y + distance];
}

function isWithin([left, top, right, bottom]: Box, room: Box): boolean {
  return left >= room[0] && top >= room[1] && right <= room[2] && bottom <= room[3];
}

function isFree(box: Box, others: readonly Box[]): boolean {
  return others.every(
    ([left, top, right, bottom]) =>
      box[0] >= right || left >= box[2] || box[1] >= bottom || top >= box[3],
  );
}
