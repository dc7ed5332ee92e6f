import type { Card } from "../../card-template.ts";
import type { Committee } from "../../council.ts";
import { checked, UserError } from "../../errors.ts";
import {
  IN_PERSON,
  type AuditRecord,
  type Feature,
  type Posting,
  type Trouble,
  type Turn,
  type Verb,
} from "../../feature.ts";
import type { Slots } from "../../slots.ts";
import { faultsCard, feedsCard, importCard, progressCard, takeOutCard } from "./cards.ts";
import { createImporting, type ImportParts } from "./importing.ts";
import { LARGEST_FILE, readList, type List } from "./list.ts";
import { feedId } from "./rules.ts";
import { feedSchedule } from "./schedule.ts";
import { FaultsReference, FeedChoice, ImportForm, ReadingReference, type Feed } from "./schema.ts";
import { listSource, type Source } from "./source.ts";
import { FeedTrouble } from "./trouble.ts";
import said from "../said.json" with { type: "json" };

type Parts = Omit<ImportParts, "tell"> & {
  readonly posting: Posting;
  readonly audit: AuditRecord;
  readonly afterwards: (work: Promise<unknown>) => void;
};

const UNKNOWN = "That feed is not there any more. Type directory feeds to see those that are.";
const BEING_READ =
  "It is being read at this moment. Wait until that has ended, then take the feed out.";
