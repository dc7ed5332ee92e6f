import type { Service } from "./schema.ts";
import { writtenWords } from "./words.ts";

/** Whom a service is for alone, as its eligibility says. */
export type Audience = "women" | "men" | "parents" | "learning disability" | "groups";

/** What a question says of whom it asks for. */
export interface Asker {
  readonly says: ReadonlySet<Audience>;
}

const WORDS: ReadonlyMap<Audience, ReadonlySet<string>> = new Map([
  [
    "women",
    setOf(
      "woman women womens lady ladies girl girls female she her hers mum mums mother mothers wife daughter sister aunt auntie gran grandma granny nan nana niece widow",
    ),
  ],
  [
    "men",
    setOf(
      "man mans men mens gentleman gentlemen boy boys male he him his hes dad dads father fathers husband son brother uncle grandad grandfather grandpa nephew widower lad lads bloke blokes couple",
    ),
  ],
  [
    "parents",
    setOf(
      "parent parents parenting parental mum mums mummy dad dads mother mothers father fathers baby babies newborn toddler toddlers child children childrens kid kids son sons daughter daughters family families infant infants pregnant grandad grandma gran grandparent grandparents grandchild grandchildren nursery",
    ),
  ],
  [
    "groups",
    setOf(
      "grant grants fund funds funding group groups charity charities organisation organisations club clubs society voluntary we our start starting",
    ),
  ],
] as const);
const NOT_ONLY = setOf("everybody everyone anybody anyone all residents people adults");
const OF_GROUPS = /\b(?:groups|organisations|organizations|charities|enterprises?)\b/i;
const OF_PERSONS =
  /\b(?:people|person|adults?|everybody|everyone|anybody|anyone|residents|families|children|parents|men|women|victims)\b/i;
/** What is probably not for whoever asks comes after what may be. */
const LESS_LIKELY = 0.5;

/** Whom a service is for alone. Empty where it leaves nobody out. */
export function audienceOf({ eligibility = "" }: Service): Audience[] {
  const words = new Set(writtenWords(eligibility));
  const only: Audience[] = [];
  const isOpen = [...words].some((word) => NOT_ONLY.has(word));
  const says = (names: string) => names.split(" ").some((word) => words.has(word));
  const [women, men] = [says("women woman ladies girls female"), says("men man boys male")];
  if (women && !men && !isOpen) only.push("women");
  if (men && !women && !isOpen) only.push("men");
  if (says("parents mothers fathers families") && !says("everybody everyone anybody vulnerable"))
    only.push("parents");
  if (/\blearning (?:disabilit|difficult)/i.test(eligibility)) only.push("learning disability");
  if (OF_GROUPS.test(eligibility) && !OF_PERSONS.test(eligibility)) only.push("groups");
  return only;
}

/** Whom a question speaks of. */
export function askerIn(typed: readonly string[]): Asker {
  const says = new Set<Audience>();
  for (const [one, words] of WORDS) if (typed.some((word) => words.has(word))) says.add(one);
  if (isOfLearning(typed)) says.add("learning disability");
  return { says };
}

/**
 * How well a service suits whoever asks: 1, less where it may not be for them, and 0 where its own
 * words leave them out. Who is not spoken of is not left out for being a man or a woman.
 */
export function suits(audience: readonly Audience[], { says }: Asker): number {
  return audience.reduce((least, one) => Math.min(least, likely(one)), 1);

  function likely(one: Audience): number {
    if (says.has(one)) return 1;
    if (one === "women") return says.has("men") ? 0 : 1;
    if (one === "men") return says.has("women") ? 0 : 1;
    return one === "parents" ? LESS_LIKELY : 0;
  }
}

function isOfLearning(typed: readonly string[]): boolean {
  return typed.some(
    (word, at) =>
      word === "ld" ||
      /^(?:downs|autism|autistic)$/.test(word) ||
      (word === "learning" && /^(?:dis|diff)/.test(typed[at + 1] ?? "")),
  );
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
