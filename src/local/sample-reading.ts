import { pino } from "pino";
import { createClock } from "../calendar.ts";
import type { Posting, Turn } from "../feature.ts";
import type { Files } from "../paper.ts";
import { createProduct } from "../product.ts";
import { loadSampleCouncil } from "./sample.ts";
import { tablesInMemory } from "./tables-in-memory.ts";

/** Everything that a person may be, so that a text's meaning does not hang on who types it. */
const ROLES = ["officer", "chair", "safeguarding lead", "administrator"] as const;

/** Nothing is sent and nothing is handed out: texts are only read. */
const SENDS_NOTHING: Posting = {
  toChannel: refused,
  renewInChannel: refused,
  renewForPerson: refused,
  toPerson: refused,
  readersOf: async () => "not known",
  nameOf: async () => undefined,
};
const NO_FILES: Files = {
  canAsk: false,
  ask: refused,
  upload: async () => {},
  show: refused,
  replace: async () => {},
  linkTo: () => undefined,
};

/** What a text would do in the sample council, on a day and at a time in London. */
export async function sampleReading() {
  const tables = tablesInMemory();
  await loadSampleCouncil(tables);
  const log = pino({ level: "silent" });
  const posting = SENDS_NOTHING;
  const product = await createProduct({ tables, posting, files: NO_FILES, log, isLocal: true });
  let lines = 0;
  const nameOf = new Map(product.commands.map(({ id, name }) => [id, name]));
  const { committee } = await turnIn(product, "2019-09-25T09:00", "any");
  return { read, nameOf, committee, commands: product.commands };

  async function read(text: string, now: string, conversation = `line ${(lines += 1)}`) {
    const turn = await turnIn(product, now, conversation);
    const meaning = await product.meaningOf(turn, text);
    await product.finish();
    return meaning;
  }
}

async function turnIn(
  { turnFor }: Pick<Awaited<ReturnType<typeof createProduct>>, "turnFor">,
  now: string,
  conversation: string,
): Promise<Turn> {
  const place = {
    kind: "personal" as const,
    ...{ conversation, tenant: "sample", serviceUrl: "", bot: { id: "bot", name: "bot" } },
  };
  const turn = await turnFor(
    { id: "everybody", name: "Everybody" },
    { id: conversation, place, now: createClock(now)() },
  );
  if (!turn) throw new Error("The sample council is not there.");
  const holdings = [
    { role: "champion" as const, district: "fenland" },
    ...ROLES.map((role) => ({ role })),
  ];
  return { ...turn, person: { ...turn.person, holdings } };
}

async function refused() {
  return { outcome: "refused" as const, reason: "Nothing is sent from here." };
}
