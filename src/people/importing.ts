import { dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { districtWithId, type Committee } from "../council.ts";
import { fromCsv, toCsv, type CsvLine } from "../csv.ts";
import { checked, UserError } from "../errors.ts";
import { IN_PERSON, type Command, type Trouble, type Turn, type Verb } from "../feature.ts";
import { doneCard, exportCard, importCard, previewCard } from "./cards.ts";
import type { RoleParts } from "./roles.ts";
import * as rules from "./rules.ts";
import {
  ImportForm,
  RoleForm,
  type CommitteePerson,
  type DatedRole,
  type Grant,
} from "./schema.ts";
import { MOST_CHANGES } from "./store.ts";
import said from "./said.json" with { type: "json" };

const COLUMNS = ["role", "district", "name", "id", "from", "until"] as const;
/** More does not fit a card, and no committee has so many roles. */
const LONGEST_LIST = 20_000;

/** A line that cannot be imported, and why. */
export interface BadLine {
  readonly number: number;
  readonly problem: string;
}

/** What a pasted list would do. */
interface Plan {
  readonly grants: readonly Grant[];
  readonly ended: readonly rules.Ended[];
  readonly changed: readonly CommitteePerson[];
  readonly bad: readonly BadLine[];
}

/** Roles from a spreadsheet, and back into one. */
export function roleImport({ store, audit }: RoleParts) {
  const administrator = { roles: ["administrator"], places: IN_PERSON } as const;
  const task = "People and roles";
  const commands: Command[] = [
    {
      id: "people.import",
      name: "import people",
      changes: true,
      examples: said.import,
      phrases: ["import roles", "import csv", "import people csv", "upload people"],
      purpose: "Give many roles at once, from a spreadsheet.",
      task,
      needs: administrator,
      run: async () => importCard(""),
    },
    {
      id: "people.export",
      name: "export people",
      examples: said.export,
      phrases: ["export roles", "export people csv", "download people"],
      purpose: "Get all roles as a list for a spreadsheet.",
      task,
      needs: administrator,
      run: exportPeople,
    },
  ];
  const verbs: Record<string, Verb> = {
    "people.preview": { needs: administrator, run: preview, again: showAgain },
    "people.import": { needs: administrator, run: importAll, again: showAgain },
    "people.mend": { needs: administrator, run: async (_turn, data) => importCard(csvIn(data)) },
  };
  return { commands, verbs };

  async function exportPeople({ committee }: Turn): Promise<Card> {
    const people = await store.peopleOf(committee.id);
    const rows = people.flatMap(({ id, name, roles }) =>
      roles.filter(wasHeld).map(({ role, district = "", from, until = "" }) => ({
        ...{ role, name, id, from, until },
        district: districtWithId(district, committee)?.name ?? district,
      })),
    );
    return exportCard(toCsv(COLUMNS, rows), rows.length);
  }

  /** Every line that cannot be read is named; while there is one, nothing can be imported. */
  async function preview(turn: Turn, data: unknown): Promise<Card> {
    const csv = csvIn(data);
    const { people } = await store.read(turn.committee.id);
    return previewCard(csv, plan(csv, turn.committee, people), turn.committee, dayOf(turn.now));
  }

  async function importAll(turn: Turn, data: unknown): Promise<Card> {
    const csv = csvIn(data);
    const { committee } = turn;
    const before = await store.read(committee.id);
    const { grants, changed, ended, bad } = plan(csv, committee, before.people);
    if (bad.length > 0) return previewCard(csv, { grants, ended, bad }, committee, dayOf(turn.now));
    if (!(await store.save(committee.id, changed, before))) return importAll(turn, data);
    for (const grant of grants)
      await audit(turn, `gave ${rules.roleName(grant, committee)}`, grant.id);
    for (const { id, role } of ended)
      await audit(turn, `ended ${rules.roleName(role, committee)}`, id);
    return doneCard(
      grants.length === 0
        ? "Every role on the list was there already. Nothing changed."
        : `Imported. Roles given: ${grants.length}. Roles ended: ${ended.length}.`,
    );
  }
}

async function showAgain(_turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
  return importCard(checked(ImportForm, data).csv, problem);
}

/** Not so for a role that was ended before its first day. */
function wasHeld({ from, until }: DatedRole): boolean {
  return !until || from <= until;
}

function csvIn(data: unknown): string {
  const { csv } = checked(ImportForm, data);
  if (csv.trim() === "")
    throw new UserError("Paste the list, its first line with the columns' names.");
  if (csv.length > LONGEST_LIST)
    throw new UserError(
      `The list has ${csv.length.toLocaleString("en-GB")} characters. Import it in parts of at most ${LONGEST_LIST.toLocaleString("en-GB")}.`,
    );
  return csv;
}

function plan(csv: string, committee: Committee, stored: readonly CommitteePerson[]): Plan {
  const grants: Grant[] = [];
  const ended: rules.Ended[] = [];
  const bad: BadLine[] = [];
  let people = stored;
  for (const line of fromCsv(COLUMNS, csv)) {
    try {
      const grant = rules.readGrant(formOf(line, committee), committee, people);
      const change = rules.give(people, grant, committee);
      people = change.people;
      if (change.changed.length > 0) grants.push(grant);
      ended.push(...change.ended);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      bad.push({ number: line.number, problem: error.message });
    }
  }
  const changed = people.filter((person) => !stored.includes(person));
  if (changed.length > MOST_CHANGES)
    throw new UserError(
      `This changes ${changed.length} people. Import at most ${MOST_CHANGES} at a time.`,
    );
  return { grants, ended, changed, bad };
}

/** A line in the shape of the form, a district by any name that people use. */
function formOf({ cells }: CsvLine, { districts }: Committee): RoleForm {
  const said = (cells["district"] ?? "").toLowerCase();
  const district = districts.find(({ id, name, aliases }) =>
    [id, name, ...aliases].some((spelling) => spelling.toLowerCase() === said),
  );
  if (said && !district)
    throw new UserError(
      `There is no such district. The districts are ${districts.map(({ name }) => name).join(", ")}.`,
    );
  const form = RoleForm.parse(cells);
  return {
    ...form,
    role: form.role.toLowerCase(),
    district: district?.id ?? "",
    from: isoDay(form.from),
    until: isoDay(form.until),
  };
}

/** Spreadsheets of this country turn 2019-10-01 into 01/10/2019. */
function isoDay(text: string): string {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
}
