import { ROLES, type CommitteePerson } from "./schema.ts";

/** Words after which a day follows. */
const DAY_WORDS = new Set(["from", "since", "until", "till", "weeks", "months"]);

/** The role that the words name: "champion" goes without saying for a district. */
export function roleIn(said: string, district: string): string {
  return ROLES.find((known) => said.includes(known)) ?? (district ? "champion" : "");
}

/** A day that was named and not understood, said before it is taken for none at all. */
export function unreadDay(
  said: string,
  dates: readonly string[] = [],
  month = "",
): string | undefined {
  const named = said.split(" ").filter((word) => DAY_WORDS.has(word)).length;
  if (Math.max(named, month ? 1 : 0) <= dates.length) return undefined;
  return "I did not understand the day in what you wrote. Choose it below.";
}

/** The one person whose whole name stands in the text. */
export function namedIn(
  said: string,
  people: readonly CommitteePerson[],
): CommitteePerson | undefined {
  const found = people.filter(({ name }) => said.includes(name.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}
