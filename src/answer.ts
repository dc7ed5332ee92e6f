import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Card } from "./card-template.ts";
import { NotAllowed, UserError } from "./errors.ts";
import {
  holds,
  type Command,
  type Feature,
  type Needs,
  type Trouble,
  type Turn,
  type Verb,
} from "./feature.ts";
import { measured, noted } from "./measuring.ts";
import { toldTo } from "./understanding/full.ts";
import { pastedFor } from "./understanding/pasted.ts";
import { notForYouCard, problemCard, withTaken } from "./understanding/cards.ts";
import { understanding, type UnderstandingParts } from "./understanding/index.ts";

/** What goes back for one message or press. */
export interface Answer {
  readonly card: Card;
  /** Whether the pressed card is replaced for everybody who sees it, not only whoever pressed. */
  readonly forEverybody: boolean;
}

interface Parts extends Omit<UnderstandingParts, "commands" | "hunches"> {
  /** What a text gets before anything else, typed or searched for: 999, where it sounds like danger. */
  readonly urgent: (turn: Turn, text: string) => Promise<Card | undefined>;
  readonly features: readonly Feature[];
  /** Those who hold one of the roles in the turn's committee, each with their roles in words. */
  readonly whoHolds: (turn: Turn, roles: Needs["roles"]) => Promise<string[]>;
  /** Writes down that somebody was refused. */
  readonly auditRefusal: (turn: Turn, what: string) => Promise<void>;
  readonly log: Logger;
}

/** What a text would do. */
interface MeaningSaid {
  readonly command: string;
  readonly slots: Readonly<Record<string, string>>;
  readonly confidence: number;
  /** What a question back offers. */
  readonly choices?: readonly string[];
}

const LOST_ROLE: Trouble = {
  problem:
    "You do not have the role for this at the moment, so nothing was saved. What you typed is still here: copy it, and ask an administrator. Type who is who to see them.",
  canRead: true,
};
const FAULT = "Something went wrong";
const NOT_FROM_HERE = "That button is not one of mine any more. Type help to see what I can do.";

/**
 * The way of every message: text or button → command or verb → may this person, here? → run.
 * Roles and places are checked in this one spot, so no feature can forget it.
 */
