import type { Card } from "./card-template.ts";
import type { Committee } from "./council.ts";
import type { Place } from "./feature.ts";
import { committeeNamedIn } from "./understanding/slots.ts";

/** What a message says of the committee it is about: in words, or as a card's button does. */
export interface About {
  readonly text?: string;
  readonly committee?: string | undefined;
}

interface Parts {
  readonly committees: () => Promise<Committee[]>;
  /** The channel that a committee's digests go to. */
  readonly channelOf: (committee: string) => Promise<string | undefined>;
}

/** One deployment serves several committees: which of them a message is about. */
export function whichCommittee({ committees, channelOf }: Parts) {
  return { candidates };

  /** The one that is meant, or in a committee's own channel that one, or else all of them. */
  async function candidates({ channel }: Place, about: About): Promise<Committee[]> {
    const known = await committees();
    // A button of a committee that is not known here (removed, or added a moment ago) is about no other.
    if (about.committee !== undefined) return known.filter(({ id }) => id === about.committee);
    if (known.length < 2) return known;
    const meant = committeeNamedIn(about.text ?? "", known);
    if (meant) return [meant];
    if (!channel) return known;
    const channels = await Promise.all(known.map(({ id }) => channelOf(id)));
    const own = known.filter((_, index) => channels[index] === channel);
    return own.length > 0 ? own : known;
  }
}

/**
 * Writes the committee on a card's buttons, so that a press is about the same one. With only one
 * committee too: the card may still be open when a second one is added.
 */
export function marked(card: Card, { id }: Committee): Card {
  const body = card.body.map((element) => markedPart(element, id));
  return card.actions
    ? { ...card, body, actions: markedActions(card.actions, id) }
    : { ...card, body };
}

/** Buttons stand at the end of a card, and in rows beside what they are about. */
function markedPart(element: unknown, id: string): unknown {
  if (typeof element !== "object" || element === null) return element;
  if ("actions" in element && Array.isArray(element.actions))
    return { ...element, actions: markedActions(element.actions, id) };
  if ("items" in element && Array.isArray(element.items))
    return { ...element, items: element.items.map((item) => markedPart(item, id)) };
  return element;
}

function markedActions(actions: readonly unknown[], id: string): unknown[] {
  return actions.map((action) =>
    comesBack(action) ? { ...action, data: { ...action.data, committee: id } } : action,
  );
}

/** A button whose press the bot hears of. */
function comesBack(action: unknown): action is { data?: object } {
  if (typeof action !== "object" || action === null || !("type" in action)) return false;
  return action.type === "Action.Execute" || action.type === "Action.Submit";
}
