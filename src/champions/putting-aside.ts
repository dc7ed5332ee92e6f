import type { Card } from "../card-template.ts";
import { UserError } from "../errors.ts";
import { IN_PERSON, type Turn, type Verb } from "../feature.ts";
import { discardedCard } from "./draft-cards.ts";
import { draftOf, type forms } from "./form.ts";
import * as length from "./length.ts";
import type { ownership } from "./ownership.ts";

/** A form put aside as a draft, discarded, or brought back. */
export function puttingAside(
  { ownForm }: ReturnType<typeof ownership>,
  { drafts, showForm, showAgain, withCarried }: ReturnType<typeof forms>,
) {
  const champion = { roles: ["champion"], places: IN_PERSON } as const;
  const verbs: Record<string, Verb> = {
    "champions.save": { needs: champion, run: saveDraft, again: showAgain },
    "champions.discard": { needs: champion, run: discard, again: showAgain },
    "champions.restore": { needs: champion, run: restore, again: showAgain },
  };
  return { verbs };

  async function saveDraft(turn: Turn, data: unknown): Promise<Card> {
    const form = await withCarried(turn, await ownForm(turn, data));
    length.checkLength(form);
    const placed = await drafts.place(turn, draftOf(turn, form));
    const apart = placed.isApart
      ? " You saved another text from this form before. It is still there, as a draft of its own."
      : "";
    const card = await showForm(turn, placed.draft, {
      note: `Draft saved. Only you can see it. Type log update to go on with it, here or on another day.${apart}`,
      openedFor: form.month,
      others: placed.others,
    });
    length.checkFits(card);
    // Where another copy of the form was saved in between, the card would show what is not so.
    return (await drafts.keep(turn, placed)) ? card : saveDraft(turn, data);
  }

  /** Takes the draft away; the words stay on the card's button until the person moves on. */
  async function discard(turn: Turn, data: unknown): Promise<Card> {
    const form = await ownForm(turn, data);
    const sent = { ...form, priorities: form.priorities.join(), carry: form.carry.join() };
    if (!length.isSendable(discardedCard(sent, undefined)))
      throw new UserError(
        "This is too long to be brought back after it is discarded, so nothing was discarded. Empty the sections, then press Discard.",
      );
    return discardedCard(sent, await drafts.forget(turn, form));
  }

  async function restore(turn: Turn, data: unknown): Promise<Card> {
    const form = await ownForm(turn, data);
    return showForm(turn, draftOf(turn, form), { carried: form.carry, openedFor: form.openedFor });
  }
}
