import { districtWithId, type Committee } from "../council.ts";
import { askerIn, suits } from "./audience.ts";
import { isCalled, nameIn } from "./by-name.ts";
import { conceptOf, ruledOut } from "./concept.ts";
import { entryOf, textsOf, WHOLE, type Entry } from "./entry.ts";
import { COUNTY, NEARNESS, nearness } from "./nearness.ts";
import { readQuestion, type Question } from "./question.ts";
import { safetyAfterAlarm, safetyEntries, safetyWithId, type SafetyRule } from "./safety.ts";
import type { Service } from "./schema.ts";
import type { PackedWords } from "./packed-words.ts";
import { createWordIndex, type Concept } from "./word-index.ts";
import type { Found, Meant, Wanted } from "./found.ts";
import { unansweredBy } from "./unanswered.ts";
import { whyFound, type Met } from "./why.ts";
import { isParticular } from "./wider.ts";
import { wordsOf } from "./words.ts";

export type ServiceSearch = ReturnType<typeof createServiceSearch>;

/** Less of the question answered than this is nothing found. */
const LEAST_SHARE = 0.5;
/** What cannot be used now comes after what can. */
const CLOSED = 0.75;
/** What is for another town and what is around it comes after what is not. */
const FAR = 0.5;
/** A word that more services have is no name of one. */
const MOST_CALLED = 1000;
/** A search as it can be written down, to be put together again without indexing. */
export interface PackedSearch {
  readonly index: PackedWords;
  /** By the documents' numbers; nothing where a document is gone. */
  readonly entries: readonly (Entry | undefined)[];
}

/**
 * The directory in memory, searched by words.
 *
 * @param packed What another search of the same code, and for the same council, has packed.
 */
