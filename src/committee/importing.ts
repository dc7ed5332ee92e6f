import { isUtf8 } from "node:buffer";
import { dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { within } from "../deadline.ts";
import { checked, UserError } from "../errors.ts";
import {
  IN_PERSON,
  type AttachedFile,
  type Command,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import {
  importCard,
  importDoneCard,
  importingCard,
  previewCard,
  templateCard,
} from "./import-cards.ts";
import { importKinds, type ImportKind } from "./import-kinds.ts";
import { recordName, type Overtaken, type Seen } from "./import-plan.ts";
import type { CommitteeParts } from "./index.ts";
import type { Imported } from "./list-rows.ts";
import { ImportForm, ImportReference, KindForm } from "./schema.ts";
import said from "./said.json" with { type: "json" };

/** A file holds so much; more than 2,000 lines of the longest texts in the papers. */
const MOST_BYTES = 4_000_000;
const LONGEST_PASTED = 20_000;
/** Longer, it names no columns. */
const LONGEST_HEADER = 2000;
/** Somebody waits so long for an import; after that they see that it is under way. */
const PATIENCE_MS = 2500;
/** So many of those that were left out are named. */
const MOST_LEFT_OUT = 30;
const GONE = "This preview is out of date. Send the list again to see it as it is now.";

/** A list put aside, with what a button calls it. */
interface Aside {
  readonly list: string;
  readonly kind: ImportKind["name"];
  readonly text: string;
  readonly seen: Seen;
  readonly toWrite?: readonly string[] | undefined;
  /** What its import did, where it is done. */
  readonly imported: Imported | undefined;
}

/** The agenda plan and the action log from a spreadsheet: a preview first, and nothing before Import. */
export function businessImport(parts: CommitteeParts) {
  const { store, audit, afterwards } = parts;
  /** Imports that this replica has under way. */
  const running = new Map<string, Promise<Imported>>();
  const kinds = importKinds(store);
  const officer = { roles: ["officer"], places: IN_PERSON } as const;
  const task = "The agenda plan";
  const commands: Command[] = [
    {
      id: "committee.importMeetings",
      name: "import meetings",
      changes: true,
      examples: said.importMeetings,
      phrases: [
        "import agenda plan",
        "import agenda",
        "import meetings csv",
        "upload meetings",
        "upload agenda plan",
        "import meetings {anything}",
        "import agenda plan {anything}",
      ],
      purpose: "Put the agenda plan in from a spreadsheet, after a preview.",
      task,
      needs: officer,
      takesList: (list) => isList(kinds.meetings, list),
      run: (turn, slots) => begin(turn, "meetings", slots),
    },
    {
      id: "committee.meetingsTemplate",
      name: "agenda plan template",
      examples: said.meetingsTemplate,
      phrases: ["template agenda plan", "meetings template", "template meetings"],
      purpose: "See the columns of an agenda plan to import.",
      task,
      needs: officer,
      run: async () => templateCard(kinds.meetings),
    },
    {
      id: "committee.importActions",
      name: "import actions",
      changes: true,
      examples: said.importActions,
      phrases: [
        "import action log",
        "import actions csv",
        "upload actions",
        "upload action log",
        "import actions {anything}",
        "import action log {anything}",
      ],
      purpose: "Put the action log in from a spreadsheet, after a preview.",
      task: "Actions",
      needs: officer,
      takesList: (list) => isList(kinds.actions, list),
      run: (turn, slots) => begin(turn, "actions", slots),
    },
    {
      id: "committee.actionsTemplate",
      name: "actions template",
      examples: said.actionsTemplate,
      phrases: ["template actions", "action log template"],
      purpose: "See the columns of an action log to import.",
      task: "Actions",
      needs: officer,
      run: async () => templateCard(kinds.actions),
    },
  ];
  const verbs: Record<string, Verb> = {
    "committee.openImport": {
      needs: officer,
      run: async (_turn, data) => importCard(kinds[checked(KindForm, data).kind], ""),
    },
    "committee.preview": { needs: officer, run: previewPasted, again: showAgain },
    "committee.mendImport": { needs: officer, run: mend },
    "committee.import": { needs: officer, run: importAll },
  };
  const jobs = [
    {
      name: "lists that were not imported",
      due: (_committee: unknown, now: Turn["now"]) => dayOf(now),
      run: async ({ id }: Turn["committee"], now: Turn["now"]) => store.sweepLists(id, dayOf(now)),
    },
  ];
  return { commands, verbs, jobs };

  /** A file that came with the words, or a list behind them, is looked at straight away. */
  async function begin(
    turn: Turn,
    kind: ImportKind["name"],
    { list, typed = "" }: Slots,
  ): Promise<Card> {
    const [file, ...others] = turn.files ?? [];
    const pasted = list ?? typed.trim().split("\n").slice(1).join("\n");
    if (!file && pasted.trim()) return preview(turn, kind, pasted);
    if (!file) return importCard(kinds[kind], "");
    if (others.length > 0) throw new UserError("Send one file at a time.");
    return preview(turn, kind, await textOf(file));
  }

  async function previewPasted(turn: Turn, data: unknown): Promise<Card> {
    const { kind } = checked(KindForm, data);
    const { csv } = checked(ImportForm, data);
    if (csv.trim() === "")
      throw new UserError("Paste the list, its first line with the columns' names.");
    if (csv.length > LONGEST_PASTED)
      throw new UserError(
        `The list has ${csv.length.toLocaleString("en-GB")} characters. Send one of more than ${LONGEST_PASTED.toLocaleString("en-GB")} as a file.`,
      );
    return preview(turn, kind, csv);
  }

  /** The list is put aside, because no card could hold it. Nothing of it is in the records yet. */
  async function preview(turn: Turn, kind: ImportKind["name"], text: string): Promise<Card> {
    const { committee, person, now } = turn;
    const plan = await kinds[kind].look(turn, text);
    const aside = { kind, text, seen: plan.seen, toWrite: plan.toWrite, by: person.id };
    return previewCard(await store.putAside(committee.id, dayOf(now), aside), plan);
  }

  /** Pressed again while it is under way, it says so; pressed after the end, what was done. */
  async function importAll(turn: Turn, data: unknown): Promise<Card> {
    const aside = await putAside(turn, data);
    const { list, kind, text, seen, imported } = aside;
    if (imported) return importDoneCard(kind, imported);
    if (!running.has(list)) {
      const plan = await kinds[kind].look(turn, text, seen);
      if (plan.bad.length > 0) return previewCard(list, plan);
    }
    try {
      return importDoneCard(kind, await within(PATIENCE_MS, () => writing(turn, aside)));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return importingCard(list);
    }
  }

  /** One piece of work for a list on this replica at a time. On two, each leaves the other's alone. */
  function writing(turn: Turn, aside: Aside): Promise<Imported> {
    const known = running.get(aside.list);
    if (known) return known;
    const work = writeAll(turn, aside).finally(() => running.delete(aside.list));
    running.set(aside.list, work);
    afterwards(work.catch(unlessTold));
    return work;
  }

  async function writeAll(turn: Turn, aside: Aside): Promise<Imported> {
    const { list, kind, text, seen, toWrite } = aside;
    const own = await kinds[kind].write(turn, text, seen);
    const { overtaken } = await kinds[kind].look(turn, text, seen);
    const left = new Set(overtaken.map(recordName));
    // What a run before this one stored, or another replica, is stored all the same.
    const written = toWrite ? toWrite.filter((name) => !left.has(name)).length : own;
    const outcome = { written, ...(await leftOut(turn, overtaken)) };
    const { imported, isFirst } = await store.markImported(turn.committee.id, list, outcome);
    if (isFirst && written > 0) await audit(turn, `imported ${kind}: ${written} changes`, kind);
    return imported;
  }

  /** What somebody changed since the preview, and who that was. */
  async function leftOut(turn: Turn, overtaken: readonly Overtaken[]) {
    const shown = await Promise.all(
      overtaken
        .slice(0, MOST_LEFT_OUT)
        .map(async (each) => `${each.line}, changed since by ${await lastAuthor(turn, each)}.`),
    );
    return { leftOut: shown, countLeftOut: overtaken.length };
  }

  async function lastAuthor({ committee: { id } }: Turn, of: Overtaken): Promise<string> {
    const entries =
      of.kind === "action"
        ? await store.actionHistory(id, of.record)
        : of.kind === "meeting"
          ? await store.meetingHistory(id, of.record)
          : await store.itemHistory(id, of.record, of.order ?? 0);
    return entries[0]?.by ?? "somebody";
  }

  /** The list on its form again, or for a longer one what to do. */
  async function mend(turn: Turn, data: unknown): Promise<Card> {
    const { kind, text } = await putAside(turn, data);
    if (text.length <= LONGEST_PASTED) return importCard(kinds[kind], text);
    return importCard(
      kinds[kind],
      "",
      `The list is too long for this form. Mend it in the file, then send me the file with the words ${kinds[kind].command}.`,
    );
  }

  async function putAside({ committee, person }: Turn, data: unknown): Promise<Aside> {
    const { list } = checked(ImportReference, data);
    const found = await store.findList(committee.id, list);
    const kind = KindForm.safeParse({ kind: found?.kind }).data?.kind;
    if (!found || !kind || found.by !== person.id) throw new UserError(GONE);
    return { ...found, list, kind };
  }

  async function showAgain(_turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
    const { kind } = checked(KindForm, data);
    return importCard(kinds[kind], checked(ImportForm, data).csv.slice(0, LONGEST_PASTED), problem);
  }
}

/** A list begins with a line that names at least one of the columns. */
function isList({ columns, optional }: ImportKind, text: string): boolean {
  const [header = ""] = text.split(/\r?\n/, 1);
  if (header.length > LONGEST_HEADER) return false;
  const names = header
    .toLowerCase()
    .split(/[,;\t]/)
    .map((name) => name.replaceAll('"', "").trim());
  return names.some((name) => [...columns, ...optional].includes(name));
}

/** What somebody was told already is no fault of the program. */
function unlessTold(error: unknown): void {
  if (!(error instanceof UserError)) throw error;
}

/** Spreadsheets save UTF-8, or what Windows had before it. */
async function textOf(file: AttachedFile): Promise<string> {
  const bytes = await file.read(MOST_BYTES);
  // How every Excel workbook begins: it is a zip.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new UserError(
      `${file.name} is a workbook. In the spreadsheet choose Save as, CSV UTF-8, and send that file.`,
    );
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  return new TextDecoder(isUtf8(bytes) ? "utf-8" : "windows-1252").decode(bytes);
}
