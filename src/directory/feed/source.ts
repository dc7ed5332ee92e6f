import type { Answered, Ask } from "./asking.ts";
import type { Validators } from "./download.ts";
import {
  endsWith,
  isRoot,
  listAddress,
  pageAddress,
  readPage,
  serviceAddress,
  type Page,
} from "./page.ts";
import { idOf, isShort, type Fault } from "./record.ts";
import type { Reading } from "./schema.ts";
import { FeedTrouble } from "./trouble.ts";

/** What a source gives at a time. */
export interface SourcePage {
  readonly records: readonly unknown[];
  /** Records that could not be got at all. */
  readonly faults: readonly Fault[];
  readonly isLast: boolean;
  readonly total?: number | undefined;
  readonly bytes: number;
  readonly digest: string;
  readonly validators: Validators;
  /** What the first page taught about the feed. */
  readonly about?: Partial<Reading>;
}

/** Where records come from, page by page, counted from 1. */
export interface Source {
  next(
    reading: Reading,
    number: number,
    since: Validators | undefined,
  ): Promise<SourcePage | "unchanged">;
}

const NO_FEED =
  "This is not an Open Referral UK feed. Enter the address of an API, or of its list of services.";
const LIST_PAGE = 500;
/** A page with more is a mistake, or an attack. */
const MOST_ON_A_PAGE = 20_000;

/** A list that somebody gave, in pages that fit into rows. */
export function listSource(records: readonly unknown[], standard: string): Source {
  return {
    async next(_reading, number) {
      const start = (number - 1) * LIST_PAGE;
      return {
        records: records.slice(start, start + LIST_PAGE),
        faults: [],
        isLast: start + LIST_PAGE >= records.length,
        total: records.length,
        ...{ bytes: 0, digest: String(number), validators: {} },
        about: { standard },
      };
    },
  };
}

/** A feed on the internet. */
export function feedSource(url: string, ask: Ask): Source {
  return { next };

  async function next(reading: Reading, number: number, since: Validators | undefined) {
    const { list } = reading;
    if (!list || (number === 1 && !since)) return first();
    // In a list of short records nothing is said of the services themselves.
    const known = reading.isShort ? undefined : since;
    const answer = await ask(pageAddress(list, reading.firstPage + number - 1), known);
    if (answer === "unchanged") return answer;
    // The feed may have become another one since.
    if (number === 1) return first();
    return whole(pageIn(answer), number, answer, { list, isShort: reading.isShort });
  }

  /** The first page teaches where the list is, how its pages are counted, and what they lack. */
  async function first(): Promise<SourcePage> {
    let list = url;
    let answer = await asked(pageAddress(list, 1));
    if (!readPage(answer.json) && isRoot(answer.json)) {
      list = listAddress(url);
      answer = await asked(pageAddress(list, 1));
    }
    let page = pageIn(answer);
    // Some programs call the first page 0, and then this is the second.
    const firstPage = page.isFirst === false && page.number === 1 ? 0 : 1;
    if (firstPage === 0) {
      answer = await asked(pageAddress(list, 0));
      page = pageIn(answer);
    }
    const about = {
      list,
      firstPage,
      standard: page.standard,
      isShort: await isShortList(list, page),
    };
    return { ...(await whole(page, 1, answer, about)), about };
  }

  async function isShortList(list: string, { records }: Page): Promise<boolean> {
    const id = idOf(records[0]);
    if (!id || !records.every(isShort)) return false;
    const record = await service(list, id);
    return record !== undefined && !isShort(record);
  }

  async function whole(
    page: Page,
    number: number,
    { bytes, digest, validators }: Exclude<Answered, "unchanged">,
    { list, isShort }: { readonly list: string; readonly isShort: boolean },
  ): Promise<SourcePage> {
    const isLast = endsWith(page, number);
    const base = { isLast, total: page.total, bytes, digest, validators };
    if (!isShort) return { ...base, records: page.records, faults: [] };
    const records: unknown[] = [];
    const faults: Fault[] = [];
    for (const record of page.records) {
      const id = idOf(record);
      const own = id ? await service(list, id) : record;
      if (id && idOf(own) !== id)
        faults.push({ id, reason: "Its own page does not give it.", isRefused: true });
      else records.push(own);
    }
    return { ...base, records, faults };
  }

  /** One service by itself; undefined where the feed does not have it, or not like that. */
  async function service(list: string, id: string): Promise<unknown> {
    try {
      return (await asked(serviceAddress(list, id))).json;
    } catch (error) {
      if (error instanceof FeedTrouble && error.kind === "for good") return undefined;
      throw error;
    }
  }

  async function asked(address: string) {
    const answer = await ask(address);
    if (answer === "unchanged")
      throw new FeedTrouble("The feed says “unchanged” where nothing was known.", "for good");
    return answer;
  }
}

function pageIn({ json }: Exclude<Answered, "unchanged">): Page {
  const page = readPage(json);
  if (!page) throw new FeedTrouble(NO_FEED, "for good");
  if (page.records.length > MOST_ON_A_PAGE)
    throw new FeedTrouble("A page of the feed holds more services than it may.", "for good");
  return page;
}
