import { addDays, dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, NotAllowed, UserError } from "../errors.ts";
import {
  EVERYONE,
  IN_PERSON,
  type Command,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import * as cards from "./cards.ts";
import type { SignpostingParts } from "./index.ts";
import * as rules from "./rules.ts";
import { FollowUpForm, FOLLOW_UPS } from "./schema.ts";
import type { setting } from "./setting.ts";
import said from "./said.json" with { type: "json" };

/** How far back "my signposting" goes. */
const DAYS_OF_MINE = 30;

/** One record: followed up by its author, and read by its author or the safeguarding lead. */
export function following(
  { store, audit }: SignpostingParts,
  { around }: ReturnType<typeof setting>,
) {
  const anyone = { roles: EVERYONE, places: IN_PERSON } as const;
  const lead = { roles: ["safeguarding lead"], places: IN_PERSON } as const;
  const task = "Pointing somebody to help";
  const commands: Command[] = [
    {
      id: "signposting.mine",
      name: "my signposting",
      examples: said.mine,
      phrases: ["show my signposting", "my signposts", "what did i signpost"],
      purpose: "See what you recorded in the last 30 days. Nobody else in your team can.",
      task,
      needs: anyone,
      run: showMine,
    },
    {
      id: "signposting.followUp",
      name: "follow up",
      full: "follow up {reference}",
      changes: true,
      saysNo: ["follow", "note", "record"],
      examples: said.followUp,
      phrases: ["follow up {anything}", "followup", "followup {anything}", "follow up signposting"],
      purpose: "Note how a signposting went, by its reference.",
      task,
      needs: anyone,
      run: openFollowUp,
    },
    {
      id: "signposting.record",
      name: "signposting record",
      full: "signposting record {reference}",
      examples: said.record,
      phrases: ["signposting record {anything}", "show signposting record {anything}"],
      purpose: "Read one record by its reference. It is written to the audit.",
      task: "For the safeguarding lead",
      needs: lead,
      run: showRecord,
    },
  ];
  const verbs: Record<string, Verb> = {
    "signposting.followUp": { needs: anyone, run: saveFollowUp, again: showAgain },
  };
  return { commands, verbs };

  async function showMine(turn: Turn): Promise<Card> {
    const from = addDays(dayOf(turn.now), -DAYS_OF_MINE);
    const own = await store.ofPerson(turn.committee.id, turn.person.id, from);
    return cards.mineCard(own, await around(turn));
  }

  async function openFollowUp(turn: Turn, { typed = "" }: Slots): Promise<Card> {
    const { signpost } = await ownRecord(turn, rules.referenceIn(typed));
    return cards.followUpCard(signpost, await around(turn));
  }

  async function saveFollowUp(turn: Turn, data: unknown): Promise<Card> {
    const { reference, followUp: chosen } = checked(FollowUpForm, data);
    const { signpost, etag } = await ownRecord(turn, reference);
    const followUp = FOLLOW_UPS.find((each) => each === chosen);
    if (!followUp) throw new UserError("Choose how it went.");
    const changed = { ...signpost, followUp };
    const isSaved =
      signpost.followUp === followUp || (await store.replace(turn.committee.id, changed, etag));
    if (!isSaved) return saveFollowUp(turn, data);
    return cards.followedUpCard(reference, followUp);
  }

  async function showRecord(turn: Turn, { typed = "" }: Slots): Promise<Card> {
    const reference = rules.referenceIn(typed);
    const found = reference && (await store.find(turn.committee.id, reference));
    if (!found)
      throw new UserError("There is no signposting record with that reference. Check its letters.");
    await audit(turn, "read a signposting record", found.signpost.reference);
    return cards.recordCard(found.signpost, await around(turn));
  }

  /** A stranger's reference is answered like one that does not exist. */
  async function ownRecord(turn: Turn, reference: string | undefined) {
    if (!reference)
      throw new UserError("Type follow up with the reference: follow up and its eight characters.");
    const found = await store.find(turn.committee.id, reference);
    const isOwn = found?.signpost.by === turn.person.id;
    const problem = "You have no signposting record with that reference. Type my signposting.";
    if (found && !isOwn) throw new NotAllowed(problem);
    if (!found) throw new UserError(problem);
    return found;
  }

  async function showAgain(turn: Turn, data: unknown, { problem, canRead }: Trouble) {
    const { reference, followUp } = checked(FollowUpForm, data);
    if (!canRead) return cards.bareFollowUpCard(reference, followUp, problem);
    const found = await store.find(turn.committee.id, reference);
    if (found?.signpost.by !== turn.person.id) throw new UserError(problem);
    return cards.followUpCard(found.signpost, await around(turn), problem);
  }
}
