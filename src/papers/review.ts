import { z } from "zod/v4";
import { addMonths, dayOf, longDate, monthName, type Day, type Month } from "../calendar.ts";
import { formsOf, prioritiesOn, type Committee } from "../council.ts";
import { checked } from "../errors.ts";
import type { Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
import type { Paper, PaperBlock, PaperDocument, PaperSubject, Wish } from "../paper.ts";
import { districtReports, printedReports } from "./review-districts.ts";
import { checkPeriod, formName, monthsOf, periodIn } from "./rules.ts";
import type { UpdateSources } from "./updates.ts";
import said from "./said.json" with { type: "json" };

/** A champion's term of office. `until` is its last day; without it the term goes on. */
interface ChampionTerm {
  readonly district: string;
  readonly name: string;
  readonly from: Day;
  readonly until?: Day | undefined;
}

/** What this paper is made from. */
export interface ReviewSources extends Pick<UpdateSources, "updatesOf" | "planFor"> {
  /** Every term of a champion of the committee. */
  readonly termsOf: (committee: string) => Promise<ChampionTerm[]>;
}

const MonthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const Period = z.object({ from: MonthText, until: MonthText });

/**
 * The year's review in the council's form of a report, drafted from the updates of the year. What
 * only the officer can write stands in square brackets.
 */
export function reviewPaper({ updatesOf, planFor, termsOf }: ReviewSources): Paper {
  return {
    name: "review",
    command: {
      id: "papers.review",
      name: "annual review",
      full: "annual review[ {time}]",
      examples: said.review,
      phrases: [
        "annual review {anything}",
        "export annual review",
        "export annual review {anything}",
        "draft annual review",
        "draft annual review {anything}",
      ],
      purpose:
        "Get a draft of the year's review from the updates: annual review August 2018 to July 2019.",
    },
    roles: ["officer", "chair"],
    wish: async ({ now }: Turn, { typed = "" }: Slots) => periodIn(typed, dayOf(now)),
    make,
  };

  async function make({ committee, now }: PaperSubject, wish: Wish): Promise<PaperDocument> {
    const asked = checked(Period, wish);
    const { from, until } = checkPeriod(asked.from, asked.until);
    const [updates, allTerms, plan] = await Promise.all([
      updatesOf(committee.id, monthsOf(from, until)),
      termsOf(committee.id),
      planFor(committee.id, dayOf(now)),
    ]);
    const terms = allTerms.filter((term) => isWithin(term, from, until));
    const period = `${monthName(from)} to ${monthName(until)}`;
    const review = { committee, period, from, until, updates, terms };
    return {
      title: `Community Champions annual review ${period}, draft`,
      blocks: [
        { kind: "title", text: "COMMUNITY CHAMPIONS ANNUAL REVIEW" },
        {
          kind: "note",
          text: `DRAFT made on ${longDate(dayOf(now))} from the updates that the champions submitted. What stands in square brackets is for the officer to write. Take this line out when the report is finished.`,
        },
        ...head(review, plan.next?.date),
        ...background(review),
        ...mainIssues(review),
        ...alignment(committee),
        ...implications(committee),
        ...districtReports(review),
      ],
      summary: [
        "A draft: what only you can write stands in square brackets.",
        ...committee.districts.map((district) => {
          const { id, name } = district;
          const own = updates.filter((update) => update.district === id);
          if (own.length === 0 && !terms.some((term) => term.district === id))
            return `${name}: vacant`;
          const isPrinted = printedReports({ committee, from, until }, district).length > 0;
          const report = isPrinted ? ", and a printed report" : "";
          return `${name}: ${counted(own, "written")} written, ${counted(own, "oral")} oral${report}`;
        }),
      ],
    };
  }
}

/** What the review covers. */
export interface Review {
  readonly committee: Committee;
  /** "August 2018 to July 2019" */
  readonly period: string;
  readonly from: Month;
  readonly until: Month;
  readonly updates: Awaited<ReturnType<UpdateSources["updatesOf"]>>;
  readonly terms: readonly ChampionTerm[];
}

function head({ committee, period }: Review, meeting: Day | undefined): PaperBlock[] {
  return [
    {
      kind: "facts",
      facts: [
        ["To:", formName(committee)],
        ["Meeting Date:", meeting ? longDate(meeting) : "[date]"],
        ["From:", "[name and post]"],
        ["Electoral division(s):", "[All]"],
        ["Forward Plan ref:", "[reference, or N/A]"],
        ["Key decision:", "[Yes or No]"],
        ["Purpose:", `To summarise what the Community Champions did from ${period}.`],
        [
          "Recommendation:",
          `The Committee is recommended to:\na) Consider the outputs and achievements of the Community Champions from ${period}; and\nb) Agree priorities for the Community Champions for the coming 12 months.`,
        ],
      ],
    },
    {
      kind: "table",
      columns: [
        { title: "Officer contact", share: 1 },
        { title: "Member contacts", share: 1 },
      ],
      rows: ["Name", "Post", "Email", "Tel"].map((line) => [`${line}: [ ]`, `${line}: [ ]`]),
    },
  ];
}

function background({ committee, period, terms }: Review): PaperBlock[] {
  const rows = committee.districts.flatMap(({ id, name }) => {
    const own = terms.filter(({ district }) => district === id);
    if (own.length === 0) return [[name, "Vacant", ""]];
    return own.map((term) => [name, `Councillor ${term.name}`, inOffice(term)]);
  });
  return [
    { kind: "heading", level: 1, text: "1. BACKGROUND" },
    { kind: "text", text: "1.1\t[How the role came about, and what the Committee decided of it.]" },
    {
      kind: "text",
      text: `1.2\tThese Members were Community Champions in the period ${period}:`,
    },
    {
      kind: "table",
      columns: [
        { title: "District", share: 3 },
        { title: "Community Champion", share: 4 },
        { title: "In the role", share: 4 },
      ],
      rows,
    },
  ];
}

function mainIssues(review: Review): PaperBlock[] {
  const { committee, until } = review;
  const priorities = prioritiesOn(`${addMonths(until, 1)}-01`, committee);
  return [
    { kind: "heading", level: 1, text: "2. MAIN ISSUES" },
    { kind: "text", text: "2.1\t[What the champions did together: meetings, training, themes.]" },
    ...howReported(review),
    ...(priorities.length > 0
      ? [
          { kind: "text", text: "2.3\tThe Committee's priorities are:" } as const,
          {
            kind: "items",
            items: priorities.map(({ name }, at) => `Priority ${at + 1} - ${name}`),
          } as const,
        ]
      : []),
  ];
}

/** How many updates there were from each district: not said of a time from which none is stored. */
function howReported({ committee, period, updates }: Review): PaperBlock[] {
  const text =
    "2.2\tThe champions reported to the Committee's meetings. What they reported is collated by district in Appendix 2.";
  if (updates.length === 0)
    return [
      {
        kind: "text",
        text: `2.2\t[How the champions reported. No update from ${period} is stored.]`,
      },
    ];
  return [
    { kind: "text", text },
    {
      kind: "table",
      columns: [
        { title: "District", share: 4 },
        { title: "Written updates", share: 3 },
        { title: "Oral updates only", share: 3 },
      ],
      rows: committee.districts.map(({ id, name }) => {
        const own = updates.filter(({ district }) => district === id);
        return [name, String(counted(own, "written")), String(counted(own, "oral"))];
      }),
    },
  ];
}

function alignment(committee: Committee): PaperBlock[] {
  const { corporatePriorities } = formsOf(committee);
  if (corporatePriorities.length === 0) return [];
  return [
    { kind: "heading", level: 1, text: "3. ALIGNMENT WITH CORPORATE PRIORITIES" },
    ...corporatePriorities.flatMap((name, at) => toWrite(`3.${at + 1} ${name}`)),
  ];
}

function implications(committee: Committee): PaperBlock[] {
  const { implications: all } = formsOf(committee);
  const cleared = all.filter(({ clearance }) => clearance);
  if (all.length === 0) return [];
  return [
    { kind: "heading", level: 1, text: "4. SIGNIFICANT IMPLICATIONS" },
    ...all.flatMap(({ name }, at) => toWrite(`4.${at + 1} ${name}`)),
    {
      kind: "table",
      columns: [
        { title: "Implications", share: 5 },
        { title: "Officer Clearance", share: 3 },
      ],
      rows: cleared.map(({ name, clearance = "" }) => [
        `${name}: ${clearance}`,
        "[Yes, and the officer's name]",
      ]),
    },
    {
      kind: "table",
      columns: [
        { title: "Source Documents", share: 5 },
        { title: "Location", share: 3 },
      ],
      rows: [["[None]", ""]],
    },
  ];
}

function toWrite(text: string): PaperBlock[] {
  return [
    { kind: "heading", level: 2, text },
    { kind: "text", text: "[To be written]" },
  ];
}

function isWithin({ from, until }: ChampionTerm, first: Month, last: Month): boolean {
  return from < `${addMonths(last, 1)}-01` && (!until || (until >= `${first}-01` && until >= from));
}

function inOffice({ from, until }: ChampionTerm): string {
  return `from ${longDate(from)} to ${until ? longDate(until) : "date"}`;
}

function counted(updates: Review["updates"], kind: "written" | "oral"): number {
  return updates.filter((update) => update.kind === kind).length;
}
