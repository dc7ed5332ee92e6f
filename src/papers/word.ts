import type * as Docx from "docx";
import type { PaperBlock, PaperDocument } from "../paper.ts";
import { wordText } from "./word-text.ts";

type Library = typeof Docx;
type BlockOf<Kind extends PaperBlock["kind"]> = Extract<PaperBlock, { kind: Kind }>;

const FONT = "Arial";
/** Half points: the committee's papers are set in 12 point. */
const SIZE = 24;
/** The same of a table whose cells hold long texts. */
const SMALL = 20;
/** Twentieths of a point. A4 with margins of 2.54 cm, and of 1.5 cm where a table is wide. */
const PAGE = { short: 11_906, long: 16_838, margin: 1440, marginOfWide: 850 };
/** Above and below a cell's text, and beside it. */
const CELL = { top: 60, bottom: 60, left: 100, right: 100 };
const SMALL_CELL = { top: 40, bottom: 40, left: 80, right: 80 };
/** Where what is filled in begins, behind the form's own words. */
const FILLED_IN_AT = 3000;
/** Where the text of a numbered paragraph begins: "1.1", then this. */
const NUMBERED_AT = 720;
const GAP = 120;
/** Lines of a head that is not parted from what it stands over. */
const SHORT_HEAD = 3;
const BULLETS = "bullets";
/** Pixels of a picture at the resolution that Word reckons with, for a page's width. */
const WIDEST_PICTURE = 600;

/**
 * A paper as a Word document that everybody can read: headings with their levels, tables whose
 * header is repeated, its language and title, a description of every picture.
 */
export async function wordFile(paper: PaperDocument): Promise<Uint8Array> {
  // Loaded when the first paper is asked for: most people never ask for one.
  const docx = await import("docx");
  const { isWide = false } = paper;
  const title = onOneLine(paper.title);
  const margin = isWide ? PAGE.marginOfWide : PAGE.margin;
  const width = (isWide ? PAGE.long : PAGE.short) - 2 * margin;
  const document = new docx.Document({
    title,
    creator: "Community Champions",
    lastModifiedBy: "Community Champions",
    styles: { default: styles() },
    numbering: { config: [{ reference: BULLETS, levels: [bullet(docx)] }] },
    sections: [
      {
        properties: {
          page: {
            size: {
              width: PAGE.short,
              height: PAGE.long,
              orientation: docx.PageOrientation[isWide ? "LANDSCAPE" : "PORTRAIT"],
            },
            margin: { top: margin, bottom: margin, left: margin, right: margin },
          },
        },
        footers: { default: footer(docx, title) },
        children: paper.blocks.flatMap((block) => drawn(docx, block, width)),
      },
    ],
  });
  return new Uint8Array(await docx.Packer.toBuffer(document));
}

function drawn(docx: Library, block: PaperBlock, width: number): (Docx.Paragraph | Docx.Table)[] {
  switch (block.kind) {
    case "title":
      return [paragraph(docx, block.text, { heading: docx.HeadingLevel.TITLE })];
    case "heading":
      return [
        paragraph(docx, block.text, {
          heading: docx.HeadingLevel[`HEADING_${block.level}`],
          pageBreakBefore: block.startsPage ?? false,
        }),
      ];
    case "text":
      return [
        paragraph(docx, block.text, isNumbered(block.text) ? { indent: behindNumber() } : {}),
      ];
    case "note":
      return [paragraph(docx, block.text, {}, { italics: true })];
    case "facts":
      return block.facts.map((fact) => factLine(docx, fact, block.facts.length <= SHORT_HEAD));
    case "items":
      return block.items.map((item) =>
        paragraph(docx, item, { numbering: { reference: BULLETS, level: 0 } }),
      );
    case "table":
      return [table(docx, block, width), paragraph(docx, "")];
    default:
      return [picture(docx, block)];
  }
}

function paragraph(
  docx: Library,
  text: string,
  options: ConstructorParameters<Library["Paragraph"]>[0] & object = {},
  look: Docx.IRunOptions = {},
): Docx.Paragraph {
  return new docx.Paragraph({
    spacing: { after: GAP },
    ...options,
    children: runs(docx, text, look),
  });
}

/** "1.1", a tab, then text: every line of it begins behind the number. */
function isNumbered(text: string): boolean {
  return /^\d+\.\d+\t/.test(text);
}

