import { dayOf } from "../calendar.ts";
import type { Turn } from "../feature.ts";
import type { ChampionParts } from "./index.ts";

/** The district whose champion is called so today: "what did Jan French say" asks for hers. */
export async function districtOfChampion(
  championOf: ChampionParts["championOf"],
  { committee, now }: Turn,
  name: string,
): Promise<string | undefined> {
  for (const { id } of committee.districts) {
    const holder = await championOf(committee.id, id, dayOf(now));
    if (holder?.name.toLowerCase() === name.toLowerCase()) return id;
  }
  return undefined;
}
