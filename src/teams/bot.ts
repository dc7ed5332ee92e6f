import { randomUUID } from "node:crypto";
import type { RouteSelector } from "@microsoft/teams-ai/lib/Application.js";
import { ActivityTypes, type TurnContext } from "botbuilder";
import type { Logger } from "pino";
import type { Answer } from "../answer.ts";
import type { Clock } from "../calendar.ts";
import { LARGEST_CARD, type Card } from "../card-template.ts";
import type { Place, Turn } from "../feature.ts";
import type { Search } from "../searching.ts";
import { counted, noted } from "../measuring.ts";
import { committeeOf, placeOf, pressOf, signedInOf, textOf } from "./activity.ts";
import type { createDeliveries } from "./deliveries.ts";
import { consentOf, filesWith, isConsent, type IsStore } from "./files.ts";
import { leaveOf, type createLimits, type Leave } from "./limits.ts";
import type { createMembership } from "./membership.ts";
import {
  TOO_LONG,
  TOO_LONG_TO_SHOW,
  AWAY,
  UNREADABLE,
  CROWDED,
  NO_ROOM,
  UNDER_WAY,
  STRANGER,
  UNSURE,
  NO_COUNCIL,
} from "./no-answer.ts";
import type { TeamsPosting } from "./posting.ts";
import { NoTurnState, QuietApplication } from "./quiet-application.ts";
import { createSearching } from "./searching.ts";

/** What the bot asks the rest of the product. */
export interface BotParts {
  readonly say: (turn: Turn, text: string) => Promise<Answer>;
  readonly press: (turn: Turn, verb: string, data: unknown) => Promise<Answer>;
  readonly welcome: (turn: Turn) => Card;
  /** Whether the answer to a press may be kept, so that another replica can give the same. */
  readonly keepsAnswer: (verb: string) => boolean;
  readonly search: Search;
  /** Who is speaking and in which committee, or undefined before the council is set up. */
  readonly turnFor: (
    signedIn: { readonly id: string; readonly name: string },
    rest: Pick<Turn, "id" | "place" | "now" | "files">,
    /** What it says of the committee it is about. */
    about: { readonly text: string; readonly committee: string | undefined },
  ) => Promise<Turn | undefined>;
  /** Work that goes on after the answer and is waited for when the bot stops. */
  readonly afterwards: (work: Promise<unknown>) => void;
  /** Whether whoever speaks belongs to the council. */
  readonly standingOf: ReturnType<typeof createMembership>;
  /** The pressed form as it was filled in, with a problem on it, or undefined if it is no form. */
  readonly hold: (
    turn: Turn,
    verb: string,
    data: unknown,
    problem: string,
  ) => Promise<Card | undefined>;
  /** Whether this person, of this tenant, may go on at the moment. */
  readonly leaveFor: ReturnType<typeof createLimits>;
  /** The same for searches, which are asked for at every letter. */
  readonly leaveToSearch: ReturnType<typeof createLimits>;
  readonly deliveries: ReturnType<typeof createDeliveries>;
  readonly clock: Clock;
  /** Whether files may come from an address. */
  readonly isStore: IsStore;
  readonly log: Logger;
}

/**
 * Teams activity → Turn → answer → Teams. The library routes; its turn state, typing timer,
 * mention removal and card actions are switched off or gone round, because they lose updates,
 * stop each other's timers, and show one person's card to everybody.
 */
