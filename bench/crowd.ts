import { createPeopleStore, MOST_CHANGES } from "../src/people/store.ts";
import type { Tables } from "../src/tables.ts";

const COMMITTEE = "communities-and-partnership";
const CROWDED_DISTRICT = "east-cambridgeshire";
/** Teams takes 60 messages in 30 seconds for each chat, so a busy bot answers many people. */
export const CROWD = 495;

/** Somebody who asks, each in a chat of their own. All may write for one district. */
export function somebody(number: number) {
  const count = number % CROWD;
  const id = `00000000-0000-4000-8000-${String(1000 + count).padStart(12, "0")}`;
  return { id, name: `Champion ${count}` };
}

/** Writes the crowd into the people of the sample council. */
export async function addCrowd(tables: Tables): Promise<void> {
  const store = createPeopleStore(tables);
  const role = { role: "champion", district: CROWDED_DISTRICT, from: "2018-05-30" } as const;
  for (let start = 0; start < CROWD; start += MOST_CHANGES) {
    const people = Array.from({ length: MOST_CHANGES }, (_, at) => ({
      ...somebody(start + at),
      roles: [role],
    }));
    await store.save(COMMITTEE, people, await store.read(COMMITTEE));
  }
}
