import type { Instant } from "./calendar.ts";
import type { Card } from "./card-template.ts";
import type { Committee } from "./council.ts";
import type { Place, Posting, Role } from "./feature.ts";
import { marked } from "./which-committee.ts";

interface TellingParts {
  readonly posting: Posting;
  readonly whoHolds: (
    committee: string,
    roles: readonly Role[],
    now: Instant,
  ) => Promise<readonly { readonly id: string }[]>;
  readonly committees: () => Promise<readonly Committee[]>;
  /** Administrators of every committee. */
  readonly firstAdministrators: readonly string[];
}

/** Writes to whoever holds a role, each in their personal chat. */
export function telling({ posting, whoHolds, committees, firstAdministrators }: TellingParts) {
  return { tellOfficers, tellEachOfficer, tellAdministrators };

  /** Tells those officers who do not know yet: who got it now, and how many are left. */
  async function tellEachOfficer(
    about: Committee,
    now: Instant,
    from: Place,
    { card, known }: { readonly card: Card; readonly known: readonly string[] },
  ) {
    const officers = await whoHolds(about.id, ["officer"], now);
    const unknowing = officers.filter(({ id }) => !known.includes(id));
    const ours = marked(card, about);
    const sent = await Promise.all(
      unknowing.map(async ({ id }) => ({ id, ...(await posting.toPerson(id, from, ours)) })),
    );
    const told = sent.filter(({ outcome }) => outcome === "sent").map(({ id }) => id);
    return { told, left: unknowing.length - told.length };
  }

  /** False while it is not sure that they were told. */
  async function tellOfficers(about: Committee, now: Instant, from: Place, card: Card) {
    const officers = await whoHolds(about.id, ["officer"], now);
    const ours = marked(card, about);
    const sent = await Promise.all(
      officers.map((officer) => posting.toPerson(officer.id, from, ours)),
    );
    return (
      sent.some(({ outcome }) => outcome === "sent") &&
      sent.every(({ outcome }) => outcome !== "unknown")
    );
  }

  /**
   * False where nobody was reached. It is about the bot and not about a committee: whoever is
   * administrator of several is told in the first of them only.
   */
  async function tellAdministrators(about: Committee, now: Instant, from: Place, card: Card) {
    const all = (await committees()).map(({ id }) => id).toSorted();
    const earlier = all.slice(0, all.indexOf(about.id));
    const told = new Set(
      (await Promise.all(earlier.map((id) => administratorsOf(id, now)))).flat(),
    );
    const here = await administratorsOf(about.id, now);
    const left = here.filter((id) => !told.has(id));
    const sent = await Promise.all(
      left.map((id) => posting.toPerson(id, from, marked(card, about))),
    );
    if (here.length > 0 && left.length === 0) return true;
    // What may have arrived is not sent a second time.
    return sent.some(({ outcome }) => outcome !== "refused");
  }

  async function administratorsOf(committee: string, now: Instant): Promise<string[]> {
    const holding = await whoHolds(committee, ["administrator"], now);
    return [...new Set([...firstAdministrators, ...holding.map(({ id }) => id)])];
  }
}
