import type { Hit } from "./found.ts";
import type { Service } from "./schema.ts";

const HATE_CRIME = /^hate crime/i;
const REPORTERS = "Takes reports of hate";
const NO_REPORTERS = "Fits your words, and takes no reports of hate";

/** What takes reports of hate comes first, otherwise as it was found. */
export function reportersFirst(hits: readonly Hit[]): readonly Hit[] {
  return hits.toSorted((a, b) => Number(takesReports(b.service)) - Number(takesReports(a.service)));
}

/** Above the first of each kind: "reports of hate" is said of no service that does not take them. */
export function saidBefore(hits: readonly Hit[], at: number) {
  const [last, isReporter] = [hits[at - 1], hits[at]].map(
    (hit) => hit && takesReports(hit.service),
  );
  const isFirst = last !== isReporter;
  const before = isReporter ? REPORTERS : NO_REPORTERS;
  return { before: isFirst ? before : "", hasBefore: isFirst };
}

function takesReports({ taxonomyTerms }: Service): boolean {
  return taxonomyTerms.some(({ name }) => HATE_CRIME.test(name));
}
