import type { Card } from "../../src/card-template.ts";
import type { Signpost } from "../../src/signposting/schema.ts";
import { createSignpostStore, rowsOf } from "../../src/signposting/store.ts";
import { MOST_IN_TRANSACTION, type Tables } from "../../src/tables.ts";
import { elementsOf } from "./cards.ts";
import { MEMBER, press, wordsOn, type openProduct } from "./council.ts";

export const COMMITTEE = "communities-and-partnership";
/** The sample council's safeguarding lead (data/people.json). */
export const LEAD = { id: "00000000-0000-4000-8000-000000000020", name: "Robin Vale" };
export const OTHER = { id: "00000000-0000-4000-8000-000000000021", name: "Sam Okoro" };
/** A form for a hate crime with every choice made. */
export const HATE = {
  details: "race,religion",
  district: "fenland",
  channel: "in person",
  routes: "true-vision,police-101",
  advised999: "not needed",
  agreed: "yes",
  outcome: "information given",
};

type Person = ReturnType<Awaited<ReturnType<typeof openProduct>>["as"]>;

/** The form of a kind: the short card, and the one press that opens its choices. */
export async function openForm(person: Person, text = "signpost hate crime"): Promise<Card> {
  const routes = await person.say(text);
  return person.press(...press(routes, "Count this"));
}

/** Fills in the form for a hate crime and submits it. */
export async function file(person: Person, other: Record<string, string> = {}): Promise<Card> {
  const form = await openForm(person);
  return person.press(...press(form, "Submit", { ...HATE, ...other }));
}

export function referenceOn(card: Card): string {
  return /Recorded: (\w+)/.exec(wordsOn(card))?.[1] ?? "none";
}

export async function recordRows(tables: Tables, month: string) {
  return (await tables("signposts")).list(`${COMMITTEE}|month|${month}`);
}

/** The names and numbers of a summary's table. */
export function numbersOn(card: Card): Record<string, string> {
  const rows = elementsOf(card, "TableRow").slice(1);
  return Object.fromEntries(
    rows.map((row) =>
      elementsOf(row, "TextBlock").map(({ text }) => String(text).replaceAll("\\", "")),
    ),
  );
}

/** Records as many people would have filed them: the same rows, a hundred in one write. */
export async function fileMany(
  tables: Tables,
  month: string,
  count: number,
  about: Partial<Signpost> = {},
): Promise<void> {
  const { details, routes, ...rest } = HATE;
  // Only routes that fit the kind, as on its form: 101 fits nearly every one.
  const fitting = (about.kind ?? "hate-crime") === "hate-crime" ? routes : "police-101";
  const id = `${month}-${JSON.stringify(about)}`;
  const signposts = Array.from({ length: count }, (_, at): Signpost => ({
    // HATE holds closed choices only, as text.
    ...(rest as Pick<Signpost, "channel" | "advised999" | "agreed" | "outcome" | "district">),
    ...{ kind: "hate-crime", details: details.split(","), routes: fitting.split(",") },
    ...{ date: `${month}-10`, month, note: "", by: MEMBER.id, followUp: "" },
    ...about,
    reference: `${id.length}${at}${month}${about.kind ?? ""}${about.district ?? ""}`,
    operation: `${id}-${at}`,
  }));
  await createSignpostStore(tables).rememberMonth(COMMITTEE, month);
  const table = await tables("signposts");
  for (let start = 0; start < count; start += MOST_IN_TRANSACTION) {
    const rows = signposts
      .slice(start, start + MOST_IN_TRANSACTION)
      .map((signpost) => rowsOf(COMMITTEE, signpost));
    for (const what of ["record", "ofReference", "ofPerson"] as const)
      if (!(await table.write(rows.map((each) => ({ create: each[what] })))))
        throw new Error(`Some of the records of ${month} are there already`);
  }
}
