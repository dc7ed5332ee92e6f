import { randomUUID } from "node:crypto";
import { z } from "zod/v4";
import type { Card } from "../card-template.ts";
import { within } from "../deadline.ts";
import { checked, UserError } from "../errors.ts";
import type { Committee } from "../council.ts";
import {
  IN_PERSON,
  type AuditRecord,
  type Command,
  type Place,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import { check, type ImportParts } from "./checking.ts";
import { importCard, previewCard, progressCard, templateCard } from "./import-cards.ts";
import type { Import } from "./import-store.ts";
import { decode, refuseWorkbook } from "./sheet.ts";
import { storeImport } from "./storing.ts";
import said from "./said.json" with { type: "json" };

/** What imports need besides the stores. */
interface Parts extends ImportParts {
  readonly audit: AuditRecord;
  readonly afterwards: (work: Promise<unknown>) => void;
  /** Writes a card into somebody's personal chat. */
  readonly toPerson: (
    about: Committee,
    person: string,
    from: Place,
    card: Card,
  ) => Promise<unknown>;
}

/** A pasted list must fit a card twice. */
const LONGEST_PASTE = 8000;
/** A larger file is imported with npm run import-kpis, which reads it as a stream. */
const LARGEST_FILE = 20_000_000;
/** Somebody waits so long for a preview; after that they see how far it is. */
const PATIENCE_MS = 2500;
/** Whoever asks how far it is wants to see that, and not its end. */
const PROGRESS_MS = 300;
/** Text is handed on in pieces, so that the checks of one are over before the next. */
const PIECE = 64_000;
const PasteForm = z.object({ csv: z.string().default("") });
const ImportChoice = z.object({ id: z.uuid() });

/** Numbers from a spreadsheet: checked, shown, and stored only when somebody says so. */
export function importing(parts: Parts) {
  const { imports, audit, afterwards } = parts;
  const officer = { roles: ["officer"], places: IN_PERSON } as const;
  const task = "Numbers";
  /** Checks and stores that this replica has under way. */
  const running = new Map<string, Promise<Import | undefined>>();
  /** Imports whose officer will hear of the end. */
  const telling = new Set<string>();
  const commands: Command[] = [
    {
      id: "kpi.import",
      name: "import kpis",
      changes: true,
      examples: said.import,
      phrases: ["import kpi", "import numbers", "upload kpis", "import figures"],
      purpose: "Bring numbers in from a spreadsheet: attach the file, or paste it.",
      task,
      needs: officer,
      run: begin,
    },
    {
      id: "kpi.template",
      name: "kpi template",
      examples: said.template,
      phrases: ["kpis template", "kpi csv", "template for kpis", "kpi format"],
      purpose: "See how a list of numbers is written.",
      task,
      needs: officer,
      run: async () => templateCard(),
    },
  ];
  const verbs: Record<string, Verb> = {
    "kpi.preview": { needs: officer, run: previewPasted, again: showAgain },
    "kpi.store": { needs: officer, run: store },
    "kpi.mend": {
      needs: officer,
      run: async (_turn, data) => importCard(checked(PasteForm, data).csv),
    },
    "kpi.discard": { needs: officer, run: discard },
    "kpi.progress": { needs: officer, run: showProgress },
  };
  return { commands, verbs, resume };

  /** With a file the preview comes at once; without one, a form to paste a list into. */
  async function begin(turn: Turn): Promise<Card> {
    const [file, another] = turn.files ?? [];
    if (!file) return importCard("");
    if (another) throw new UserError("Attach one file at a time.");
    const text = decode(await file.read(LARGEST_FILE));
    return preview(turn, text, { file: file.name });
  }

  async function previewPasted(turn: Turn, data: unknown): Promise<Card> {
    const { csv } = checked(PasteForm, data);
    if (csv.trim() === "")
      throw new UserError("Paste the list, its first line with the columns' names.");
    if (csv.length > LONGEST_PASTE)
      throw new UserError(
        `The list has ${csv.length.toLocaleString("en-GB")} characters. Attach it as a file to the message import kpis.`,
      );
    refuseWorkbook(csv);
    return preview(turn, csv, { csv });
  }

  async function preview(
    turn: Turn,
    text: string,
    { file = "", csv = "" }: { file?: string; csv?: string },
  ): Promise<Card> {
    const { committee, person, now } = turn;
    const begun = {
      ...beginImport(person.name, now.toString(), file),
      hears: { person: person.id, place: turn.place },
    };
    await imports.save(committee.id, begun);
    const work = run(begun.id, () => check(parts, committee, begun, piecesOf(text)));
    return shownWithin(turn, begun.id, work, { csv });
  }

  async function store(turn: Turn, data: unknown): Promise<Card> {
    const { committee, now, person } = turn;
    const found = await find(turn, data);
    const { state, etag } = found;
    if (state.state === "ready") {
      const begun = {
        ...{ ...state, state: "storing" as const, by: person.name, at: now.toString() },
        hears: { person: person.id, place: turn.place },
      };
      await imports.open(committee.id, state.id);
      // Pressed twice, the second finds it under way.
      if (await imports.advance(committee.id, begun, etag))
        await audit(
          turn,
          `imported ${state.kind}: ${state.added} new, ${state.revised} changed`,
          state.id,
        );
    }
    return shownWithin(turn, state.id, take(committee.id, state.id));
  }

  async function discard(turn: Turn, data: unknown): Promise<Card> {
    const { state, etag } = await find(turn, data);
    const discarded: Import = { ...state, state: "discarded" };
    if (state.state !== "ready" || !(await imports.advance(turn.committee.id, discarded, etag)))
      return showProgress(turn, data);
    await imports.close(turn.committee.id, discarded);
    return previewCard(discarded);
  }

  async function showProgress(turn: Turn, data: unknown): Promise<Card> {
    const { state } = await find(turn, data);
    const { id } = state;
    const work = running.get(id) ?? (state.state === "storing" && take(turn.committee.id, id));
    return work ? shownWithin(turn, id, work, { patience: PROGRESS_MS }) : showHead(turn, id);
  }

  /** Goes on with what a stop of the bot left half stored. Whoever brought it hears of the end. */
  async function resume(committee: Committee): Promise<void> {
    const all = await imports.openOf(committee.id);
    const ends = await Promise.allSettled(
      all.map(async (id) => {
        const work = take(committee.id, id);
        await tellWhenOver(committee, id, work);
        await work;
      }),
    );
    // Each goes on to its own end; those that could not are open still, for the next start.
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
  }

  function take(committee: string, id: string): Promise<Import | undefined> {
    return run(id, () => storeImport(parts, committee, id));
  }

  /** One piece of work for an import on this replica at a time. */
  function run(id: string, work: () => Promise<Import | undefined>): Promise<Import | undefined> {
    const known = running.get(id);
    if (known) return known;
    const begun = work().finally(() => running.delete(id));
    running.set(id, begun);
    afterwards(begun.catch((error: unknown) => unlessTold(error)));
    return begun;
  }

  async function shownWithin(
    turn: Turn,
    id: string,
    work: Promise<Import | undefined>,
    { csv = "", patience = PATIENCE_MS } = {},
  ): Promise<Card> {
    try {
      const state = await within(patience, () => work);
      return state ? previewCard(state, csv) : showHead(turn, id);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      afterwards(tellWhenOver(turn.committee, id, work));
      return showHead(turn, id);
    }
  }

  /** Whoever was left with a card of progress hears of the end, good or bad. */
  async function tellWhenOver(
    committee: Committee,
    id: string,
    work: Promise<unknown>,
  ): Promise<void> {
    if (telling.has(id)) return;
    telling.add(id);
    try {
      await work.catch(() => undefined);
      const found = await imports.find(committee.id, id);
      if (!found?.state.hears) return;
      const { hears, ...told } = found.state;
      // Of two replicas that saw it stored, the first one tells. A preview is this one's alone.
      if (told.state === "done" && !(await imports.advance(committee.id, told, found.etag))) return;
      await parts.toPerson(committee, hears.person, hears.place, cardOf(told));
    } finally {
      telling.delete(id);
    }
  }

  async function showHead({ committee }: Turn, id: string): Promise<Card> {
    const found = await imports.find(committee.id, id);
    if (!found) throw new UserError("That import is not there any more. Type import kpis.");
    return cardOf(found.state);
  }

  function cardOf(state: Import): Card {
    return isUnderWay(state) ? progressCard(state, running.has(state.id)) : previewCard(state);
  }

  async function find({ committee }: Turn, data: unknown) {
    const { id } = checked(ImportChoice, data);
    const found = await imports.find(committee.id, id);
    if (found) return found;
    throw new UserError("That import is not there any more. Type import kpis to begin again.");
  }
}

/** An import that has only begun. */
export function beginImport(by: string, at: string, file: string): Import {
  const counts = { rows: 0, added: 0, revised: 0, same: 0, refused: 0, chunks: 0, stored: 0 };
  return {
    ...{ id: randomUUID(), state: "checking", kind: "figures", by, at, file, problem: "" },
    ...{ ...counts, refusals: [], revisions: [], news: [], warnings: [] },
  };
}

function isUnderWay({ state }: Import): boolean {
  return state === "checking" || state === "storing";
}

async function showAgain(_turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
  return importCard(checked(PasteForm, data).csv, problem);
}

function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += PIECE) yield text.slice(from, from + PIECE);
}

/** What somebody was told already is no fault of the program. */
function unlessTold(error: unknown): void {
  if (!(error instanceof UserError)) throw error;
}