const ADDRESS = /https?:\/\/[^\s<>"')\]]+/i;

/** Fills the directory from Open Referral UK feeds and from lists. */
export function directoryFeeds(parts: Parts) {
  const { store, guard, wallClock, posting, audit, afterwards } = parts;
  const importing = createImporting({ ...parts, tell });
  const schedule = feedSchedule({ store, importing, wallClock, afterwards });
  const needs = { roles: ["administrator"], places: IN_PERSON } as const;
  const task = "Keeping the directory right";
  const feature: Feature = {
    commands: [
      {
        id: "directory.import",
        name: "import directory",
        changes: true,
        examples: said.import,
        phrases: ["import directory {anything}", "import services", "import feed"],
        purpose: "Fill the directory of services from a feed, a file or a list.",
        ...{ task, needs, run: importTyped },
      },
      {
        id: "directory.feeds",
        name: "directory feeds",
        examples: said.feeds,
        phrases: ["feeds", "show directory feeds", "list directory feeds"],
        purpose: "See the feeds of the directory, and how far each one is.",
        ...{ task, needs, run: showFeeds },
      },
      {
        id: "directory.takeOutFeed",
        name: "take out a feed",
        changes: true,
        saysNo: ["take", "remove", "delete", "touch"],
        ends: true,
        examples: said.takeOutFeed,
        phrases: ["remove feed", "remove directory feed", "take out feed", "delete feed"],
        purpose: "Take a feed or a list out of the directory, with all its services.",
        ...{ task, needs, run: showFeeds },
      },
    ],
    // What feeds and lists say stands on these cards: it is kept in their own rows alone.
    verbs: privately({
      "directory.import": { needs, run: importForm, again: showAgain, freeText: ownWords },
      "directory.importProgress": { needs, run: showProgress },
      "directory.importApply": { needs, run: applyHeld },
      "directory.importDiscard": { needs, run: discardHeld },
      "directory.importAgain": { needs, run: readAgain },
      "directory.importDaily": { needs, run: (turn, data) => setDaily(turn, data, true) },
      "directory.importOnce": { needs, run: (turn, data) => setDaily(turn, data, false) },
      "directory.importFaults": { needs, run: showFaults },
      "directory.importAskTakeOut": { needs, run: askTakeOut },
      "directory.importTakeOut": { needs, run: takeOut },
      "directory.importFeeds": { needs, run: showFeeds },
      "directory.importNew": { needs, run: async () => importCard() },
    }),
    jobs: schedule.jobs,
  };
  return { ...feature, resume: schedule.resume, stop: importing.stop };

  /** What was typed behind the command, or what came with it, or the form. */
  async function importTyped(turn: Turn, { typed = "" }: Slots): Promise<Card> {
    const address = ADDRESS.exec(typed)?.[0];
    if (address) return importFeed(turn, address);
    const [file, ...others] = turn.files ?? [];
    if (!file) return importCard();
    if (others.length > 0) throw new UserError("Attach one file at a time.");
    const text = new TextDecoder().decode(await file.read(LARGEST_FILE));
    return importList(turn, readList(text), file.name);
  }

  async function importForm(turn: Turn, data: unknown): Promise<Card> {
    const { address, list, name } = checked(ImportForm, data);
    if (address && list.trim())
      throw new UserError("Enter an address or a list, not both. Empty one of them.");
    if (address) return importFeed(turn, address);
    if (!list.trim())
      throw new UserError("Enter the address of a feed, or paste a list. A file can be attached.");
    return importList(turn, readList(list), name || "Pasted list");
  }

  async function importFeed(turn: Turn, address: string): Promise<Card> {
    const { href: url, host, pathname } = checkedAddress(address);
    const name = `${host}${pathname.replace(/\/$/, "")}`;
    return begin(turn, { ...owned(turn, url), name, url, isDaily: true });
  }

  async function importList(turn: Turn, list: List, name: string): Promise<Card> {
    const source = listSource(list.records, list.standard);
    return begin(turn, { ...owned(turn, `list ${name}`), name, isDaily: false }, source);
  }

  function checkedAddress(address: string): URL {
    try {
      return guard.check(address);
    } catch (error) {
      throw error instanceof FeedTrouble ? new UserError(error.message) : error;
    }
  }

  async function begin(turn: Turn, feed: Omit<Feed, "reading" | "applied">, list?: Source) {
    const before = await store.find(feed.id);
    const begun = await importing.begin(feed, turn.now, true);
    const isNew = begun.reading?.run !== before?.feed.reading?.run;
    if (isNew) await audit(turn, "began an import into the directory", feed.id);
    else if (list && begun.operation !== turn.id)
      throw new UserError(
        "The list of that name is being read, or waits for a decision. Type directory feeds.",
      );
    afterwards(importing.carryOn(feed.id, turn.committee, turn.now, list));
    return cardOf(begun);
  }

  async function showFeeds({ committee }: Turn): Promise<Card> {
    return feedsCard(await store.feedsOf(committee.id));
  }

  async function showProgress({ committee }: Turn, data: unknown): Promise<Card> {
    return cardOf(await known(committee, checked(FeedChoice, data).feed));
  }

  async function applyHeld(turn: Turn, data: unknown): Promise<Card> {
    const { feed: id, run } = checked(ReadingReference, data);
    const { reading } = await known(turn.committee, id);
    const feed = await importing.confirm(id, run);
    if (reading?.state === "held" && reading.run === run)
      await audit(turn, "let an import into the directory that was held", id);
    afterwards(importing.carryOn(id, turn.committee, turn.now));
    return cardOf(feed);
  }

  async function discardHeld(turn: Turn, data: unknown): Promise<Card> {
    const { feed: id, run } = checked(ReadingReference, data);
    const { reading } = await known(turn.committee, id);
    const feed = await importing.discard(id, run, turn.now);
    if (reading?.state === "held" && reading.run === run)
      await audit(turn, "threw away an import that was held", id);
    return cardOf(feed);
  }

  /** Begins again, or goes on at once where a reading has paused. */
  async function readAgain(turn: Turn, data: unknown): Promise<Card> {
    const {
      reading: _reading,
      applied: _applied,
      ...feed
    } = await known(turn.committee, checked(FeedChoice, data).feed);
    if (!feed.url) throw new UserError("A list is not read again by itself. Import it once more.");
    return begin(turn, { ...feed, ...owned(turn, feed.url), name: feed.name });
  }

  async function askTakeOut({ committee }: Turn, data: unknown): Promise<Card> {
    return takeOutCard(await known(committee, checked(FeedChoice, data).feed));
  }

  async function takeOut(turn: Turn, data: unknown): Promise<Card> {
    const { id, reading } = await known(turn.committee, checked(FeedChoice, data).feed);
    const feed = await importing.remove(id, turn.now);
    if (!feed) throw new UserError(BEING_READ);
    if (feed.reading?.run !== reading?.run)
      await audit(turn, "took a feed out of the directory", id);
    afterwards(importing.carryOn(id, turn.committee, turn.now));
    return cardOf(feed);
  }

  async function setDaily(turn: Turn, data: unknown, isDaily: boolean): Promise<Card> {
    const { feed: id } = checked(FeedChoice, data);
    await known(turn.committee, id);
    const stored = await store.find(id);
    if (!stored) throw new UserError(UNKNOWN);
    if (stored.feed.isDaily === isDaily) return cardOf(stored.feed);
    const next = { ...stored.feed, isDaily };
    if (!(await store.replace(next, stored.etag))) return setDaily(turn, data, isDaily);
    await audit(turn, isDaily ? "had a feed read daily" : "stopped the daily reading", id);
    return cardOf(next);
  }

  async function showFaults({ committee }: Turn, data: unknown): Promise<Card> {
    const { feed: id, from } = checked(FaultsReference, data);
    const feed = withReading(await known(committee, id));
    const faults = await store.faultsOf({ feed: id, run: feed.reading.run });
    return faultsCard(feed, faults, from);
  }

  async function known({ id: committee }: Committee, id: string): Promise<Feed> {
    const stored = await store.find(id);
    if (stored?.feed.committee !== committee) throw new UserError(UNKNOWN);
    return stored.feed;
  }

  async function cardOf(feed: Feed | undefined): Promise<Card> {
    const current = withReading(feed);
    const faults = await store.faultsOf({ feed: current.id, run: current.reading.run });
    return progressCard(current, faults);
  }

  /** One message for a trouble, renewed while it lasts, and another one for what came of it. */
  async function tell(feed: Feed): Promise<void> {
    if (!feed.hears || !feed.reading) return;
    const { person, place } = feed.hears;
    const { troubleTold: message, notBefore } = feed.reading;
    const card = await cardOf(feed);
    if (message && notBefore) {
      await posting.renewForPerson(person, place, message, card);
      return;
    }
    const sent = await posting.toPerson(person, place, card);
    const told = notBefore && "activity" in sent ? sent.activity : undefined;
    if (told !== message) await importing.noteTold(feed, told);
  }
}

/** A list of several lines is data: what its services are for is nobody's cry for help. */
function ownWords(data: unknown): string {
  const { address = "", list = "", name = "" } = ImportForm.safeParse(data).data ?? {};
  return [address, list.includes("\n") ? "" : list, name].filter(Boolean).join(". ");
}

async function showAgain(_turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
  return importCard(checked(ImportForm, data), problem);
}

function owned({ id: operation, committee, person, place }: Turn, what: string) {
  const hears = { person: person.id, place };
  return { id: feedId(committee.id, what), committee: committee.id, hears, operation };
}

function privately(verbs: Readonly<Record<string, Verb>>): Record<string, Verb> {
  return Object.fromEntries(
    Object.entries(verbs).map(([name, verb]) => [name, { ...verb, isPrivate: true }]),
  );
}

function withReading(feed: Feed | undefined) {
  if (!feed?.reading) throw new UserError(UNKNOWN);
  return { ...feed, reading: feed.reading };
}
