import { shortAmount, unitName } from "./amount.ts";
import { axisFor, shareOf } from "./axis.ts";
import { MOST_BARS, MOST_GROUPS, namesIn, partOf, valueIn, type BarGroup } from "./chart.ts";
import { COLOURS, heading, line, MARGIN, picture, text, WIDTH, widthOf, wrapped } from "./svg.ts";

export interface BarPicture {
  readonly title: string;
  /** One group has no key; several are told apart by texture and colour. */
  readonly groups: readonly BarGroup[];
  readonly unit: string;
}

const SIZE = 12;
const MOST_NAME_ROOM = 190;
/** Each with a look of its own, so that grey print and every kind of eye keep them apart. */
const LOOKS = [
  { colour: "#12436d", texture: "none" },
  { colour: "#f46a25", texture: "stripes" },
  { colour: "#d5e8f3", texture: "none" },
  { colour: "#801650", texture: "middle line" },
] as const;
const STRIPE = 8;

/** Bars lie, so that the names of districts have room, and each has its value at its end. */
export function drawBars({ title, groups, unit }: BarPicture): string {
  const shown = groups.slice(-MOST_GROUPS);
  const all = namesIn(shown);
  const names = all.slice(0, MOST_BARS);
  const values = shown.flatMap((group) => names.flatMap((name) => valueIn(group, name) ?? []));
  const axis = axisFor(values.length > 0 ? values : [0], true, unit);
  const head = heading(partOf(title, names.length, all.length), unitName(unit));
  const hasKey = shown.length > 1;
  const thickness = hasKey ? 15 : 20;
  const rowHeight = Math.max(shown.length * thickness + 10, 34);
  const top = head.bottom + (hasKey ? 46 : 12);
  const nameRoom = Math.min(MOST_NAME_ROOM, Math.max(0, ...names.map((name) => widthOf(name))));
  const valueRoom = Math.max(0, ...values.map((value) => widthOf(shortAmount(value, unit)))) + 8;
  const left = MARGIN + nameRoom + 10 + (axis.lowest < 0 ? valueRoom : 0);
  const right = WIDTH - MARGIN - valueRoom;
  const xOf = (value: number) => left + shareOf(value, axis) * (right - left);
  const bottom = top + names.length * rowHeight;
  return picture(bottom + MARGIN, [
    ...head.parts,
    ...(hasKey ? key(shown, head.bottom + 18) : []),
    ...names.flatMap((name, at) => drawRow(name, top + at * rowHeight)),
    line([xOf(0), top], [xOf(0), bottom], { colour: COLOURS.text }),
  ]);

  function drawRow(name: string, y: number): string[] {
    const lines = wrapped(name, nameRoom, { most: 2 });
    const middle = y + rowHeight / 2 + 4 - (lines.length - 1) * 7;
    const begin = y + (rowHeight - shown.length * thickness) / 2;
    return [
      ...lines.map((words, at) => text(MARGIN, middle + at * 14, words)),
      ...shown.flatMap((group, at) => drawBar(valueIn(group, name), begin + at * thickness, at)),
    ];
  }

  function drawBar(value: number | undefined, y: number, at: number): string[] {
    const baseline = y + thickness / 2 + 4;
    if (value === undefined)
      return [text(xOf(0) + 6, baseline, "no figure", { size: SIZE, colour: COLOURS.quiet })];
    const end = xOf(value);
    const from = Math.min(end, xOf(0));
    const anchor = value < 0 ? "end" : "start";
    return [
      swatch([from, y + 1], [Math.abs(end - xOf(0)), thickness - 2], at),
      text(end + (value < 0 ? -6 : 6), baseline, shortAmount(value, unit), { anchor }),
    ];
  }
}

/** The groups in the order of their bars, each with its look. */
function key(groups: readonly BarGroup[], y: number): string[] {
  const room = (WIDTH - 2 * MARGIN) / groups.length;
  return groups.flatMap(({ legend }, at) => {
    const x = MARGIN + at * room;
    const words = wrapped(legend, room - 30, { most: 2 });
    return [
      swatch([x, y - 10], [14, 12], at),
      ...words.map((each, line) => text(x + 20, y + line * 14, each)),
    ];
  });
}

function swatch([x, y]: [number, number], [width, height]: [number, number], at: number): string {
  const { colour, texture } = LOOKS[at] ?? LOOKS[0];
  const place = `x="${x.toFixed(1)}" y="${y.toFixed(1)}"`;
  const size = `width="${width.toFixed(1)}" height="${height}"`;
  const marks = {
    none: [],
    stripes: Array.from({ length: Math.floor(width / STRIPE) }, (_, stripe) => {
      const left = x + (stripe + 1) * STRIPE - 2;
      return line([left, y], [left, y + height], { colour: "#fff", width: 2 });
    }),
    "middle line": [
      line([x, y + height / 2], [x + width, y + height / 2], { colour: "#fff", width: 3 }),
    ],
  }[texture];
  return `<rect ${place} ${size} fill="${colour}"/>${marks.join("")}<rect ${place} ${size} fill="none" stroke="${COLOURS.text}" stroke-width="0.8"/>`;
}
