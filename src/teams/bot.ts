import { Application, type RouteSelector } from "@microsoft/teams-ai/lib/Application.js";
import { TurnState } from "@microsoft/teams-ai/lib/TurnState.js";
import { ActivityTypes, type TurnContext } from "botbuilder";
import type { Logger } from "pino";
import type { Answer } from "../answer.ts";
import type { Clock } from "../calendar.ts";
import { LARGEST_CARD, type Card } from "../card-template.ts";
import type { Place, Turn } from "../feature.ts";
import { committeeOf, placeOf, pressOf, signedInOf, textOf } from "./activity.ts";
import type { TeamsPosting } from "./posting.ts";

/** What the bot asks the rest of the product. */
export interface BotParts {
  readonly say: (turn: Turn, text: string) => Promise<Answer>;
  readonly press: (turn: Turn, verb: string, data: unknown) => Promise<Answer>;
  readonly welcome: (turn: Turn) => Card;
  /** Who is speaking and in which committee, or undefined before the council is set up. */
  readonly turnFor: (
    signedIn: { readonly id: string; readonly name: string },
    rest: Pick<Turn, "id" | "place" | "now">,
    /** What it says of the committee it is about. */
    about: { readonly text: string; readonly committee: string | undefined },
  ) => Promise<Turn | undefined>;
  /** Work that goes on after the answer and is waited for when the bot stops. */
  readonly afterwards: (work: Promise<unknown>) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

const TOO_LONG =
  "That is too long for Teams to send back. Nothing was saved. Shorten it and try again.";
const TOO_LONG_TO_SHOW = "That is too long for one message in Teams. Ask for a part of it.";
const AWAY =
  "I cannot reach my records at the moment, so nothing was done. Wait a minute, then try again.";
const UNREADABLE = "I cannot read that button. Type help to start again.";
const NO_COUNCIL = "I am not set up for a committee yet. Ask the people who look after this bot.";

/**
 * Teams activity → Turn → answer → Teams. The library routes; its turn state, typing timer,
 * mention removal and card actions are switched off or gone round, because they lose updates,
 * stop each other's timers, and show one person's card to everybody.
 */
export function createBot(posting: TeamsPosting, parts: BotParts) {
  const app = new QuietApplication({
    startTypingTimer: false,
    removeRecipientMention: false,
    turnStateFactory: () => new NoTurnState(),
  });
  app.addRoute(isCardAction, answerPress, true);
  app.addRoute(isType(ActivityTypes.Message), answerMessage);
  app.addRoute(isInstallation("add"), greet);
  app.addRoute(isInstallation("remove"), leave);
  return app;

  async function answerMessage(context: TurnContext): Promise<void> {
    const turn = await reachable(context);
    if (!turn) return;
    const started = performance.now();
    const { card } = await parts.say(turn, textOf(context.activity));
    await reply(context, isTooLarge(card) ? TOO_LONG_TO_SHOW : card);
    logTurn("message", started);
  }

  /** The answer replaces the pressed card at once; the posted message follows afterwards. */
  async function answerPress(context: TurnContext): Promise<void> {
    const started = performance.now();
    const press = pressOf(context.activity);
    const turn = press && (await reachable(context));
    if (!press || !turn) return respond(context, undefined, press ? AWAY : UNREADABLE);
    const { card, forEverybody } = await parts.press(turn, press.verb, press.data);
    if (isTooLarge(card)) return respond(context, undefined, TOO_LONG);
    await respond(context, card);
    const message = context.activity.replyToId;
    if (forEverybody && message) parts.afterwards(posting.replace(turn.place, message, card));
    logTurn(press.verb, started);
  }

  async function greet(context: TurnContext): Promise<void> {
    const added = installationOf(context);
    if (added) await posting.installed(added.person, added.place);
    const turn = await turnOf(context);
    if (turn) await reply(context, parts.welcome(turn));
  }

  async function leave(context: TurnContext): Promise<void> {
    const left = installationOf(context);
    if (left) await posting.removed(left.person, left.place);
  }

  /** The turn, or undefined and said so while nobody can be looked up. */
  async function reachable(context: TurnContext): Promise<Turn | undefined> {
    try {
      return await turnOf(context);
    } catch (error) {
      parts.log.error({ err: error }, "could not look up who is speaking");
      if (context.activity.type === ActivityTypes.Message) await reply(context, AWAY);
      return undefined;
    }
  }

  async function turnOf(context: TurnContext): Promise<Turn | undefined> {
    const { activity } = context;
    const signedIn = signedInOf(activity);
    if (!signedIn) return undefined;
    const place = placeOf(activity);
    const about = { text: textOf(activity), committee: committeeOf(activity) };
    const rest = { id: activity.id ?? "", place, now: parts.clock() };
    const turn = await parts.turnFor(signedIn, rest, about);
    if (!turn && activity.type === ActivityTypes.Message) await reply(context, NO_COUNCIL);
    if (turn) parts.afterwards(posting.heardFrom(turn.person.id, place));
    return turn;
  }

  async function reply(context: TurnContext, answer: Card | string): Promise<void> {
    await posting.reply(context, placeOf(context.activity), answer);
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

const isCardAction: RouteSelector = async ({ activity }) =>
  activity.type === ActivityTypes.Invoke && activity.name === "adaptiveCard/action";

/** Adding and removing only: an upgrade of the app changes nothing about where it is. */
function isInstallation(action: "add" | "remove"): RouteSelector {
  return async ({ activity }) =>
    activity.type === ActivityTypes.InstallationUpdate && activity.action === action;
}

/** The library starts its typing timer whatever its option says. */
class QuietApplication extends Application {
  override startTypingTimer(): void {}
}

/** The library wants a state for each turn. This one reads nothing and writes nothing. */
class NoTurnState extends TurnState {
  readonly #temp = { input: "", inputFiles: [], lastOutput: "", actionOutputs: {}, authTokens: {} };

  override get conversation() {
    return {};
  }

  override get user() {
    return {};
  }

  override get temp() {
    return this.#temp;
  }

  override async load(): Promise<boolean> {
    return false;
  }

  override async save(): Promise<void> {}
}
