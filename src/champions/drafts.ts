import type { Month } from "../calendar.ts";
import type { Turn } from "../feature.ts";
import { isReplacedBy, placeDraft, type Placed, type Unsent } from "./draft-rules.ts";
import { isRepeat } from "./rules.ts";
import type { Draft, Typed } from "./schema.ts";
import type { ChampionStore } from "./store.ts";

/** The texts that a person put aside. Each form has a draft of its own, and none replaces another's. */
export function keptDrafts(store: ChampionStore) {
  return { unsent, place, keep, save, forget };

  /** The person's drafts for a district, the newest first, without those that were sent as they are. */
  async function unsent({ committee, person }: Turn, district: string): Promise<Unsent[]> {
    const saved = await store.draftsOf(committee.id, person.id, district);
    const months = [...new Set(saved.map(({ draft }) => draft.month))];
    const updates = new Map(
      await Promise.all(
        months.map(async (month): Promise<[Month, Unsent["current"]]> => {
          const current = (await store.find(committee.id, month, district))?.update;
          // What an officer recorded from the meeting is not the champion's to change.
          return [month, current?.kind === "written" ? current : undefined];
        }),
      ),
    );
    return saved
      .map((each) => ({ ...each, current: updates.get(each.draft.month) }))
      .filter(({ draft, current }) => !isRepeat(draft, current, committee));
  }

  /** What saving it would do, and the drafts there are beside it. */
  async function place({ id, committee, person }: Turn, draft: Draft) {
    const saved = await store.draftsOf(committee.id, person.id, draft.district);
    const placed = placeDraft(draft, saved, id);
    const { operation } = placed.draft;
    return { ...placed, others: saved.filter((each) => each.draft.operation !== operation) };
  }

  /** Puts a text aside and gives the draft it became. */
  async function save(turn: Turn, draft: Draft): Promise<Draft> {
    const placed = await place(turn, draft);
    return (await keep(turn, placed)) ? placed.draft : save(turn, draft);
  }

  /** False when somebody was there first: look again at what is there now. */
  async function keep(
    { committee, now }: Turn,
    { draft, previous, isThere }: Placed,
  ): Promise<boolean> {
    return isThere || store.saveDraft(committee.id, draft, now.toString(), previous?.etag);
  }

  /** Takes away the draft of a form, and gives it back if another text was saved from that form. */
  async function forget(
    turn: Turn,
    form: Typed & Pick<Draft, "operation" | "saved" | "district">,
  ): Promise<Draft | undefined> {
    const { committee, person } = turn;
    const { district, operation } = form;
    const stored = await store.findDraft(committee.id, person.id, district, operation);
    if (!stored) return undefined;
    if (!isReplacedBy(stored.draft, form)) return stored.draft;
    return (await store.removeDraft(committee.id, stored)) ? undefined : forget(turn, form);
  }
}