export function createBot(posting: TeamsPosting, parts: BotParts) {
  const { standingOf, deliveries } = parts;
  const app = new QuietApplication({
    startTypingTimer: false,
    removeRecipientMention: false,
    turnStateFactory: () => new NoTurnState(),
  });
  app.addRoute(isConsent, answerConsent, true);
  app.addRoute(isInvoke("adaptiveCard/action"), answerPress, true);
  const searching = createSearching({
    search: parts.search,
    leaveFor: (context) => leaveOf(context, parts.leaveToSearch),
    reachable,
    log: parts.log,
  });
  for (const [name, answer] of Object.entries(searching))
    app.addRoute(isInvoke(name), answer, true);
  app.addRoute(isType(ActivityTypes.Message), answerMessage);
  app.addRoute(isInstallation("add"), greet);
  app.addRoute(isInstallation("remove"), leave);
  return app;

  async function answerMessage(context: TurnContext): Promise<void> {
    await deliveries.once(context.activity, async () => {
      const leave = await leaveFor(context);
      if (leave === "wait, and say so") await reply(context, CROWDED);
      if (leave === "no room") await reply(context, NO_ROOM);
      if (leave !== "go on") return;
      const turn = await reachable(context);
      // Before anything is done: what another replica has taken up has its effect there.
      if (!(await deliveries.claim(context.activity, parts.clock()))) return;
      if (typeof turn === "string") await reply(context, turn);
      else await say(context, turn);
    });
  }

  async function say(context: TurnContext, turn: Turn): Promise<void> {
    const { activity } = context;
    const started = performance.now();
    const { card } = await parts.say(turn, textOf(activity));
    const mayHaveArrived = await reply(context, isTooLarge(card) ? TOO_LONG_TO_SHOW : card);
    if (!mayHaveArrived) parts.afterwards(deliveries.release(activity, turn.now));
    logTurn("message", started);
  }

  /** The answer replaces the pressed card at once; the posted message follows afterwards. */
  async function answerPress(context: TurnContext): Promise<void> {
    const leave = await leaveFor(context);
    const answer = await answerWith(leave, context);
    if (typeof answer === "string") await respond(context, undefined, answer);
    else await respond(context, answer);
  }

  /** What is not done need not be remembered: it is the same when it is delivered again. */
  function answerWith(leave: Leave, context: TurnContext): Promise<Card | string> | string {
    if (leave === "go on") return deliveries.once(context.activity, () => pressedOnce(context));
    // The form stays as it is on the screen, where there is no time to fill it in again.
    return leave === "no room" ? NO_ROOM : held(context, CROWDED);
  }

  /** The same answer from every replica, and the effect from one. */
  async function pressedOnce(context: TurnContext): Promise<Card | string> {
    if (!parts.keepsAnswer(pressOf(context.activity)?.verb ?? "")) return pressed(context);
    const answer = await deliveries.answerOnce(context.activity, parts.clock(), async () =>
      JSON.stringify(await pressed(context)),
    );
    if (answer === undefined) return held(context, UNDER_WAY);
    // What `pressed` gave, here or on another replica.
    return JSON.parse(answer) as Card | string;
  }

  /** The card to show, or in words why there is none: then what was pressed stays as it is. */
  async function pressed(context: TurnContext): Promise<Card | string> {
    const started = performance.now();
    const press = pressOf(context.activity);
    if (!press) return UNREADABLE;
    const turn = await reachable(context);
    if (typeof turn === "string") return turn;
    const { card, forEverybody } = await parts.press(turn, press.verb, press.data);
    if (isTooLarge(card)) return TOO_LONG;
    const message = context.activity.replyToId;
    if (forEverybody && message) parts.afterwards(posting.replace(turn.place, message, card));
    logTurn("press", started);
    return card;
  }

  /** The question is gone once it is answered; a problem is said beside it. */
  async function answerConsent(context: TurnContext): Promise<void> {
    await deliveries.once(context.activity, async () => {
      const answer = consentOf(context.activity);
      const leave = await leaveFor(context);
      if (!answer || leave === "wait") return;
      const busy = leave === "no room" ? NO_ROOM : CROWDED;
      const turn = leave === "go on" ? await reachable(context) : busy;
      if (!(await deliveries.claim(context.activity, parts.clock()))) return;
      if (typeof turn === "string") {
        await reply(context, turn);
        return;
      }
      const { card, forEverybody } = await parts.press(turn, answer.verb, answer.data);
      const message = context.activity.replyToId;
      if (forEverybody && message) parts.afterwards(posting.replace(turn.place, message, card));
      else await reply(context, card);
    });
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200 } });
  }

  /** The form as it was filled in, for somebody who has to wait. */
  async function held(context: TurnContext, problem: string): Promise<Card | string> {
    const press = pressOf(context.activity);
    const turn = await reachable(context);
    if (!press || typeof turn === "string") return problem;
    const card = await parts.hold(turn, press.verb, press.data, problem);
    return card && !isTooLarge(card) ? card : problem;
  }

  function leaveFor(context: TurnContext): Promise<Leave> {
    return leaveOf(context, parts.leaveFor);
  }

  async function greet(context: TurnContext): Promise<void> {
    await deliveries.once(context.activity, async () => {
      const leave = await leaveFor(context);
      // Teams says once that the bot was added.
      if (leave !== "go on" && leave !== "no room") return;
      if (!(await deliveries.claim(context.activity, parts.clock()))) return;
      const turn = await reachable(context);
      const added = installationOf(context);
      if (typeof turn === "string" || !added) return;
      await posting.installed(added.person, added.place);
      await reply(context, parts.welcome(turn));
    });
  }

  /** Who took the bot away can often not be asked for any more, but a stranger is refused. */
  async function leave(context: TurnContext): Promise<void> {
    if ((await standingOf(context)) === "stranger") return;
    const left = installationOf(context);
    if (left) await posting.removed(left.person, left.place);
  }

  /** The turn, or in words why there is none. */
  async function reachable(context: TurnContext): Promise<Turn | string> {
    try {
      const standing = await standingOf(context);
      if (standing === "stranger") {
        counted("refusal", { reason: "guest" });
        const { kind } = placeOf(context.activity);
        parts.log.warn(
          { person: signedInOf(context.activity)?.id, place: kind },
          "refused a guest",
        );
        return STRANGER;
      }
      return standing === "member" ? await turnOf(context) : UNSURE;
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      noted({ reference });
      parts.log.error({ err: error, reference }, "could not look up who is speaking");
      return `${AWAY} ${reference}.`;
    }
  }

  async function turnOf(context: TurnContext): Promise<Turn | string> {
    const { activity } = context;
    const signedIn = signedInOf(activity);
    if (!signedIn) return STRANGER;
    const place = placeOf(activity);
    const committee = consentOf(activity)?.committee ?? committeeOf(activity);
    const about = { text: textOf(activity), committee };
    const files = filesWith(activity, parts.isStore);
    const rest = { id: activity.id ?? "", place, now: parts.clock(), files };
    const turn = await parts.turnFor(signedIn, rest, about);
    if (!turn) return NO_COUNCIL;
    parts.afterwards(posting.heardFrom(turn.person.id, place));
    return turn;
  }

  function reply(context: TurnContext, answer: Card | string): Promise<boolean> {
    const { activity } = context;
    const person = signedInOf(activity)?.id ?? "";
    return posting.reply(context, { person, place: placeOf(activity) }, answer);
  }

  function logTurn(name: string, started: number): void {
    parts.log.debug({ name, ms: Math.round(performance.now() - started) }, "answered");
  }
}