function behindNumber() {
  return { left: NUMBERED_AT, hanging: NUMBERED_AT };
}

/** The one way in which text gets into a document. */
function runs(docx: Library, text: string, look: Docx.IRunOptions = {}) {
  return wordText(text).map(
    (parts, line) =>
      new docx.TextRun({
        ...look,
        ...(line > 0 ? { break: 1 } : {}),
        children: parts.flatMap((part, at) => (at > 0 ? [new docx.Tab(), part] : [part])),
      }),
  );
}

function factLine(
  docx: Library,
  [name, value]: readonly [string, string],
  keepNext: boolean,
): Docx.Paragraph {
  return new docx.Paragraph({
    spacing: { after: GAP },
    keepNext,
    // What runs over a line goes on under what is filled in.
    indent: { left: FILLED_IN_AT, hanging: FILLED_IN_AT },
    tabStops: [{ type: docx.TabStopType.LEFT, position: FILLED_IN_AT }],
    children: [
      ...runs(docx, name, { bold: true }),
      new docx.TextRun({ children: [new docx.Tab()] }),
      ...runs(docx, value),
    ],
  });
}

function table(
  docx: Library,
  { columns, rows, isSmall = false }: BlockOf<"table">,
  width: number,
): Docx.Table {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.round((width * share) / shares));
  const cell = (text: string, column: number, look: Docx.IRunOptions = {}) =>
    new docx.TableCell({
      width: { size: widths[column] ?? 0, type: docx.WidthType.DXA },
      margins: isSmall ? SMALL_CELL : CELL,
      children: [
        paragraph(
          docx,
          text,
          { spacing: { after: 0 } },
          { ...look, ...(isSmall ? { size: SMALL } : {}) },
        ),
      ],
    });
  return new docx.Table({
    columnWidths: widths,
    width: { size: width, type: docx.WidthType.DXA },
    layout: docx.TableLayoutType.FIXED,
    rows: [
      new docx.TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ title }, column) => cell(title, column, { bold: true })),
      }),
      // A row goes to the next page as a whole, unless it is longer than a page.
      ...rows.map(
        (row) =>
          new docx.TableRow({
            cantSplit: true,
            children: row.map((text, at) => cell(text, at)),
          }),
      ),
    ],
  });
}

function picture(docx: Library, { png, width, height, description }: BlockOf<"picture">) {
  const scale = Math.min(1, WIDEST_PICTURE / width);
  const transformation = { width: Math.round(width * scale), height: Math.round(height * scale) };
  return new docx.Paragraph({
    spacing: { after: GAP },
    children: [
      new docx.ImageRun({
        type: "png",
        data: png,
        transformation,
        altText: { name: "Picture", title: "", description: onOneLine(description) },
      }),
    ],
  });
}

function onOneLine(text: string): string {
  return wordText(text).flat().join(" ");
}

function footer(docx: Library, title: string) {
  const page = { children: [", page ", docx.PageNumber.CURRENT], size: 18 };
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        children: [...runs(docx, title, { size: 18 }), new docx.TextRun(page)],
      }),
    ],
  });
}

/** The library leaves out the outline's levels, which a screen reader and the contents need. */
function styles() {
  const heading = (outlineLevel: number, size: number) => ({
    run: { font: FONT, size, bold: true, color: "000000" },
    paragraph: { outlineLevel, keepNext: true, spacing: { before: 2 * GAP, after: GAP } },
  });
  return {
    document: { run: { font: FONT, size: SIZE, language: { value: "en-GB" } } },
    title: {
      run: { font: FONT, size: 32, bold: true, color: "000000" },
      paragraph: { spacing: { after: 2 * GAP } },
    },
    heading1: heading(0, 28),
    heading2: heading(1, SIZE),
    heading3: heading(2, SIZE),
    // What a champion wrote as a heading looks as it does on the printed form.
    heading4: { ...heading(3, SIZE), run: { font: FONT, size: SIZE, color: "000000" } },
  };
}

function bullet(docx: Library) {
  return {
    level: 0,
    format: docx.LevelFormat.BULLET,
    text: "•",
    alignment: docx.AlignmentType.LEFT,
    style: { paragraph: { indent: { left: 540, hanging: 360 } } },
  };
}
