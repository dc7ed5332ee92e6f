import { isUtf8 } from "node:buffer";
import { dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import {
  IN_PERSON,
  type AttachedFile,
  type Command,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import { importCard, importDoneCard, previewCard, templateCard } from "./import-cards.ts";
import { importKinds, type ImportKind } from "./import-kinds.ts";
import type { CommitteeParts } from "./index.ts";
import { ImportForm, ImportReference, KindForm } from "./schema.ts";
import said from "./said.json" with { type: "json" };

/** A file holds so much; more than 2,000 lines of the longest texts in the papers. */
const MOST_BYTES = 4_000_000;
const LONGEST_PASTED = 20_000;
const GONE = "This preview is out of date. Send the list again to see it as it is now.";

/** The agenda plan and the action log from a spreadsheet: a preview first, and nothing before Import. */
export function businessImport(parts: CommitteeParts) {
  const { store, audit } = parts;
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
      ],
      purpose: "Put the agenda plan in from a spreadsheet, after a preview.",
      task,
      needs: officer,
      run: (turn) => begin(turn, "meetings"),
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
      phrases: ["import action log", "import actions csv", "upload actions", "upload action log"],
      purpose: "Put the action log in from a spreadsheet, after a preview.",
      task: "Actions",
      needs: officer,
      run: (turn) => begin(turn, "actions"),
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

  /** A file that came with the words is looked at straight away. */
  async function begin(turn: Turn, kind: ImportKind["name"]): Promise<Card> {
    const [file, ...others] = turn.files ?? [];
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
    const list = await store.putAside(committee.id, dayOf(now), { kind, text, by: person.id });
    return previewCard(list, plan);
  }

  async function importAll(turn: Turn, data: unknown): Promise<Card> {
    const { list, kind, text } = await putAside(turn, data);
    const plan = await kinds[kind].look(turn, text);
    if (plan.bad.length > 0) return previewCard(list, plan);
    const { written, isFinished } = await kinds[kind].write(turn, text);
    if (written > 0) await audit(turn, `imported ${kind}: ${written} changes`, kind);
    return importDoneCard({ list, kind, written, isFinished });
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

  async function putAside({ committee, person }: Turn, data: unknown) {
    const { list } = checked(ImportReference, data);
    const found = await store.findList(committee.id, list);
    const kind = KindForm.safeParse({ kind: found?.kind }).data?.kind;
    if (!found || !kind || found.by !== person.id) throw new UserError(GONE);
    return { list, kind, text: found.text };
  }

  async function showAgain(_turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
    const { kind } = checked(KindForm, data);
    return importCard(kinds[kind], checked(ImportForm, data).csv.slice(0, LONGEST_PASTED), problem);
  }
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
