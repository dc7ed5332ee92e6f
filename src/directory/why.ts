import { WHOLE } from "./entry.ts";
import type { Wish } from "./question.ts";
import type { Service } from "./schema.ts";
import { stemOf, wordsOf, writtenWords } from "./words.ts";

/** "No" is a word too, and no reason. */
const SHORTEST_REASON = 3;

/** A wish, and the words of the index that a service has of it, the surest first. */
export interface Met {
  readonly wish: Wish;
  readonly words: readonly string[];
}

/**
 * Why a service was found: of each wish the word that it has, and where that stands.
 * "“lonely”, listed under Loneliness", "“timebnak”, listed under Timebank", "“sheed”, taken for “shed”, in its name".
 */
export function whyFound(service: Service, met: readonly Met[]): string[] {
  return [...new Set(met.flatMap((each) => reasonFor(service, each) ?? []))];
}

function reasonFor(service: Service, { wish, words }: Met): string | undefined {
  const { typed, words: own } = wish;
  const [best] = words;
  if (best === undefined || typed.length < SHORTEST_REASON) return undefined;
  const whole = own.length > 0 ? placeOf(service, own) : undefined;
  if (whole) return `“${typed}”, ${whole.where}`;
  const kinds = words.filter((word) => word.startsWith(WHOLE));
  const kind = kinds.map((word) => kindCalled(service, word.slice(WHOLE.length))).find(Boolean);
  if (kind) return `“${typed}”, listed under ${kind}`;
  // Services that are called what is needed are listed under it too: "Wisbech Foodbank".
  if (kinds.length > 0) return `“${typed}”, in its name`;
  const place = placeOf(service, [best]);
  if (!place) return undefined;
  if (own.includes(best)) return `“${place.written}”, ${place.where}`;
  return `“${typed}”, taken for “${place.written}”, ${place.where}`;
}

/** Where a service says words, all of them together, and the first as it is written there. */
function placeOf(service: Service, words: readonly string[]) {
  for (const { where, text } of textsIn(service)) {
    const written = writtenWords(text);
    const stems = written.map(stemOf);
    if (words.every((word) => stems.includes(word)))
      return { where, written: written[stems.indexOf(words[0] ?? "")] ?? "" };
  }
  return undefined;
}

/** The texts that are searched, by what a reader knows them as. */
function textsIn({
  name,
  description,
  organization,
  eligibility,
  locations,
  taxonomyTerms,
}: Service) {
  const places = locations.flatMap((each) => [each.name, each.address, each.postcode]);
  return [
    { where: "in its name", text: name },
    ...taxonomyTerms.map((term) => ({ where: `listed under ${term.name}`, text: term.name })),
    { where: "in who it is for", text: eligibility ?? "" },
    { where: "in its place", text: places.filter(Boolean).join(" ") },
    { where: "in what it offers", text: description },
    { where: "in the name of its organisation", text: organization.name },
  ];
}

function kindCalled({ taxonomyTerms }: Service, words: string): string | undefined {
  return taxonomyTerms.find(({ name }) => wordsOf(name).join(" ") === words)?.name;
}
