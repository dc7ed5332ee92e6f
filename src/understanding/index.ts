import type { Card } from "../card-template.ts";
import { ANYWHERE, EVERYONE, holds, type Command, type Slots, type Turn } from "../feature.ts";
import { helpCard, nearestCard, welcomeCard } from "./cards.ts";
import { createUnderstanding } from "./rules.ts";

/**
 * Turns text into a command. It reads only what the features declare, and so do help and the
 * buttons for a near miss: a command is written down once.
 */
export function understanding(features: readonly Command[]) {
  const help: Command = {
    name: "help",
    phrases: [
      "what can you do",
      "what can i do",
      "commands",
      "?",
      "start",
      "hello",
      "hi",
      "hey",
      "thanks",
      "thank you",
    ],
    purpose: "See what you can do here.",
    task: "About this bot",
    needs: { roles: EVERYONE, places: ANYWHERE },
    run: showHelp,
  };
  const commands = [...features, help];
  const helpCards = new Map<string, Card>();
  const read = createUnderstanding(commands);

  return {
    commands,
    /** What greets a person who has just added the bot. */
    welcome(turn: Turn): Card {
      const own = features.filter((command) => isFor(turn, command));
      // In a team it greets everybody, not the one who added it.
      const name = turn.place.kind === "personal" ? turn.person.name : "";
      return welcomeCard(name, turn.committee.name, [...own.slice(0, 3), help]);
    },
    /** The command to run for a text, or a card that offers the nearest ones. */
    understand(turn: Turn, text: string): { command: Command; slots: Slots } | { card: Card } {
      const meaning = read(text, turn.committee, turn.now);
      if ("command" in meaning) return meaning;
      const nearest = meaning.nearest.filter((command) => isFor(turn, command));
      return { card: nearestCard(nearest) };
    },
  };

  /** The same for everybody with the same roles in the same kind of place, so made once. */
  async function showHelp(turn: Turn): Promise<Card> {
    const roles = [...new Set(turn.person.holdings.map(({ role }) => role))].toSorted();
    const id = [turn.place.kind, ...roles].join();
    const card =
      helpCards.get(id) ??
      helpCard(
        commands.filter((command) => isFor(turn, command)),
        commands.filter((command) => isElsewhere(turn, command)),
      );
    helpCards.set(id, card);
    return card;
  }
}

/** Theirs, but in another kind of place. */
function isElsewhere({ person, place }: Turn, { needs }: Command): boolean {
  return !needs.places.includes(place.kind) && needs.roles.some((role) => holds(person, role));
}

function isFor({ person, place }: Turn, { needs }: Command): boolean {
  return needs.places.includes(place.kind) && needs.roles.some((role) => holds(person, role));
}