export function createAnswering(parts: Parts) {
  const { urgent, features, whoHolds, auditRefusal, log } = parts;
  const { commands, understand, welcome, warm, hush } = understanding({
    ...parts,
    commands: features.flatMap((feature) => feature.commands),
    hunches: features.flatMap(({ hunch }) => hunch ?? []),
  });
  const verbs = collectVerbs(features);

  return { commands, verbs, say, press, hold, welcome, warm, keepsAnswer, meaningOf };

  /** Answers what somebody typed. Never throws: a fault becomes a card with a reference. */
  async function say(turn: Turn, text: string): Promise<Answer> {
    const first = pastedFor(commands, text) ? undefined : await urgent(turn, text);
    if (first) {
      hush(turn);
      return { card: first, forEverybody: true };
    }
    return { card: await answered(turn, text), forEverybody: true };
  }

  /**
   * What a text would do, without doing it: the id of a command and what it was told, "ask" for a
   * question back, "none" for what is not the bot's business, "emergency" for danger now.
   */
  async function meaningOf(turn: Turn, text: string): Promise<MeaningSaid> {
    const pasted = pastedFor(commands, text);
    if (pasted) return { command: pasted.command.id, slots: {}, confidence: 1 };
    if (await urgent(turn, text)) return { command: "emergency", slots: {}, confidence: 1 };
    const understood = await understand(turn, text);
    if ("card" in understood) {
      const choices = understood.choices?.map(({ id }) => id);
      return choices
        ? { command: "ask", slots: {}, confidence: 0, choices }
        : { command: "none", slots: {}, confidence: 0 };
    }
    const { command, slots, confidence } = understood;
    const told = toldTo(command, slots, turn.committee);
    return told.isComplete
      ? { command: command.id, slots: told.slots, confidence }
      : { command: "ask", slots: told.slots, confidence, choices: [command.id] };
  }

  async function answered(turn: Turn, text: string): Promise<Card> {
    let name = "understanding a text";
    try {
      const pasted = pastedFor(commands, text);
      const understood = pasted
        ? { command: pasted.command, slots: { typed: text, list: pasted.list }, taken: undefined }
        : await measured("understanding", {}, () => understand(turn, text));
      if ("card" in understood) return understood.card;
      const { command, slots, taken } = understood;
      name = command.name;
      noted({ command: name });
      const refusal = await refuse(turn, command.needs, name, sentence(command));
      const card = refusal ?? (await command.run(turn, slots));
      return taken ? withTaken(card, taken) : card;
    } catch (error) {
      return apology(error, turn, name);
    }
  }

  /** Answers a pressed button. Never throws; what was typed into a form stays on it. */
  async function press(turn: Turn, name: string, data: unknown): Promise<Answer> {
    const verb = verbs.get(name);
    if (!verb) {
      await auditRefusal(turn, "a button that is not the bot's");
      return { card: problemCard(NOT_FROM_HERE), forEverybody: false };
    }
    noted({ command: name });
    if (verb.isPrivate) hush(turn);
    try {
      const first = verb.freeText && (await urgent(turn, verb.freeText(data)));
      if (first) {
        hush(turn);
        // Whatever else goes wrong, 999 is said.
        const card = (await verb.heard?.(turn, data).catch(() => undefined)) ?? first;
        return { card, forEverybody: !verb.justForMe };
      }
      const refusal = await refuse(turn, verb.needs, inAudit(name), "This button");
      if (!refusal) return { card: await verb.run(turn, data), forEverybody: !verb.justForMe };
      // Somebody whose role has ended keeps what they had typed.
      const isHere = verb.needs.places.includes(turn.place.kind);
      const card = isHere && verb.again && (await showAgain(verb, turn, data, LOST_ROLE));
      return { card: card || refusal, forEverybody: false };
    } catch (error) {
      const problem = await explain(error, turn, name);
      const trouble = { problem, canRead: error instanceof UserError };
      return { card: await showAgain(verb, turn, data, trouble), forEverybody: false };
    }
  }

  /** Whether the answer to a press may be kept for a while, to be given again. Reading is done again. */
  function keepsAnswer(name: string): boolean {
    const verb = verbs.get(name);
    return verb !== undefined && (verb.isDoneOnce ?? !(verb.justForMe || verb.isPrivate));
  }

  /** A pressed form as it was filled in, without doing anything or asking the tables. */
  async function hold(turn: Turn, name: string, data: unknown, problem: string) {
    const verb = verbs.get(name);
    return verb?.again && showAgain(verb, turn, data, { problem, canRead: false });
  }

  async function showAgain(verb: Verb, turn: Turn, data: unknown, trouble: Trouble): Promise<Card> {
    try {
      const heading = trouble.canRead ? undefined : FAULT;
      return (await verb.again?.(turn, data, trouble)) ?? problemCard(trouble.problem, heading);
    } catch (error) {
      return apology(error, turn, "showing the form again");
    }
  }

  async function refuse(
    turn: Turn,
    needs: Needs,
    name: string,
    what: string,
  ): Promise<Card | undefined> {
    if (!needs.roles.some((role) => holds(turn.person, role))) {
      await auditRefusal(turn, name);
      return notForYouCard(what, needs.roles, await whoHolds(turn, needs.roles));
    }
    if (needs.places.includes(turn.place.kind)) return undefined;
    await auditRefusal(turn, `${name}, from this kind of place`);
    return problemCard(
      needs.places.includes("personal")
        ? `${what} works in a personal chat with me, so that only you see it. Open a chat with me and type it there.`
        : `${what} works in a channel. Mention me there.`,
    );
  }

  /** A command says in its name what it does; a button's name is the bot's own. */
  function inAudit(name: string): string {
    return verbs.has(name) ? `the button ${name}` : name;
  }

  async function apology(error: unknown, turn: Turn, name: string): Promise<Card> {
    const heading = error instanceof UserError ? undefined : FAULT;
    return problemCard(await explain(error, turn, name), heading);
  }

  async function explain(error: unknown, turn: Turn, name: string): Promise<string> {
    if (error instanceof NotAllowed) await auditRefusal(turn, inAudit(name));
    if (error instanceof UserError) {
      log.info({ turn: turn.id, name, outcome: "told" }, "told somebody what to do instead");
      return error.message;
    }
    const reference = randomUUID().slice(0, 8);
    noted({ reference });
    log.error({ turn: turn.id, name, reference, err: error }, "a turn failed");
    return `This did not work. If you were saving something, it may not have been saved. Wait a minute, then do the same again: it is recorded only once. If it happens again, tell the people who look after this bot: reference ${reference}.`;
  }
}

function sentence({ name }: Command): string {
  return `“${name}”`;
}

function collectVerbs(features: readonly Feature[]): Map<string, Verb> {
  const verbs = new Map<string, Verb>();
  for (const [name, verb] of features.flatMap((feature) => Object.entries(feature.verbs))) {
    if (verbs.has(name)) throw new Error(`Two features answer the button ${name}`);
    verbs.set(name, verb);
  }
  return verbs;
}