/** Whose chat the bot was added to or taken from, or which team. Nobody's chat is nowhere. */
function installationOf({ activity }: TurnContext): { person: string; place: Place } | undefined {
  const place = placeOf(activity);
  const person = signedInOf(activity)?.id ?? "";
  return person || place.kind !== "personal" ? { person, place } : undefined;
}

/** Universal Action answer. Sent by ourselves: the library's own way can leak it to everybody. */
async function respond(context: TurnContext, card: Card | undefined, message = ""): Promise<void> {
  const body = card
    ? { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: card }
    : {
        statusCode: 400,
        type: "application/vnd.microsoft.error",
        value: { code: "BadRequest", message },
      };
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
}

function isTooLarge(card: Card): boolean {
  return JSON.stringify(card).length > LARGEST_CARD;
}

function isType(type: string): RouteSelector {
  return async ({ activity }) => activity.type === type;
}

function isInvoke(name: string): RouteSelector {
  return async ({ activity }) => activity.type === ActivityTypes.Invoke && activity.name === name;
}

/** Adding and removing only: an upgrade of the app changes nothing about where it is. */
function isInstallation(action: "add" | "remove"): RouteSelector {
  return async ({ activity }) =>
    activity.type === ActivityTypes.InstallationUpdate && activity.action === action;
}
