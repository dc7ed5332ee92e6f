import type { PaperBlock, PaperSubject } from "../paper.ts";
import { apartInWords, areaInWords, comparedIn, standingOf, targetIn } from "./comparing-cards.ts";
import { commentaryOf } from "./commentary.ts";
import { barsPng } from "./picture.ts";
import { districtBars } from "./picturing.ts";
import { pngBlock } from "./png-block.ts";
import { figureWithUnit, periodOf } from "./printing.ts";
import { notesForReaders } from "./reader-notes.ts";
import type { Line } from "./report.ts";
import { isDistrict, wholeOf } from "./rules.ts";

const COLUMNS = [
  // Wide enough for "Cambridgeshire".
  { title: "Area", share: 4 },
  { title: "Period", share: 3 },
  { title: "Figure", share: 3 },
  { title: "Compared with", share: 4 },
  { title: "Status", share: 3 },
] as const;

/** One number area by area in the report: its bars, its table, and what the card says around them. */
export async function districtBlocks(
  lines: readonly Line[],
  subject: PaperSubject,
): Promise<PaperBlock[]> {
  const [first] = lines;
  const ends = lines.flatMap(({ inside }) => inside.slice(-1));
  const latest = ends.toSorted((a, b) => (a.end ?? "").localeCompare(b.end ?? "")).at(-1);
  if (!first || !latest) return [];
  const { indicator } = first;
  const { committee } = subject;
  const whole = wholeOf(indicator, committee);
  const areas = lines.map(({ area }) => area);
  const apart = areas.filter((area) => area !== whole && !isDistrict(area, committee));
  // Beside the whole the bars of its districts would be too low to be told apart.
  const parts = lines.filter(({ area }) => area !== whole);
  const series = new Map(parts.map((line) => [line.area, line.series]));
  const drawn = districtBars(indicator, series, latest, apart);
  const remark = apartInWords(apart, subject);
  const texts = [drawn?.sentence ?? "", remark].filter(Boolean);
  return [
    ...factsOf(lines, commentaryOf(latest, indicator)),
    ...(drawn ? [pngBlock(await barsPng(drawn.picture), drawn.description)] : []),
    ...texts.map((text) => ({ kind: "text", text }) as const),
    {
      kind: "table",
      columns: COLUMNS,
      rows: lines.flatMap(({ area, inside, series: before }) =>
        inside.map((figure) => [
          areaInWords(area, whole, apart),
          periodOf(figure, indicator),
          figureWithUnit(figure, indicator),
          comparedIn(figure, before, indicator),
          [standingOf(figure, indicator, subject), targetIn(figure, indicator, { area, whole })]
            .filter(Boolean)
            .join(". "),
        ]),
      ),
    },
  ];
}

/** What was written about the areas' own figures comes before what is said of all of them. */
function factsOf(lines: readonly Line[], ofAll: string): PaperBlock[] {
  const indicator = lines[0]?.indicator;
  const commentary = lines.flatMap(({ area, inside }) =>
    inside.flatMap((figure) => (figure.commentary ? [`${area}: ${figure.commentary}`] : [])),
  );
  const facts = [
    ["Commentary:", commentary.join("; ") || ofAll],
    ["What it says:", indicator?.explanation ?? ""],
    ["Note:", notesOf(lines).join(". ")],
  ] as const;
  const said = facts.filter(([, value]) => value);
  return said.length > 0 ? [{ kind: "facts", facts: said }] : [];
}

/** What is noted of several areas is said once, with their names unless it is said of all. */
function notesOf(lines: readonly Line[]): string[] {
  const areasOf = new Map<string, Set<string>>();
  for (const { area, inside } of lines)
    for (const { note = "", status } of inside)
      for (const words of status === "not available" ? [] : notesForReaders(note))
        areasOf.set(words, (areasOf.get(words) ?? new Set()).add(area));
  return [...areasOf].map(([words, areas]) =>
    areas.size === lines.length ? words : `${[...areas].join(", ")}: ${words}`,
  );
}
