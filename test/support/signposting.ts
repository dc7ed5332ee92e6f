import type { Card } from "../../src/card-template.ts";
import type { Signpost } from "../../src/signposting/schema.ts";
import { createSignpostStore } from "../../src/signposting/store.ts";
import type { Tables } from "../../src/tables.ts";
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

/** More at a time and the emulator takes too long to answer. */
const AT_ONCE = 30;

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

/** Records as many people would have filed them, straight into the store. */
export async function fileMany(
  tables: Tables,
  month: string,
  count: number,
  about: Partial<Signpost> = {},
): Promise<void> {
  const store = createSignpostStore(tables);
  const { details, routes, ...rest } = HATE;
  // Only routes that fit the kind, as on its form: 101 fits nearly every one.
  const fitting = (about.kind ?? "hate-crime") === "hate-crime" ? routes : "police-101";
  const id = `${month}-${JSON.stringify(about)}`;
  for (let start = 0; start < count; start += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - start) }, async (_, at) => {
        const signpost = {
          ...(rest as Pick<Signpost, "channel" | "advised999" | "agreed" | "outcome" | "district">),
          ...{ kind: "hate-crime", details: details.split(","), routes: fitting.split(",") },
          ...{ date: `${month}-10`, month, note: "", by: MEMBER.id, followUp: "" as const },
          ...about,
          reference: `${id.length}${start + at}${month}${about.kind ?? ""}${about.district ?? ""}`,
          operation: `${id}-${start + at}`,
        };
        await store.create(COMMITTEE, signpost);
        await store.mend(COMMITTEE, signpost);
      }),
    );
}
