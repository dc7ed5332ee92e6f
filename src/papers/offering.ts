import { timeAndDate } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { toCsv } from "../csv.ts";
import { NotAllowed, UserError } from "../errors.ts";
import { holds, type Turn } from "../feature.ts";
import type { MadeFile, Paper, PaperDocument, PaperSubject } from "../paper.ts";
import { offerCard } from "./cards.ts";
import type { PaperParts } from "./index.ts";
import { fileName } from "./rules.ts";
import type { Format, Offer, Recipe, RecipeForm } from "./schema.ts";
import { wordFile } from "./word.ts";
import type { z } from "zod/v4";

/** Whoever has a link has the file, so it is short-lived; the answer to a question is theirs alone. */
const GOOD_FOR = { link: { minutes: 15 }, consent: { hours: 24 } };
const TYPES: Record<Format, { readonly type: string; readonly ending: string }> = {
  word: {
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ending: "docx",
  },
  csv: { type: "text/csv; charset=utf-8", ending: "csv" },
};
/** Without it a spreadsheet takes UTF-8 for something else. */
const BYTE_ORDER_MARK = "\uFEFF";
const NOT_TAKEN =
  "Teams did not take the file, so nothing was saved. Wait a minute, then ask for it again.";

export type Offering = ReturnType<typeof offering>;

/** Makes a paper, says what is in it, and offers it: by consent in the chat, or by a link. */
export function offering(papers: readonly Paper[], { store, files, audit }: PaperParts) {
  return { offer, make, paperFor };

  async function offer(turn: Turn, wanted: z.infer<typeof RecipeForm>): Promise<Card> {
    const { way, ...recipe } = wanted;
    const paper = paperFor(turn, recipe);
    const document = await compose(turn, paper, recipe);
    const asks = way === "consent" && files.canAsk;
    const asked = asks && (await ask(turn, recipe, await fileOf(document, recipe)));
    const link = asked ? undefined : await linkFor(turn, recipe);
    if (!asked && !link) throw new UserError(NOT_TAKEN);
    await audit(turn, `asked for ${recipe.paper} as ${recipe.format}`, wishOf(recipe));
    const canLink = files.linkTo("") !== undefined;
    return offerCard({ recipe, document, name: nameOf(document, recipe), link, canLink });
  }

  /** Whether the question is in the chat, or may be. */
  async function ask(turn: Turn, recipe: Recipe, file: MadeFile): Promise<boolean> {
    const { name, bytes } = file;
    const offer = await create(turn, recipe, "consent");
    const description = `Save ${name} to your OneDrive`;
    const question = { name, description, size: bytes.length, offer: offer.token };
    const { outcome } = await files.ask(turn.person.id, turn.place, question);
    return outcome !== "refused";
  }

  async function linkFor(turn: Turn, recipe: Recipe) {
    if (files.linkTo("") === undefined) return undefined;
    const { token, until } = await create(turn, recipe, "link");
    return { address: files.linkTo(token) ?? "", until: timeAndDate(until) };
  }

  async function create(
    { committee, person, place, now }: Turn,
    recipe: Recipe,
    way: Offer["way"],
  ) {
    const until = now.add(GOOD_FOR[way]).toString();
    const { id, name } = person;
    const offer: Offer = { recipe, person: { id, name }, place, way, until, state: "open" };
    return { token: await store.create(committee.id, offer, now), until };
  }

  /** The paper, if this person may have it at the moment. Throws a UserError. */
  function paperFor({ person }: Turn, recipe: Recipe): Paper {
    const paper = papers.find(({ name }) => name === recipe.paper);
    if (!paper) throw new UserError("This card is out of date. Type help to start again.");
    if (paper.roles.some((role) => holds(person, role))) return paper;
    throw new NotAllowed("You do not have the role for this paper at the moment.");
  }
}

/** The paper as a file, from the rows as they stand. */
async function make(subject: PaperSubject, paper: Paper, recipe: Recipe): Promise<MadeFile> {
  return fileOf(await compose(subject, paper, recipe), recipe);
}

/** What is in the paper. A link needs no more: its file is made when it is opened. */
async function compose(subject: PaperSubject, paper: Paper, { wish, format }: Recipe) {
  const document = await paper.make(subject, wish);
  if (format === "csv" && !document.list)
    throw new UserError(`${document.title} is not a list. Ask for it as a Word document.`);
  return document;
}

async function fileOf(document: PaperDocument, recipe: Recipe): Promise<MadeFile> {
  const bytes = recipe.format === "word" ? await wordFile(document) : listFile(document);
  return { name: nameOf(document, recipe), type: TYPES[recipe.format].type, bytes };
}

function nameOf({ title }: PaperDocument, { format }: Recipe): string {
  return fileName(title, TYPES[format].ending);
}

function listFile({ list }: PaperDocument): Uint8Array {
  const { columns, rows } = list ?? { columns: [], rows: [] };
  return Buffer.from(BYTE_ORDER_MARK + toCsv(columns, rows));
}

/** "2019-08-08": what the audit says of a paper beside its name. */
export function wishOf({ wish }: Recipe): string {
  return Object.values(wish).join(" to ");
}
