import { fill, type Card } from "../card-template.ts";
import type { Command, PlaceKind, Role } from "../feature.ts";

/** Teams shows this many buttons and hides the others in a menu. */
const BUTTONS = 6;
/** A button holds so many characters of what was typed. */
const LONGEST_KEPT = 200;

/** A press that says something for the person, as if they had typed it. */
interface Suggestion {
  readonly say: string;
  readonly purpose: string;
}

/** What this person can do here, task by task, the first few one press away. */
export function helpCard(commands: readonly Command[], elsewhere: readonly Command[] = []): Card {
  const tasks = [...new Set(commands.map(({ task }) => task))].map((task) => ({
    task,
    commands: commands.filter((command) => command.task === task).map(suggestion),
  }));
  const inPlaces = (kind: PlaceKind, task: string) => {
    const there = elsewhere.filter(({ needs }) => needs.places.includes(kind)).map(suggestion);
    if (there.length > 0) tasks.push({ task, commands: there });
  };
  if (elsewhere.length > 0) {
    inPlaces("personal", "In a personal chat with me");
    inPlaces("channel", "In a channel, with me mentioned");
  }
  const own = commands.toSorted((a, b) => Number(isForAll(a)) - Number(isForAll(b)));
  return fill("understanding/help", { tasks, first: own.slice(0, BUTTONS).map(suggestion) });
}

/** The first thing a person sees: what this is for, and where to start. */
export function welcomeCard(name: string, committee: string, commands: readonly Command[]): Card {
  const greeting = name ? `Hello, ${name}` : "Hello";
  return fill("understanding/welcome", { greeting, committee, first: commands.map(suggestion) });
}

/** Somebody said thank you. */
export function thanksCard(): Card {
  return fill("understanding/thanks", {});
}

/** Another body of the council or of somebody else was asked about. */
export function otherBodyCard(body: string, committee: string, commands: readonly Command[]): Card {
  return fill("understanding/other-body", { body, committee, commands });
}

/** The commands nearest to a text that was not understood. */
export function nearestCard(commands: readonly Command[], isForeign = false, words = ""): Card {
  return fill("understanding/nearest", {
    isForeign,
    commands: commands.map((command) => offered(command, words)),
    hasCommands: commands.length > 0,
  });
}

/** Several commands come near, and only the person knows which is meant. */
export function whichCard(commands: readonly Command[], isNegated: boolean, words = ""): Card {
  const offers = commands.map((command) => offered(command, words));
  return fill("understanding/which", { commands: offers, isNegated });
}

/** The card of a guess, which says what the text was taken for, and how to have it otherwise. */
export function withTaken(
  card: Card,
  { as, others }: { readonly as: string; readonly others: readonly string[] },
): Card {
  const said = [...others.slice(0, 2), "help"].map((say) => ({ say }));
  const { body } = fill("understanding/taken", { as, others: said });
  return { ...card, body: [...card.body, ...body] };
}

/** Something went otherwise than the person expected, and what they can do. */
export function problemCard(problem: string, heading = "I cannot do that"): Card {
  return fill("understanding/problem", { problem, heading });
}

/** Only people with one of these roles can do this, and who they are. */
export function notForYouCard(what: string, roles: readonly Role[], who: readonly string[]): Card {
  const names = roles.map((role) => `${role}s`);
  return fill("understanding/not-for-you", {
    what,
    whom: names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0],
    hasPeople: who.length > 0,
    hasNobody: who.length === 0,
    people: who.map((person) => ({ person })),
  });
}

/** What not everybody can do is what this person comes for. */
function isForAll({ needs }: Command): boolean {
  return needs.roles.includes("member");
}

/** A command to choose. One that takes any words keeps those that were typed. */
function offered({ name, purpose, takesWords }: Command, words: string) {
  const isKept = takesWords !== undefined && words !== "" && words.length <= LONGEST_KEPT;
  return { name, purpose, say: isKept ? `${takesWords} ${words}` : name };
}

function suggestion({ name, purpose }: Command): Suggestion {
  return { say: name, purpose };
}
