import { shortAmount, unitName } from "./amount.ts";
import { axisFor, shareOf, tickName } from "./axis.ts";
import { missingAfter, shortName, span } from "./cadence.ts";
import { latestPoints, partOf, shownLower } from "./chart.ts";
import { key, marker } from "./marks.ts";
import type { JudgedPoint, Phase, Point, Xmr } from "./spc.ts";
import { COLOURS, cut, heading, line, MARGIN, picture, text, WIDTH, widthOf } from "./svg.ts";
import { valueLabels, type Placed } from "./value-labels.ts";

export interface LinePicture {
  readonly title: string;
  readonly points: readonly Point[];
  readonly xmr?: Xmr | undefined;
  readonly unit: string;
}

/** What of a phase is in the picture: from its first to its last point. */
interface Stretch {
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
}

const HEIGHT = 340;
const BELOW = 70;
const SIZE = 11;

/** A line of points; with limits, mean and special causes where there are enough points. */
export function drawLine({ title, points, xmr, unit }: LinePicture): string {
  const shown: JudgedPoint[] = latestPoints(xmr?.points ?? points);
  const stretches = xmr ? stretchesOf(xmr, shown) : [];
  const lower = (phase: Phase) => shownLower(phase, points, unit);
  const levels = xmr ? levelsOf(xmr, shownLower(xmr, points, unit), unit) : [];
  const values = [
    ...shown.map(({ value }) => value),
    ...stretches.flatMap(({ phase }) => [phase.upper, lower(phase)]),
    ...levels.map(({ value }) => value),
  ];
  const axis = axisFor(values.length > 0 ? values : [0], false, unit);
  const ticks = axis.ticks.map((tick) => ({ tick, name: tickName(tick, unit) }));
  const head = heading(
    partOf(title, shown.length, points.length),
    [
      unitName(unit),
      span(shown.map(({ label }) => label)),
      ...(xmr?.isTrial ? ["trial limits"] : []),
    ].join(", "),
  );
  const left = MARGIN + Math.max(...ticks.map(({ name }) => widthOf(name, SIZE))) + 8;
  const levelRoom = Math.max(0, ...levels.map(({ name }) => widthOf(name, SIZE)));
  const right = WIDTH - MARGIN - (levelRoom === 0 ? 0 : levelRoom + 8);
  const top = head.bottom + (xmr && xmr.phases.length > 1 ? 26 : 14);
  const bottom = HEIGHT - BELOW;
  const step = (right - left) / Math.max(1, shown.length);
  const xOf = (at: number) => left + (at + 0.5) * step;
  const yOf = (value: number) => bottom - shareOf(value, axis) * (bottom - top);
  const placed = shown.map((point, at) => ({ ...point, x: xOf(at), y: yOf(point.value) }));
  const levelled = levels.map((level) => ({ ...level, y: yOf(level.value) }));
  return picture(HEIGHT, [
    ...head.parts,
    ...ticks.flatMap(({ tick, name }) => [
      line([left, yOf(tick)], [right, yOf(tick)], { colour: COLOURS.grid }),
      text(left - 8, yOf(tick) + 4, name, { size: SIZE, anchor: "end", colour: COLOURS.quiet }),
    ]),
    ...stretches.flatMap((stretch) => drawPhase(stretch)),
    ...(xmr?.target === undefined
      ? []
      : [line([left, yOf(xmr.target)], [right, yOf(xmr.target)], TARGET_LINE)]),
    ...drawSteps(placed),
    ...placed.map(({ x, y, sense }) => marker(x, y, sense)),
    ...valueLabels(
      placed,
      [left, top - 12, right, bottom],
      levelled.map(({ y }) => y),
      unit,
    ),
    ...names(placed, step, bottom),
    ...drawLevels(levelled, right + 8),
    ...key(placed, MARGIN, HEIGHT - MARGIN),
  ]);

  function drawPhase({ phase, from, to }: Stretch): string[] {
    const [begin, end] = [left + from * step, left + (to + 1) * step];
    const level = (value: number, style: Parameters<typeof line>[2]) =>
      line([begin, yOf(value)], [end, yOf(value)], style);
    // The latest may go on over the names of its limits, which begin lower.
    const room = (to === shown.length - 1 ? WIDTH - MARGIN : end) - begin - 8;
    return [
      level(phase.mean, MEAN_LINE),
      level(phase.upper, LIMIT_LINE),
      level(lower(phase), LIMIT_LINE),
      ...(phase.reason
        ? [
            line([begin, top - 12], [begin, bottom], { colour: COLOURS.quiet }),
            text(begin + 4, top - 6, cut(`New limits: ${phase.reason}`, room, SIZE), {
              size: SIZE,
            }),
          ]
        : []),
    ];
  }
}

