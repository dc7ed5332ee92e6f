import { districtWithId } from "../council.ts";
import said from "./said.json" with { type: "json" };
import { fill, type Card } from "../card-template.ts";
import { dayOf, type Day, type Instant } from "../calendar.ts";
import { UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  type Command,
  type Feature,
  type Role,
  type Turn,
} from "../feature.ts";
import type { Slots } from "../slots.ts";

interface Actor {
  readonly id: string;
  readonly name: string;
}

/** Somebody of the sample council without any role. Invented: no paper names them. */
const MEMBER_OF_STAFF: Actor = {
  id: "00000000-0000-4000-8000-000000000009",
  name: "Priya Shah",
};

/** What this needs from the rest of the product. */
interface ActingParts {
  readonly whoHolds: (committee: string, roles: readonly Role[], now: Instant) => Promise<Actor[]>;
  readonly championOf: (
    committee: string,
    district: string,
    day: Day,
  ) => Promise<Actor | undefined>;
}

/** How people ask for each, by its name. */
const examplesOf: Readonly<Record<string, readonly string[]>> = said;
const ROLES: readonly Role[] = ["officer", "chair", "safeguarding lead", "administrator"];

/**
 * Local mode only: the local Teams client has one signed-in person, so a command lets them speak
 * as somebody else of the sample council. Production never loads this file.
 */
export function acting({ whoHolds, championOf }: ActingParts) {
  // By the signed-in person's id. Forgotten at a restart, so the start's "You are" holds.
  const speaking = new Map<string, Actor>();
  // Who is really signed in, by whom they speak as: a turn knows only the latter.
  const signedInAs = new Map<string, string>();
  const commands: Command[] = [
    {
      ...command(
        "act as champion",
        "Speak as the champion of a district: act as champion for Fenland.",
        ["act as champion {district}", "act as champion for {district}"],
        actAsChampion,
      ),
      full: "act as champion[ for {district}]",
    },
    ...ROLES.map((role) =>
      command(`act as ${role}`, `Speak as the committee's ${role}.`, [], (turn) =>
        actAsHolder(turn, role),
      ),
    ),
    command(
      "act as member",
      "Speak as a member of staff without a role.",
      ["act as staff", "act as member of staff"],
      (turn) => become(turn, MEMBER_OF_STAFF, "A member of staff without a role"),
    ),
  ];
  const feature: Feature = { commands, verbs: {} };
  return { features: [feature], whoSpeaks };

  /** The person that the signed-in one speaks as, or themselves. */
  async function whoSpeaks(signedIn: Actor): Promise<Actor> {
    const actor = speaking.get(signedIn.id) ?? signedIn;
    signedInAs.set(actor.id, signedIn.id);
    return actor;
  }

  async function actAsChampion(turn: Turn, { district }: Slots): Promise<Card> {
    const { committee, now } = turn;
    const place = districtWithId(district ?? "", committee);
    if (!place)
      throw new UserError(
        `Say for which district: act as champion for ${committee.districts.map(({ name }) => name).join(", or ")}.`,
      );
    const holder = await championOf(committee.id, place.id, dayOf(now));
    if (!holder)
      throw new UserError(
        `${place.name} has no champion: the seat is vacant. Choose another district.`,
      );
    return become(turn, holder, `Champion for ${place.name}`);
  }

  async function actAsHolder(turn: Turn, role: Role): Promise<Card> {
    const [holder] = await whoHolds(turn.committee.id, [role], turn.now);
    if (!holder) throw new UserError(`Nobody in the sample council is ${role}.`);
    return become(turn, holder, role);
  }

  async function become(turn: Turn, { id, name }: Actor, role: string): Promise<Card> {
    speaking.set(signedInAs.get(turn.person.id) ?? turn.person.id, { id, name });
    const titled = role.charAt(0).toUpperCase() + role.slice(1);
    return fill("local/acting", { name, role: titled, isChampion: role.startsWith("Champion") });
  }
}

function command(name: string, purpose: string, phrases: string[], run: Command["run"]): Command {
  return {
    id: `local.${name.replaceAll(" ", "-")}`,
    name,
    purpose,
    phrases,
    examples: examplesOf[name] ?? [],
    run,
    task: "Only on this computer",
    needs: { roles: EVERYONE, places: ANYWHERE },
  };
}