export function createServiceSearch(packed?: PackedSearch) {
  let index = createWordIndex(packed?.index);
  let entries = [...(packed?.entries ?? [])];
  const numbers = new Map<string, number>();
  for (const [number, entry] of entries.entries()) if (entry) numbers.set(entry.id, number);

  let revision = 0;

  return {
    ...{ put, remove, find, all, named, search, pack, knows },
    revision: () => revision,
    size: () => numbers.size,
  };

  /** The search as it stands at this moment. */
  function pack(): PackedSearch {
    return { index: index.pack(), entries: [...entries] };
  }

  /** Adds a service or takes in its change. What is closed for good is not kept. */
  function put(service: Service, committee: Committee): void {
    remove(service.id);
    revision += 1;
    if (service.status === "inactive" || service.status === "defunct") return;
    add(entryOf(service, committee));
    // Gone documents still take time: the index is made anew when they are a quarter of it.
    if (entries.length > 1000 && numbers.size < entries.length * 0.75) compact();
  }

  function remove(id: string): void {
    const number = numbers.get(id);
    if (number === undefined) return;
    revision += 1;
    entries[number] = undefined;
    numbers.delete(id);
  }

  function compact(): void {
    const kept = entries.filter((entry) => entry !== undefined);
    index = createWordIndex();
    entries = [];
    numbers.clear();
    for (const entry of kept) add(entry);
  }

  function add(entry: Entry): void {
    const { parts, wholes } = textsOf(entry.read());
    const number = index.add(parts, wholes);
    entries[number] = entry;
    numbers.set(entry.id, number);
  }

  /** The service with this id, if it is one that can be shown. */
  function find(id: string): Service | undefined {
    const number = numbers.get(id);
    return number === undefined ? undefined : entries[number]?.read();
  }

  /** Whether services are listed under just these words. */
  function knows(words: readonly string[] = []): boolean {
    return index.isKnown(WHOLE + words.join(" "));
  }

  /** Every service that can be shown. */
  function all(): Service[] {
    return entries.flatMap((entry) => (entry ? [entry.read()] : []));
  }

  /** The one service that a name means; undefined where it may be several. */
  function named(name: string, committee: Committee): Service | undefined {
    const route = routeNamed(name);
    if (route) return route;
    const wanted = name.toLowerCase();
    const same = entries.filter((entry) => entry?.name.toLowerCase() === wanted);
    const services = same.flatMap((entry) => entry?.read() ?? []);
    // A feed can call a service like one of the council's own.
    const [first] = services.toSorted((a, b) => Number(isOfFeed(a)) - Number(isOfFeed(b)));
    if (first) return first;
    const { hits, total } = search({ text: name, committee, count: 1 });
    return total === 1 ? hits[0]?.service : undefined;
  }

  /** A route out of danger is meant whatever else bears its name. */
  function routeNamed(name: string): Service | undefined {
    const wanted = wordsOf(name).join(" ");
    const routes = safetyEntries().flatMap((id) => find(id) ?? []);
    return routes.find((route) => wordsOf(route.name).join(" ") === wanted);
  }

  /** The best few for a question. */
  function search(wanted: Wanted): Found {
    const found = searchOnce(wanted, safetyWithId(wanted.heard));
    if (wanted.isCalm !== true || found.question.safety) return found;
    const rule = safetyAfterAlarm(wanted.text, found.total > 0);
    return rule ? searchOnce(wanted, rule) : found;
  }

  function searchOnce(
    { text, committee, district, skip = 0, count }: Wanted,
    instead?: SafetyRule,
  ): Found {
    const read = readQuestion(text, committee, index.isKnown);
    const question = { ...read, safety: read.safety ?? instead };
    const meant = question.wishes.map((wish, at) => ({
      wish,
      concept: conceptOf(wish, question, at, index),
    }));
    const wanted = district ?? question.place?.district;
    const area = wanted === COUNTY ? undefined : wanted;
    const town =
      question.place && !question.place.isDistrict && !district ? question.place : undefined;
    const asker = askerIn(question.typed);
    const never = ruledOut(question);
    const first = [...safetyFirst(question), ...calledSo(question, favour)];
    if (meant.length === 0 && first.length === 0 && (town ?? area))
      return { question, ...whatIsThere(favour, whyThere, { skip, count }) };
    const needed = meant.filter(({ wish }) => wish.means.length > 0);
    const others = needed.length > 1 && !question.isStory ? needed : [];
    const most = skip + count + first.length + others.length;
    const lookFor = (concepts: readonly Meant[]) =>
      index.search(
        concepts.map(({ concept }) => concept),
        (document, score, share) => {
          if (question.isStory) return score * favour(document);
          return share < LEAST_SHARE ? 0 : score * share * favour(document);
        },
        most,
      );
    const ofAll = lookFor(meant);
    const { top, total } =
      ofAll.total === 0 && isNeedAmongWords(question) ? lookFor(needed) : ofAll;
    const order = [...new Set([...first, ...withEach(top, others, favour)])];
    const found = order.slice(0, count);
    const unanswered = (question.isStory ? [] : meant).flatMap((need) =>
      unansweredBy(need, { index, favour, nameOf, found }),
    );
    const needs = needsAnswered(found, others);
    const hits = order.slice(skip, skip + count).flatMap((document) => {
      const service = entries[document]?.read();
      const why = service ? whyFound(service, metBy(document, meant)) : [];
      const there = why.length > 0 ? whyThere(document) : [];
      return service ? [{ service, reasons: [...why, ...there] }] : [];
    });
    return { question, hits, total: Math.max(total, order.length), needs, unanswered };

    function favour(document: number): number {
      const entry = entries[document];
      if (!entry) return 0;
      const open = entry.isClosed ? CLOSED : 1;
      if (town && entry.onlyFor.length > 0 && !entry.onlyFor.includes(town.name)) return 0;
      if (never.some((word) => index.has(document, word))) return 0;
      const suited = open * suits(entry.audience, asker);
      if (town && entry.towns.includes(town.name)) return suited * NEARNESS.town;
      const isFar = town && entry.around.length > 0;
      return suited * (area ? nearness(entry, area) : 1) * (isFar ? FAR : 1);
    }

    /** Where a place was asked for: how the service reaches it. */
    function whyThere(document: number): string[] {
      const entry = entries[document];
      if (!entry || !area) return [];
      if (town && entry.towns.includes(town.name)) return [`it is in ${town.name}`];
      if (entry.districts.includes(area))
        return [`it serves ${districtWithId(area, committee)?.name ?? area}`];
      return entry.districts.includes(COUNTY) ? ["it serves the whole county"] : [];
    }
  }

  function nameOf(document: number): string {
    return entries[document]?.name ?? "";
  }

  /** After the best for all of it comes the best for each need that the best does not meet. */
  function withEach(
    [best, ...rest]: readonly number[],
    needs: readonly Meant[],
    favour: (document: number) => number,
  ): number[] {
    const judge = (document: number, score: number) => score * favour(document);
    const unmet = needs.filter(({ concept }) => best === undefined || !meets(best, concept));
    const each = unmet.flatMap(({ concept }) => index.search([concept], judge, 1).top);
    return [...(best === undefined ? [] : [best]), ...each, ...rest];
  }

  function meets(document: number, { alternatives }: Concept): boolean {
    return alternatives.some(({ word }) => index.has(document, word));
  }

  /** The needs that something shown meets, as they were typed. */
  function needsAnswered(shown: readonly number[], needs: readonly Meant[]): string[] {
    return needs
      .filter(({ concept }) => shown.some((document) => meets(document, concept)))
      .map(({ wish }) => wish.typed);
  }

  /** A place alone was named: what is given there, the nearest first. */
  function whatIsThere(
    favour: (document: number) => number,
    whyThere: (document: number) => string[],
    { skip, count }: { readonly skip: number; readonly count: number },
  ): Omit<Found, "question"> {
    const near = [...numbers.values()]
      .map((document) => ({ document, near: favour(document) }))
      .filter(({ near }) => near >= NEARNESS.district * CLOSED)
      .filter(({ document }) => entries[document]?.districts.includes(COUNTY) === false)
      .toSorted((a, b) => b.near - a.near);
    const hits = near.slice(skip, skip + count).flatMap(({ document }) => {
      const service = entries[document]?.read();
      return service ? [{ service, reasons: whyThere(document) }] : [];
    });
    return { hits, total: near.length };
  }

  /** What is called by the very words comes first, closed or not: it was asked for. */
  function calledSo({ typed }: Question, favour: (document: number) => number): number[] {
    const words = nameIn(typed);
    if (words.length === 0) return [];
    return index
      .havingAll(words, MOST_CALLED)
      .filter((document) => isCalled(nameOf(document), words))
      .filter((document) => favour(document) > 0)
      .toSorted((a, b) => nameOf(a).length - nameOf(b).length)
      .slice(0, 1);
  }

  /** Danger and abuse are decided by explicit rules, never by how well words match. */
  function safetyFirst({ safety }: Question): number[] {
    return (safety?.first ?? []).flatMap((id) => numbers.get(id) ?? []);
  }

  function metBy(document: number, meant: readonly Meant[]): Met[] {
    return meant.map(({ wish, concept }) => ({
      wish,
      words: concept.alternatives
        .filter(({ word }) => index.has(document, word))
        .toSorted((a, b) => b.factor - a.factor)
        .map(({ word }) => word),
    }));
  }
}

/** A need with words around it that say nothing of another thing to do: "lost his wife and dosnt eat". */
function isNeedAmongWords({ wishes }: Question): boolean {
  const others = wishes.filter(({ means }) => means.length === 0);
  if (others.length === 0 || others.length === wishes.length) return false;
  return !others.some(({ words }) => words.some(isParticular));
}

function isOfFeed({ source }: Service): boolean {
  return source.kind === "feed";
}
