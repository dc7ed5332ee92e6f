import { distance } from "fastest-levenshtein";
import { listsOf, type PackedWords } from "./packed-words.ts";
import { stemOf, writtenWords } from "./words.ts";

/** A text of a document, and what its words weigh: 1 in a description, more in a name. */
interface Part {
  readonly text: string;
  readonly weight: number;
}

/** A word of the index that a typed one may mean, and how sure that is: 1 is the word itself. */
export interface Alternative {
  readonly word: string;
  readonly factor: number;
}

/** What a document must be about: any one of the alternatives will do. */
export interface Concept {
  readonly alternatives: readonly Alternative[];
  /** How much it matters beside the others. */
  readonly weight: number;
}

/** The score that counts, from the score and the share of the question that is answered, 0 to 1. */
type Judge = (document: number, score: number, share: number) => number;

/** A posting is a document's number and a word's weight in it, in one small integer. */
const WEIGHT_BITS = 6;
const MOST_WEIGHT = 2 ** WEIGHT_BITS - 1;
/** How soon more of the same word stops to matter. */
const SATURATION = 6;
/** Hits so much weaker than the best are noise. */
const LEAST_OF_BEST = 0.4;
const SHORTEST_PREFIX = 3;
const MOST_ALTERNATIVES = 12;

/**
 * An inverted index in memory. Search packages spend their time on every near word of every typed
 * one; here a typed word is first matched with the vocabulary, which is small, and then only whole
 * words are looked up. Documents are numbered as they come and are never changed: a new version
 * is a new document, and the old one is marked as gone by whoever keeps the numbers.
 *
 * @param packed What another index of the same code has packed.
 */
