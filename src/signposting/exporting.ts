import type { Card } from "../card-template.ts";
import { toCsv } from "../csv.ts";
import { checked, NotAllowed, UserError } from "../errors.ts";
import {
  EVERYONE,
  holds,
  IN_PERSON,
  type Command,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import * as cards from "./cards.ts";
import type { SignpostingParts } from "./index.ts";
import { ExportPart, WhoseForm, type Signpost } from "./schema.ts";
import type { setting } from "./setting.ts";
import said from "./said.json" with { type: "json" };

/** Records in one part: as CSV they stay below what a card holds. */
const RECORDS_IN_A_PART = 60;
/** As Entra writes it. It goes into the audit, so it can be nothing else. */
const OBJECT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Before any record there is. */
const BEGINNING = "0000-01-01";

/** What the council holds about a worker: their own entries, for them or for a subject access request. */
export function exporting(
  { store, audit, peopleOf }: SignpostingParts,
  { around }: ReturnType<typeof setting>,
) {
  const anyone = { roles: EVERYONE, places: IN_PERSON } as const;
  const lead = { roles: ["safeguarding lead"], places: IN_PERSON } as const;
  const commands: Command[] = [
    {
      id: "signposting.exportMine",
      name: "export my signposting",
      examples: said.exportMine,
      phrases: ["export own signposting", "download my signposting"],
      purpose: "Get every record of yours that is kept, as a list.",
      task: "Pointing somebody to help",
      needs: anyone,
      run: (turn) => exportPart(turn, turn.person.id, 1),
    },
    {
      id: "signposting.exportOf",
      name: "export signposting of a worker",
      full: "export signposting of a worker[ {person}]",
      examples: said.exportOf,
      phrases: ["export signposting worker", "export signposting of {anything}"],
      purpose:
        "Get a worker's own records for a subject access request. It is written to the audit.",
      task: "For the safeguarding lead",
      needs: lead,
      run: openWhose,
    },
  ];
  const verbs: Record<string, Verb> = {
    "signposting.exportOf": { needs: lead, run: exportOf, again: showWhoseAgain },
    "signposting.exportPart": { needs: anyone, run: nextPart },
  };
  return { commands, verbs };

  async function openWhose({ committee }: Turn, { person: name }: Slots): Promise<Card> {
    const people = await peopleOf(committee.id);
    const person = people.find((each) => each.name === name)?.id ?? "";
    return cards.whoseCard(people, { person, id: "" });
  }

  async function exportOf(turn: Turn, data: unknown): Promise<Card> {
    const { person, id } = checked(WhoseForm, data);
    const whose = id.trim() || person;
    if (!OBJECT_ID.test(whose))
      throw new UserError("Choose the worker, or enter their Entra object id.");
    return exportPart(turn, whose, 1);
  }

  async function nextPart(turn: Turn, data: unknown): Promise<Card> {
    const { person, page } = checked(ExportPart, data);
    return exportPart(turn, person, page);
  }

  /** A worker's own, or anybody's for the safeguarding lead, which is written down. */
  async function exportPart(turn: Turn, whose: string, page: number): Promise<Card> {
    const isOwn = whose === turn.person.id;
    if (!isOwn && !OBJECT_ID.test(whose)) throw new NotAllowed("There is no such worker.");
    if (!isOwn && !holds(turn.person, "safeguarding lead"))
      throw new NotAllowed("You can export only your own. Type export my signposting.");
    if (!isOwn) await audit(turn, "exported a worker's signposting records", whose);
    const about = await around(turn);
    const all = await store.ofPerson(turn.committee.id, whose, BEGINNING);
    const start = (page - 1) * RECORDS_IN_A_PART;
    const part = all.slice(start, start + RECORDS_IN_A_PART);
    const rows = part.map((signpost) => rowOf(signpost, about));
    const csv = toCsv(Object.keys(rows[0] ?? { Reference: "" }), rows);
    const next = all.length > start + RECORDS_IN_A_PART ? page + 1 : 0;
    const name = isOwn ? "yours" : await nameOf(turn, whose);
    return cards.exportCard(name, csv, { count: all.length, person: whose, next });
  }

  async function nameOf({ committee }: Turn, id: string): Promise<string> {
    return (await peopleOf(committee.id)).find((person) => person.id === id)?.name ?? id;
  }

  async function showWhoseAgain(turn: Turn, data: unknown, { problem, canRead }: Trouble) {
    const people = canRead ? await peopleOf(turn.committee.id) : [];
    return cards.whoseCard(people, checked(WhoseForm, data), problem);
  }
}

function rowOf(signpost: Signpost, about: cards.Surroundings): Record<string, string> {
  const facts = cards.factsOf(signpost, about);
  return { Reference: signpost.reference, ...facts, Note: signpost.note };
}
