import type { Evidence } from "./danger-evidence.ts";

/** Where a sentence begins, of which nothing is known. */
const BEGINNING = -18;

/**
 * What each clue is worth, in tenths of a logit. Fitted by logistic regression with a ridge of 1 to
 * the sentences of test/support and to the tuning part of test/danger-blind.json, then rounded;
 * `foreign` and `oneHarm` were set by hand.
 */
const WEIGHTS: Readonly<Record<string, number>> = {
  oneHarm: -10,
  foreign: 40,
  harmToSomebody: 17,
  part: 16,
  fragile: 14,
  summons: 14,
  now: 13,
  doing: 12,
  weapon: 11,
  grave: 11,
  near: 10,
  onSomebody: 9,
  hazard: 9,
  self: 7,
  pursuit: 7,
  fear: 7,
  witness: 6,
  somebody: 5,
  harms: 5,
  done: 5,
  body: 5,
  kin: 4,
  force: 4,
  bySomebody: 2,
  harmNow: 1,
  left: 0,
  will: -3,
  distress: -4,
  supposed: -5,
  counted: -6,
  onlyHarm: -7,
  violence: -8,
  dated: -8,
  isSupposed: -10,
  opensAsked: -10,
  asked: -17,
  isPast: -18,
  thing: -18,
  business: -23,
  over: -26,
  noHarm: -28,
  figure: -30,
};

/** What a sentence's clues are worth together. */
export function weigh(evidence: Evidence): number {
  return Object.entries(evidence).reduce(
    (total, [clue, count]) => total + (WEIGHTS[clue] ?? 0) * count,
    BEGINNING,
  );
}
