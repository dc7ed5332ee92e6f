import type { Instant } from "../calendar.ts";
import { UserError } from "../errors.ts";
import type { Turn } from "../feature.ts";
import type { MadeFile } from "../paper.ts";
import type { PaperParts } from "./index.ts";
import { wishOf, type Offering } from "./offering.ts";
import { isOver } from "./rules.ts";

/**
 * What a link gives: one paper, until its time is over, as long as whoever asked for it still
 * holds the role. Why it gives nothing is said to nobody.
 */
export function downloads(
  { make, paperFor }: Offering,
  { store, committeeWithId, personIn, audit, auditRefusal }: PaperParts,
) {
  return async function download(token: string, now: Instant): Promise<MadeFile | undefined> {
    const found = await store.find(token);
    if (!found || found.offer.way !== "link" || isOver(found.offer, now)) return undefined;
    const committee = await committeeWithId(found.committee);
    if (!committee) return undefined;
    const { recipe, place, person: asker } = found.offer;
    const person = await personIn(committee.id, asker, now);
    const turn: Turn = { id: "a download", person, place, committee, now };
    const what = `${recipe.paper} as ${recipe.format} by a link`;
    try {
      const file = await make(turn, paperFor(turn, recipe), recipe);
      await audit(turn, `downloaded ${what}`, wishOf(recipe));
      return file;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      await auditRefusal(turn, `downloading ${what}`);
      return undefined;
    }
  };
}
