import { createHash, randomBytes } from "node:crypto";
import { addDays, dayOf, type Day, type Instant } from "../calendar.ts";
import { key, type StoredRow, type Tables } from "../tables.ts";
import { Offer, type StoredOffer } from "./schema.ts";

/** Offers are good for a day at most; what is older is taken away, after a week's stop too. */
const DAYS_SWEPT = 8;
const SECRET_BYTES = 32;
/** Committee, day, secret: nothing else reaches the tables. */
const TOKEN = /^([a-z0-9-]{1,100})\.(\d{4}-\d{2}-\d{2})\.([\w-]{43})$/;

export type OfferStore = ReturnType<typeof createOfferStore>;

/**
 * Table `offers`: partition committee and the day on which the offer was made, row the hash of
 * its secret. Whoever reads the table learns no secret. A day is one partition, so that old offers
 * are taken away without a scan.
 */
export function createOfferStore(tables: Tables) {
  return { create, find, settle, sweep };

  /** The token that names the offer. It cannot be guessed: 256 random bits. */
  async function create(committee: string, offer: Offer, now: Instant): Promise<string> {
    const secret = randomBytes(SECRET_BYTES).toString("base64url");
    const token = `${committee}.${dayOf(now)}.${secret}`;
    await (await tables("offers")).create({ ...keysOf(token), ...write(offer) });
    return token;
  }

  /** The offer and its committee. Anything that is no token is no offer. */
  async function find(token: string): Promise<(StoredOffer & { committee: string }) | undefined> {
    const [, committee = ""] = TOKEN.exec(token) ?? [];
    if (!committee) return undefined;
    const { partitionKey, rowKey } = keysOf(token);
    const row = await (await tables("offers")).find(partitionKey, rowKey);
    return row && { ...read(row), committee };
  }

  /** False when somebody settled it since it was read. */
  async function settle(
    token: string,
    { offer, etag }: StoredOffer,
    state: Offer["state"],
  ): Promise<boolean> {
    const row = { ...keysOf(token), ...write({ ...offer, state }) };
    return (await tables("offers")).replace(row, etag);
  }

  async function sweep(committee: string, today: Day): Promise<void> {
    const table = await tables("offers");
    const span = {
      from: key(committee, addDays(today, -1 - DAYS_SWEPT)),
      through: key(committee, addDays(today, -2)),
    };
    for (const { partitionKey, rowKey } of await table.list(span))
      await table.remove(partitionKey, rowKey);
  }
}

function keysOf(token: string) {
  const [, committee = "", day = "", secret = ""] = TOKEN.exec(token) ?? [];
  const rowKey = createHash("sha256").update(secret).digest("hex");
  return { partitionKey: key(committee, day), rowKey };
}

function write({ recipe, person, place, ...offer }: Offer) {
  return {
    ...offer,
    personId: person.id,
    personName: person.name,
    recipe: JSON.stringify(recipe),
    place: JSON.stringify(place),
  };
}

function read(row: StoredRow): StoredOffer {
  const json = (name: string): unknown => JSON.parse(String(row[name]));
  const person = { id: row.personId, name: row.personName };
  const offer = Offer.parse({ ...row, person, recipe: json("recipe"), place: json("place") });
  return { offer, etag: row.etag };
}
