import { longDate, type Day } from "../calendar.ts";
import { formsOf, type AnnualReport, type District } from "../council.ts";
import { underOwnHeadings } from "../own-heading.ts";
import type { PaperBlock } from "../paper.ts";
import type { Review } from "./review.ts";
import { ledIn, SECTIONS, SECTION_NAMES, type PrintedUpdate, type Section } from "./updates.ts";

/** The headings of a champion's annual report, and the section of the updates that goes there. */
const HEADINGS: Record<Section, string> = {
  updates: "PROJECTS",
  contacts: "PRIORITIES",
  goodPractice: "COMMUNITY GOOD PRACTICE",
};

/** The appendices: the role, and what each district's champion reported in the period. */
export function districtReports(review: Review): PaperBlock[] {
  const { committee, period } = review;
  const from = SECTION_NAMES.map((section) => `${HEADINGS[section]} from “${SECTIONS[section]}”`);
  return [
    {
      kind: "heading",
      level: 1,
      text: "Appendix 1: Community Champions' role description",
      startsPage: true,
    },
    { kind: "text", text: "[Put the role description here.]" },
    {
      kind: "heading",
      level: 1,
      text: `Appendix 2: Summary of actions and achievements by Community Champions from ${period}, by district`,
      startsPage: true,
    },
    {
      kind: "note",
      text: `DRAFT: ${from.join("; ")}. In the champions' own words, under the meeting to which they reported. What was reported again unchanged stands once. Take this line out when the report is finished.`,
    },
    ...committee.districts.flatMap((district, at) => districtReport(review, district, at > 0)),
  ];
}

function districtReport(review: Review, district: District, startsPage: boolean): PaperBlock[] {
  const { committee, period, from, until, terms } = review;
  const updates = review.updates.filter((update) => update.district === district.id);
  const champions = terms.filter((term) => term.district === district.id).map(({ name }) => name);
  const reporters = updates.map(({ champion }) => champion);
  const names = [...new Set([...champions, ...reporters])];
  const text = `${formsOf(committee).annualReport}: ${district.name}`;
  const years = [...new Set([from.slice(0, 4), until.slice(0, 4)])].join("-");
  const head: PaperBlock[] = [
    { kind: "heading", level: 2, text, startsPage },
    {
      kind: "facts",
      facts: [
        ["Community Champion:", names.join(", ") || "Vacant"],
        ["Place:", district.name],
        ["Date:", period.replace(" to ", " – ")],
      ],
    },
  ];
  if (names.length === 0)
    return [...head, { kind: "text", text: "Vacant. The district had no Community Champion." }];
  const summary: PaperBlock[] = [
    { kind: "heading", level: 3, text: `SUMMARY OF ACTIVITY FOR ${years}` },
    { kind: "text", text: "[For the champion to write, or to take out.]" },
    ...printedReports(review, district).flatMap(printed),
  ];
  if (updates.length === 0)
    return [...head, ...summary, { kind: "note", text: `No update from ${period} is stored.` }];
  const written = updates.filter(({ kind }) => kind === "written");
  const spoken = updates.filter(({ kind }) => kind === "oral");
  return [
    ...head,
    ...summary,
    ...SECTION_NAMES.flatMap((section) => reported(HEADINGS[section], section, written)),
    ...reported("ORAL UPDATES, AS MINUTED", "updates", spoken),
  ];
}

/** The reports that were printed for months of the review and for no others. */
export function printedReports(
  { committee, from, until }: Pick<Review, "committee" | "from" | "until">,
  { id }: District,
): AnnualReport[] {
  return (committee.annualReports ?? []).filter(
    (report) => report.district === id && report.from >= from && report.until <= until,
  );
}

function printed({ champion, datePrinted, source, headings, figures }: AnnualReport): PaperBlock[] {
  const entries = headings.map(({ name, entries: count }) => `${name} (${count})`).join("; ");
  return [
    { kind: "heading", level: 3, text: "FROM THE PRINTED REPORT" },
    {
      kind: "note",
      text: `DRAFT: ${champion}'s own report is printed, dated “${datePrinted}”. Source: ${source}. It has these headings, each with the number of its entries: ${entries}. Its results, in short and not in the champion's words:`,
    },
    { kind: "items", items: figures },
  ];
}

/** One section of the whole period, meeting by meeting; what is repeated stands where it was first. */
function reported(text: string, section: Section, updates: readonly PrintedUpdate[]): PaperBlock[] {
  const seen = new Set<string>();
  const blocks: PaperBlock[] = [];
  let meeting: Day | undefined;
  for (const update of updates) {
    // A heading comes with what is new under it, however often it led in something before.
    const parts = underOwnHeadings(update.sections[section])
      .filter(({ items }) => items.length === 0 || items.some((item) => !seen.has(item)))
      .map(({ heading, items }) => ({ heading, items: items.filter((item) => !seen.has(item)) }));
    for (const item of parts.flatMap(({ items }) => items)) seen.add(item);
    if (parts.length === 0) continue;
    if (update.meeting !== meeting)
      blocks.push({ kind: "note", text: `Meeting on ${longDate(update.meeting)}` });
    meeting = update.meeting;
    blocks.push(...parts.flatMap(ledIn));
  }
  return blocks.length > 0 ? [{ kind: "heading", level: 3, text }, ...blocks] : [];
}
