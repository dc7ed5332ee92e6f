import { dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import {
  ANYWHERE,
  EVERYONE,
  type AuditRecord,
  type Command,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import { termsCard, whoCard } from "./cards.ts";
import { ending } from "./ending.ts";
import { giving } from "./giving.ts";
import { ROLES } from "./schema.ts";
import type { PeopleStore } from "./store.ts";
import said from "./said.json" with { type: "json" };

/** What this feature needs from the rest of the product. */
export interface RoleParts {
  readonly store: PeopleStore;
  readonly audit: AuditRecord;
  /** Whether the settings name administrators: then there is always one. */
  readonly hasFirstAdministrators: boolean;
}

/** Roles with their terms of office: shown, given and ended. */
export function roles(parts: RoleParts) {
  const { store } = parts;
  const given = giving(parts);
  const ended = ending(parts);
  const who: Command = {
    id: "people.who",
    name: "who is who",
    full: "who is who[ {person}][ {district}]",
    examples: said.who,
    phrases: [
      "who's who",
      "who is champion",
      "who is champion {district}",
      ...ROLES.flatMap((role) => [`who is the ${role}`, `who are the ${role}s`]),
      "champions",
      "roles",
      "people",
    ],
    purpose: "See who holds which role in the committee.",
    task: "People and roles",
    needs: { roles: EVERYONE, places: ANYWHERE },
    run: showWho,
  };
  const verbs: Record<string, Verb> = {
    "people.who": {
      needs: { roles: EVERYONE, places: ANYWHERE },
      run: (turn) => showWho(turn, {}),
      justForMe: true,
    },
    ...given.verbs,
    ...ended.verbs,
  };
  return { commands: [who, given.command, ended.command], verbs };

  /** Of one person or district where one is named, of everybody else. */
  async function showWho({ committee, now }: Turn, { district, person }: Slots): Promise<Card> {
    const people = await store.peopleOf(committee.id);
    const named = district ? [] : people.filter(({ name }) => name === person);
    return named.length > 0
      ? termsCard(named, committee, dayOf(now))
      : whoCard(people, committee, dayOf(now), district);
  }
}