const MEAN_LINE = { colour: COLOURS.text, width: 1.2 };
const LIMIT_LINE = { colour: COLOURS.text, width: 1.2, dashes: "6 4" };
const TARGET_LINE = { colour: COLOURS.text, width: 1.6, dashes: "10 3 2 3" };

function stretchesOf({ phases }: Xmr, shown: readonly Point[]): Stretch[] {
  return phases.flatMap((phase) => {
    const own = new Set(phase.points.map(({ period }) => period));
    const from = shown.findIndex(({ period }) => own.has(period));
    const to = shown.findLastIndex(({ period }) => own.has(period));
    return from < 0 ? [] : [{ phase, from, to }];
  });
}

/** The lines that have their names beside them, the highest first. */
function levelsOf({ mean, upper, target }: Xmr, lower: number, unit: string) {
  const limits = [
    { value: upper, name: `Upper limit ${shortAmount(upper, unit)}` },
    { value: mean, name: `Mean ${shortAmount(mean, unit)}` },
    { value: lower, name: `Lower limit ${shortAmount(lower, unit)}` },
  ];
  const all = upper === lower ? limits.slice(1, 2) : limits;
  if (target !== undefined)
    all.push({ value: target, name: `Target ${shortAmount(target, unit)}` });
  return all.toSorted((a, b) => b.value - a.value);
}

/** Names that would lie on one another are moved down and up until each has its line. */
function drawLevels(levels: readonly { name: string; y: number }[], x: number): string[] {
  const apart = 14;
  const ys: number[] = [];
  for (const { y } of levels) ys.push(Math.max(y, (ys.at(-1) ?? -apart) + apart));
  let most = HEIGHT - BELOW + 4;
  for (let at = ys.length - 1; at >= 0; at -= 1) {
    ys[at] = Math.min(ys[at] ?? most, most);
    most = (ys[at] ?? most) - apart;
  }
  return levels.map(({ name }, at) => text(x, (ys[at] ?? 0) + 4, name, { size: SIZE }));
}

/** The line through the points, dotted where figures are missing. */
function drawSteps(placed: readonly Placed[]): string[] {
  const gaps = new Set(missingAfter(placed).map(({ period }) => period));
  return placed.slice(1).flatMap((point, at) => {
    const before = placed[at];
    if (!before) return [];
    const dashes = gaps.has(before.period) ? { dashes: "1.5 4" } : {};
    const style = { colour: COLOURS.line, width: 1.6, ...dashes };
    return [line([before.x, before.y], [point.x, point.y], style)];
  });
}

/** As many names under the points as there is room for, counted from the latest. */
function names(placed: readonly Placed[], step: number, bottom: number): string[] {
  const short = placed.map(({ label }) => shortName(label));
  const widest = Math.max(0, ...short.flatMap(({ name, year }) => [name, year].map(nameWidth)));
  const every = Math.max(1, Math.ceil((widest + 8) / step));
  const style = { size: SIZE, anchor: "middle", colour: COLOURS.quiet } as const;
  let yearBefore = "";
  return placed.flatMap(({ x }, at) => {
    const { name, year } = short[at] ?? { name: "", year: "" };
    if ((placed.length - 1 - at) % every !== 0) return [];
    const isNewYear = year !== yearBefore;
    yearBefore = year;
    const room = step * every - 4;
    return [
      text(x, bottom + 17, cut(name, room, SIZE), style),
      ...(isNewYear ? [text(x, bottom + 31, year, style)] : []),
    ];
  });
}

function nameWidth(name: string): number {
  return widthOf(name, SIZE);
}
