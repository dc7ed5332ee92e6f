import { UserError } from "../errors.ts";
import { isPlain, readRecord, wordsOf, type PlainRecord } from "./record.ts";
import type { WholeTables } from "./whole-tables.ts";

/** By what a row was found. A name alone may be somebody else's of the same name. */
type FoundBy = "id" | "chat" | "name";

/** One row that is about the person, or was written by them. */
interface FoundRecord extends PlainRecord {
  readonly foundBy: FoundBy;
}

/** Everything that the tables hold about one person. */
export interface PersonCopy {
  /** Entra object id. Undefined when only the name is known. */
  readonly id: string | undefined;
  /** Every name that the tables have beside the id. */
  readonly names: readonly string[];
  /** `2026-11-22T09:00:00Z` */
  readonly madeAt: string;
  readonly tables: Readonly<Record<string, readonly FoundRecord[]>>;
}

interface Identity {
  readonly id: string | undefined;
  readonly names: readonly string[];
  /** The ids of others who have one of these names. */
  readonly namesakes: readonly string[];
  /** The conversations that only this person and the bot are in. */
  readonly chats: readonly string[];
}

const ENTRA_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Looks through every row of every table, twice: who it is, with each of their names and their
 * chat with the bot, and then what is about them. A new table is looked through without anybody
 * having to think of it. Throws a UserError when several people have the name.
 */
export async function copyOfPerson(
  whole: WholeTables,
  wanted: string,
  madeAt: string,
): Promise<PersonCopy> {
  const identity = await identify(whole, wanted);
  const find = finder(identity);
  const tables: Record<string, FoundRecord[]> = {};
  for (const table of await whole.names()) {
    for await (const line of whole.lines(table)) {
      const record = readRecord(line);
      const foundBy = find(record);
      if (foundBy) (tables[table] ??= []).push({ ...record, foundBy });
    }
  }
  const { id, names } = identity;
  return { id, names, madeAt, tables };
}

async function identify(whole: WholeTables, wanted: string): Promise<Identity> {
  const isId = ENTRA_ID.test(wanted);
  const pairs = new Map<string, Set<string>>();
  const chats = new Map<string, Set<string>>();
  for (const table of await whole.names())
    for await (const line of whole.lines(table)) {
      const record = readRecord(line);
      for (const { id, name } of peopleIn(record.values)) add(pairs, id, name);
      const chat = table === "conversations" && personalChat(record);
      if (chat) add(chats, chat.person, chat.conversation);
    }
  if (isId) {
    const id = wanted.toLowerCase();
    const names = [...(pairs.get(id) ?? [])];
    const namesakes = idsOf(names).filter((each) => each !== id);
    return { id, names, namesakes, chats: [...(chats.get(id) ?? [])] };
  }
  const ids = idsOf([wanted]);
  const [id, another] = ids;
  if (another)
    throw new UserError(
      `Several people have the name ${wanted}. Name one by id: ${ids.join(", ")}.`,
    );
  const names = [...((id && pairs.get(id)) || [wanted])];
  const namesakes = idsOf(names).filter((each) => each !== id);
  return { id, names, namesakes, chats: id ? [...(chats.get(id) ?? [])] : [] };

  function idsOf(wantedNames: readonly string[]): string[] {
    const wantedOnes = new Set(wantedNames.map(plain));
    return [...pairs].flatMap(([each, its]) =>
      [...its].some((name) => wantedOnes.has(plain(name))) ? [each] : [],
    );
  }
}

/** `personId` or `id` with `name`, `authorId` with `authorName`, however deep in a row. */
function* peopleIn(value: unknown): Generator<{ id: string; name: string }> {
  if (Array.isArray(value)) for (const each of value) yield* peopleIn(each);
  if (!isPlain(value)) return;
  for (const [property, id] of Object.entries(value)) {
    const [, whose] = /^(.*)id$/i.exec(property) ?? [];
    const name = value[`${whose}Name`] ?? value["name"];
    if (whose === undefined || typeof id !== "string" || !ENTRA_ID.test(id)) continue;
    if (typeof name === "string") yield { id: id.toLowerCase(), name };
  }
  for (const each of Object.values(value)) yield* peopleIn(each);
}

function personalChat({ partition, row, values }: PlainRecord) {
  const [kind] = partition;
  const place = isPlain(values["place"]) ? values["place"] : values;
  const { conversation } = place;
  const [person] = row;
  return kind === "personal" && person && typeof conversation === "string"
    ? { person: person.toLowerCase(), conversation }
    : undefined;
}

/**
 * A name counts as whole words, whatever is small or capital in it. In a row with the id of a
 * namesake it is that other person's name, and the row is none of this one's business. A text by
 * anybody else that names the person is about them, and stays.
 */
function finder({ id, names, namesakes, chats }: Identity) {
  const named = names.map(
    (name) => new RegExp(`(?<![\\p{L}\\p{N}])${asPattern(plain(name))}(?![\\p{L}\\p{N}])`, "u"),
  );
  return (record: PlainRecord): FoundBy | undefined => {
    const words = wordsOf(record).map(plain);
    if (id && words.some((word) => word.includes(id))) return "id";
    if (words.some((word) => chats.some((chat) => word === plain(chat)))) return "chat";
    if (words.some((word) => namesakes.some((each) => word.includes(each)))) return undefined;
    return words.some((word) => named.some((name) => name.test(word))) ? "name" : undefined;
  };
}

function asPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}

function add(map: Map<string, Set<string>>, name: string, value: string): void {
  map.set(name, (map.get(name) ?? new Set()).add(value));
}