export function createWordIndex(packed?: PackedWords) {
  /** A packed word has its number there until somebody asks for it: few words ever are. */
  const postings = new Map<string, number[] | number>();
  const listAt = listsOf(packed);
  const byWriting = new Map<string, number[]>();
  /** Words by their first two letters, for prefixes and typing errors. */
  const byStart = new Map<string, string[]>();
  let documents = 0;
  let totals = new Float32Array(0);
  let shares = new Float32Array(0);
  let bests = new Float32Array(0);

  if (packed) unpack(packed);
  return { add, meaningsOf, search, has, havingAll, isAnywhere, isKnown, pack };

  /** Adds a document and gives its number. `wholes` are found as they are, not by their words. */
  function add(parts: readonly Part[], wholes: readonly Part[]): number {
    const document = documents;
    documents += 1;
    for (const { text, weight } of parts)
      for (const written of writtenWords(text))
        note(document, byWriting.get(written) ?? learn(written), weight);
    for (const { text, weight } of wholes) note(document, postingsOf(text), weight);
    return document;
  }

  /** The index as it stands at this moment. */
  function pack(): PackedWords {
    const words = [...postings.keys()];
    const counts = Uint32Array.from(words, frequency);
    const steps = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
    let at = 0;
    for (const word of words) {
      let before = 0;
      for (const posting of listOf(word)) {
        steps[at] = posting - before;
        before = posting;
        at += 1;
      }
    }
    return { documents, words, counts, steps };
  }

  function unpack({ documents: count, words }: PackedWords): void {
    documents = count;
    for (const [number, word] of words.entries()) {
      postings.set(word, number);
      remember(word);
    }
  }

  /** The postings of a word, none of one that nobody knows. */
  function listOf(word: string): number[] {
    const known = postings.get(word);
    if (typeof known !== "number") return known ?? [];
    const list = listAt(known);
    postings.set(word, list);
    return list;
  }

  /** Singular and plural share their postings. */
  function learn(written: string): number[] {
    byWriting.set(written, postingsOf(stemOf(written)));
    return postingsOf(stemOf(written));
  }

  function postingsOf(word: string): number[] {
    if (postings.has(word)) return listOf(word);
    const list: number[] = [];
    postings.set(word, list);
    remember(word);
    return list;
  }

  function remember(word: string): void {
    const start = word.slice(0, 2);
    const words = byStart.get(start);
    if (words) words.push(word);
    else byStart.set(start, [word]);
  }

  /**
   * What a typed word may mean: itself; else what begins with it, and what differs by a small
   * typing error, if it can be one: one letter in four or five, two in longer words.
   */
  function meaningsOf(typed: string, isLast: boolean, canBeError = true): Alternative[] {
    const isKnown = postings.has(typed);
    const own = isKnown ? [{ word: typed, factor: 1 }] : [];
    // The last word may still be being typed.
    if (isKnown && !isLast) return own;
    const longer = typed.length >= SHORTEST_PREFIX ? startingWith(typed) : [];
    if (isKnown || longer.length > 0) return [...own, ...longer].slice(0, MOST_ALTERNATIVES);
    return canBeError ? nearTo(typed) : [];
  }

  function startingWith(typed: string): Alternative[] {
    return (byStart.get(typed.slice(0, 2)) ?? [])
      .filter((word) => word.length > typed.length && word.startsWith(typed))
      .toSorted((a, b) => a.length - b.length || frequency(b) - frequency(a))
      .slice(0, MOST_ALTERNATIVES)
      .map((word) => ({ word, factor: 0.9 * Math.sqrt(typed.length / word.length) }));
  }

  function nearTo(typed: string): Alternative[] {
    const most = typed.length < 4 ? 0 : typed.length < 6 ? 1 : 2;
    if (most === 0) return [];
    const sameLetter = [...byStart].filter(([start]) => start[0] === typed[0]);
    const near = nearest(typed, sameLetter, most);
    // An error in the first letter is rare, and looking for it costs twenty times as much.
    const found = near.length > 0 ? near : nearest(typed, [...byStart], 1);
    const closest = Math.min(...found.map(({ far }) => far));
    return found
      .filter(({ far }) => far === closest)
      .toSorted((a, b) => frequency(b.word) - frequency(a.word))
      .slice(0, MOST_ALTERNATIVES)
      .map(({ word, far }) => ({ word, factor: far === 1 ? 0.8 : 0.65 }));
  }

  /**
   * The `most` best documents for a question, the best first, and how many there are in all.
   * `judge` turns a score and the share of the question that is answered into the score that
   * counts; 0 leaves a document out.
   */
  function search(concepts: readonly Concept[], judge: Judge, most: number) {
    if (totals.length < documents) grow();
    const whole = concepts.reduce((sum, concept) => sum + importance(concept), 0) || 1;
    const touched: number[] = [];
    for (const concept of concepts) {
      const part = importance(concept) / whole;
      for (const document of matchesOf(concept)) {
        if (totals[document] === 0) touched.push(document);
        totals[document] = (totals[document] ?? 0) + (bests[document] ?? 0) * concept.weight;
        shares[document] = (shares[document] ?? 0) + part;
        bests[document] = 0;
      }
    }
    let highest = 0;
    for (const document of touched) {
      const score = judge(document, totals[document] ?? 0, shares[document] ?? 0);
      totals[document] = score;
      shares[document] = 0;
      if (score > highest) highest = score;
    }
    const best = topOf(touched, highest * LEAST_OF_BEST, most);
    for (const document of touched) totals[document] = 0;
    return best;
  }

  /** Sorting everything that was found would take longer than finding it. */
  function topOf(found: readonly number[], least: number, most: number) {
    const top: number[] = [];
    let total = 0;
    for (const document of found) {
      const score = totals[document] ?? 0;
      if (score <= least) continue;
      total += 1;
      if (top.length === most && score <= (totals[top.at(-1) ?? 0] ?? 0)) continue;
      let at = top.length;
      while (at > 0 && (totals[top[at - 1] ?? 0] ?? 0) < score) at -= 1;
      top.splice(at, 0, document);
      if (top.length > most) top.pop();
    }
    return { top, total };
  }

  /** Writes each document's best alternative into `bests`, and gives the documents. */
  function matchesOf({ alternatives }: Concept): number[] {
    const found: number[] = [];
    for (const { word, factor } of alternatives) {
      const rarity = idf(word) * factor;
      for (const posting of listOf(word)) {
        const document = posting >>> WEIGHT_BITS;
        const weight = posting & MOST_WEIGHT;
        const score = (rarity * weight) / (weight + SATURATION);
        if (bests[document] === 0) found.push(document);
        if (score > (bests[document] ?? 0)) bests[document] = score;
      }
    }
    return found;
  }

  /** A concept that nobody knows counts as the rarest: then little of the question is answered. */
  function importance({ alternatives, weight }: Concept): number {
    const known = alternatives.filter(({ word }) => postings.has(word));
    if (known.length === 0) return weight * Math.log(documents + 1);
    return weight * Math.max(...known.map(({ word }) => idf(word)));
  }

  /** How telling a word is: the rarer, the more. */
  function idf(word: string): number {
    return Math.log(1 + documents / (frequency(word) + 1));
  }

  /** Whether a document has a word. Postings are in the order of the documents. */
  function has(document: number, word: string): boolean {
    const list = listOf(word);
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((list[middle] ?? 0) >>> WEIGHT_BITS < document) low = middle + 1;
      else high = middle;
    }
    return (list[low] ?? -1) >>> WEIGHT_BITS === document;
  }

  /** The documents that have all of the words; none where the rarest is in more than `most`. */
  function havingAll(words: readonly string[], most: number): number[] {
    const [rarest, ...others] = words.toSorted((a, b) => frequency(a) - frequency(b));
    if (rarest === undefined || frequency(rarest) > most) return [];
    const having = listOf(rarest).map((posting) => posting >>> WEIGHT_BITS);
    return having.filter((document) => others.every((word) => has(document, word)));
  }

  /** Whether any of the documents that are wanted has one of the words. */
  function isAnywhere(words: readonly Alternative[], isWanted: (document: number) => boolean) {
    return words.some(({ word }) =>
      listOf(word).some((posting) => isWanted(posting >>> WEIGHT_BITS)),
    );
  }

  /** Whether any document has the word. */
  function isKnown(word: string): boolean {
    return postings.has(word);
  }

  function frequency(word: string): number {
    const known = postings.get(word);
    return typeof known === "number" ? (packed?.counts[known] ?? 0) : (known?.length ?? 0);
  }

  function grow(): void {
    const size = documents + 1000;
    totals = new Float32Array(size);
    shares = new Float32Array(size);
    bests = new Float32Array(size);
  }
}

/** A word that a document has again weighs more there. */
function note(document: number, list: number[], weight: number): void {
  const last = list.at(-1) ?? -1;
  if (last >>> WEIGHT_BITS !== document) list.push((document << WEIGHT_BITS) | weight);
  else list[list.length - 1] = Math.min(last + weight, (last | MOST_WEIGHT) >>> 0);
}

function nearest(typed: string, starts: readonly [string, string[]][], most: number) {
  const near: { word: string; far: number }[] = [];
  for (const [, words] of starts)
    for (const word of words) {
      if (Math.abs(word.length - typed.length) > most) continue;
      const far = distance(typed, word);
      if (far <= most) near.push({ word, far });
    }
  return near;
}
