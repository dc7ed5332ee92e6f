import { createHash } from "node:crypto";
import { dayOf, millisecondsBetween, type Instant } from "../../calendar.ts";
import type { Service, ServiceLocation } from "../schema.ts";
import { wordsOf } from "../words.ts";
import { Reading, type Feed } from "./schema.ts";

/** What reads the pages: one more when it reads them differently, so that all are read again. */
export const READER = 4;
/** The first reader that noted which services are of use, and the first that noted their names. */
export const NOTES_USE = 2;
export const NOTES_NAMES = 3;
/** A replica at work that was not heard of for so long is gone. */
const GONE_AFTER_MS = 3 * 60_000;
/** A feed that loses more than this share of its services is held until somebody has looked. */
const MOST_VANISHED = 0.2;
/** So many characters tell one name from another. */
const NAME_MARK = 8;
/** What one feed may have. Above it something is wrong with the feed. */
const MOST = { records: 150_000, pages: 20_000, bytes: 2_000_000_000 };
/** A reading that was broken off longer ago than this is begun anew: the feed has moved on. */
const OLDEST_BREAK_MS = 12 * 60 * 60_000;

/** The id of a feed: the same for the same address. */
export function feedId(committee: string, what: string): string {
  return createHash("sha256").update(`${committee} ${what}`).digest("hex").slice(0, 16);
}

/** A reading at its beginning. What the last one learnt of the feed need not be asked again. */
export function newReading(run: string, now: Instant, last?: Reading): Reading {
  const { list, firstPage, standard, isShort } = last?.state === "done" ? last : {};
  const learnt = { list, firstPage, standard, isShort };
  const begun = { day: dayOf(now), startedAt: now.toString() };
  return Reading.parse({ run, state: "reading", ...begun, ...learnt });
}

/** Whether there is something left to do for whoever takes it up. */
export function isUnfinished({ state }: Reading): boolean {
  return ["reading", "applying", "tidying", "paused", "removing"].includes(state);
}

/** Whether a replica is at work on it, as far as anybody knows. */
export function isHeld({ holder, heardAt }: Reading, wallClock: Instant): boolean {
  // Heard of in the future, by a clock that was ahead: not heard of now. Its holder finds that out.
  const since = heardAt ? Math.abs(millisecondsBetween(heardAt, wallClock)) : GONE_AFTER_MS;
  return Boolean(holder) && since < GONE_AFTER_MS;
}

/** Whether a reading can be taken up now by a replica that looks for work. */
export function isToBeTakenUp({ reading }: Feed, wallClock: Instant): boolean {
  if (!reading || !isUnfinished(reading) || isHeld(reading, wallClock)) return false;
  return !reading.notBefore || millisecondsBetween(reading.notBefore, wallClock) >= 0;
}

/** Whether a broken-off reading is too old to carry on from the page it reached. */
export function isTooOld({ state, heardAt }: Reading, wallClock: Instant): boolean {
  const isBeforeTheEnd = state === "reading" || state === "paused";
  return isBeforeTheEnd && !!heardAt && millisecondsBetween(heardAt, wallClock) > OLDEST_BREAK_MS;
}

/** Why a reading must not go on: more than any real feed has. */
export function overTheMost({ records, pages, bytes }: Reading): string | undefined {
  if (records > MOST.records)
    return `The feed has more than ${MOST.records.toLocaleString("en-GB")} services.`;
  if (pages >= MOST.pages)
    return `The feed has more than ${MOST.pages.toLocaleString("en-GB")} pages.`;
  if (bytes > MOST.bytes) return "The feed is larger than 2 GB.";
  return undefined;
}

/** Whether the feed's own count is not what came. A feed that gives none is believed. */
export function isCountWrong({ total, records }: Reading): boolean {
  return total !== undefined && total !== records;
}

/**
 * Why a reading is held until somebody has looked: too much is gone, or something is gone and the
 * feed's own count says that not all of it came. What is closed for good, or does not say any more
 * how to get to it, is as good as gone.
 *
 * @param before How many services the reading before had, and how many of them were of use.
 */
export function whyHeld(
  reading: Reading,
  before: { readonly services: number; readonly ofUse: number },
  { lost, renamed, kept }: Differences,
): string | undefined {
  const { vanished, total = 0, records } = reading;
  if (vanished <= before.services * MOST_VANISHED && lost > before.ofUse * MOST_VANISHED)
    return `${inWords(lost)} of ${counted(before.ofUse, "service")} would be lost: not in it any more, closed for good, or without a phone number, email, website and place. More than ${MOST_VANISHED * 100} in 100 is too many to change unseen.`;
  if (renamed > kept * MOST_VANISHED && vanished <= before.services * MOST_VANISHED)
    return `${inWords(renamed)} of ${counted(kept, "service")} would have another name. More than ${MOST_VANISHED * 100} in 100 is too many to change unseen.`;
  if (vanished === 0) return undefined;
  if (vanished > before.services * MOST_VANISHED)
    return `${inWords(vanished)} of ${counted(before.services, "service")} are not in it any more. More than ${MOST_VANISHED * 100} in 100 is too many to take away unseen.`;
  if (isCountWrong(reading))
    return `It says that it has ${counted(total, "service")}, and ${inWords(records)} came. So those that are missing may not be gone.`;
  return undefined;
}

/** What is other than it was in the reading before. */
interface Differences {
  /** How many that were of use are not any more, those that vanished included. */
  readonly lost: number;
  /** Of those that are in both readings, how many there are and how many have another name. */
  readonly kept: number;
  readonly renamed: number;
}

/** A mark of a service's name before its id. Capitals, signs and plurals make no other name. */
export function markedName({ id, name }: Service): string {
  const said = wordsOf(name).join(" ") || name;
  return createHash("sha256").update(said).digest("hex").slice(0, NAME_MARK) + id;
}

/** The id and the mark of its name again. */
export function nameMarked(marked: string): [id: string, mark: string] {
  return [marked.slice(NAME_MARK), marked.slice(0, NAME_MARK)];
}

/** Whether somebody can be sent there: it is found, and says how to get in touch or where it is. */
export function isOfUse({ status, phones, email, url, locations }: Service): boolean {
  if (status === "inactive" || status === "defunct") return false;
  return Boolean(phones.length > 0 || email || url || locations.some(isSomewhere));
}

function isSomewhere({ name, address, postcode, latitude }: ServiceLocation): boolean {
  return Boolean(name || address || postcode) || latitude !== undefined;
}

/** "50,000" */
export function inWords(count: number): string {
  return count.toLocaleString("en-GB");
}

/** "1 page", "50,000 services" */
export function counted(count: number, noun: string): string {
  return `${inWords(count)} ${count === 1 ? noun : `${noun}s`}`;
}
