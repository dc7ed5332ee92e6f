import {
  CardFactory,
  MessageFactory,
  type Activity,
  type Attachment,
  type CloudAdapter,
  type TurnContext,
} from "botbuilder";
import type { Logger } from "pino";
import type { Card } from "../card-template.ts";
import type { Place, Posting, Sent } from "../feature.ts";
import { counted } from "../measuring.ts";
import type { Tables } from "../tables.ts";
import { countedAs, createConversations } from "./conversations.ts";
import {
  createDelivery,
  CrowdedError,
  MESSAGE_WAITS,
  NOBODY_WAITS,
  PRESS_WAITS,
} from "./delivery.ts";
import { createPace, TICKER, type Ticker } from "./pace.ts";
import { ConnectorError } from "./transport.ts";

/** Answers that stay the same until the bot is added again: it was removed or blocked there. */
const GONE = new Set([403, 404]);
/** The same where 404 can mean that only one message, or one thread, was deleted. */
const GONE_AS_A_WHOLE = new Set([403]);

/** What the bot sends through, and what it keeps of where to send. */
interface PostingParts {
  readonly adapter: CloudAdapter;
  readonly appId: string;
  readonly tables: Tables;
  readonly log: Logger;
  readonly ticker?: Ticker;
}

export type TeamsPosting = ReturnType<typeof createPosting>;

/**
 * Everything the bot sends goes through here: answers, cards replaced in place, and cards nobody
 * asked for. Nothing is sent twice that may have arrived, nothing faster than Teams takes it, and
 * nobody waits longer than Teams does.
 */
export function createPosting({ adapter, appId, tables, log, ticker = TICKER }: PostingParts) {
  const conversations = createConversations(tables, ticker);
  const deliver = createDelivery(createPace(ticker), ticker);
  /** The cards that are being put in place, by conversation and message. */
  const newest = new Map<string, Card>();
  const posting: Omit<Posting, "readersOf" | "nameOf"> = {
    toChannel,
    toPerson,
    renewInChannel,
    renewForPerson,
  };
  const { heardFrom, installed, removed } = conversations;
  return { ...posting, reply, replace, attach, heardFrom, installed, removed };

  /** Within the time of a press: an officer waits to hear what became of it. */
  async function toChannel(channel: Place, card: Card): Promise<Sent> {
    const delivery = { conversation: countedAs(channel), patience: PRESS_WAITS, canRepeat: false };
    return unlessGone("", channel, () =>
      deliver(delivery, () =>
        create(channel, {
          isGroup: true,
          channelData: { channel: { id: channel.channel }, tenant: { id: channel.tenant } },
          activity: messageWith(card),
        }),
      ),
    );
  }

  /** Takes its time: nobody waits for it. */
  async function toPerson(person: string, from: Place, card: Card): Promise<Sent> {
    const way = await conversations.wayTo(person);
    return unlessGone(person, { ...from, kind: "personal" }, async () => {
      const place = way ?? (await chatWith(person, from));
      const delivery = { conversation: countedAs(place), patience: NOBODY_WAITS, canRepeat: false };
      return deliver(delivery, () => send(place, messageWith(card)));
    });
  }

  /** A thread is named after its first message, which is the one that was posted. */
  async function renewInChannel(channel: Place, activity: string, card: Card): Promise<Sent> {
    const message = activity.split(";messageid=").at(-1) ?? activity;
    const place = { ...channel, conversation: activity };
    return unlessGone("", channel, () => renew(place, message, card), GONE_AS_A_WHOLE);
  }

  async function renewForPerson(
    person: string,
    from: Place,
    activity: string,
    card: Card,
  ): Promise<Sent> {
    const way = await conversations.wayTo(person);
    const work = async () => renew(way ?? (await chatWith(person, from)), activity, card);
    return unlessGone(person, { ...from, kind: "personal" }, work, GONE_AS_A_WHOLE);
  }

  async function renew(place: Place, message: string, card: Card): Promise<string> {
    const delivery = { conversation: countedAs(place), patience: NOBODY_WAITS, canRepeat: true };
    const update = { ...messageWith(card), id: message };
    await deliver(delivery, () =>
      inConversation(place, (context) => context.updateActivity(update)),
    );
    return message;
  }

  /** Teams gives the chat that there is, so asking for it twice is harmless. */
  async function chatWith(person: string, from: Place): Promise<Place> {
    const { tenant, serviceUrl, bot } = from;
    const channelData = { tenant: { id: tenant } };
    const members = [{ id: person, name: "" }];
    const delivery = { conversation: person, patience: NOBODY_WAITS, canRepeat: true };
    const conversation = await deliver(delivery, () =>
      create(from, { isGroup: false, members, channelData }),
    );
    return { kind: "personal", conversation, tenant, serviceUrl, bot };
  }

  /**
   * Answers in the conversation of the turn, in which the person spoke. False when the answer has
   * surely not arrived.
   */
  async function reply(
    context: TurnContext,
    { person, place }: { readonly person: string; readonly place: Place },
    answer: Card | string,
  ): Promise<boolean> {
    const message = typeof answer === "string" ? MessageFactory.text(answer) : messageWith(answer);
    const delivery = { conversation: countedAs(place), patience: MESSAGE_WAITS, canRepeat: false };
    try {
      await deliver(delivery, () => context.sendActivity(message));
      return true;
    } catch (error) {
      log.warn({ err: error }, "an answer was not confirmed as sent");
      const gone = place.kind === "channel" ? GONE_AS_A_WHOLE : GONE;
      await noteIfGone(error, person, place, gone);
      return !isRefusal(error);
    }
  }

  /**
   * Puts a card where another one was. Doing it twice is harmless, so it is tried again, but only
   * with the newest card for that message: a late try must not bring an older one back.
   */
  async function replace(place: Place, message: string, card: Card): Promise<void> {
    const delivery = { conversation: countedAs(place), patience: NOBODY_WAITS, canRepeat: true };
    const name = `${place.conversation} ${message}`;
    const isUnderWay = newest.has(name);
    newest.set(name, card);
    if (isUnderWay) return;
    let shown: Card | undefined;
    while (shown !== newest.get(name)) {
      shown = newest.get(name);
      try {
        await deliver(delivery, () => {
          shown = newest.get(name) ?? card;
          const update = { ...messageWith(shown), id: message };
          return inConversation(place, (context) => context.updateActivity(update));
        });
      } catch (error) {
        log.warn({ err: error }, "a card could not be replaced in place");
      }
    }
    newest.delete(name);
  }

  /** Into a person's chat, what is no card of the bot's own: Teams draws it. They wait for it. */
  async function attach(person: string, chat: Place, attachment: Attachment): Promise<Sent> {
    const delivery = { conversation: countedAs(chat), patience: PRESS_WAITS, canRepeat: false };
    return unlessGone(person, chat, () =>
      deliver(delivery, () => send(chat, MessageFactory.attachment(attachment))),
    );
  }

  async function send(place: Place, message: Partial<Activity>): Promise<string> {
    return inConversation(place, async (context) => {
      const sent = await context.sendActivity(message);
      return sent?.id ?? "";
    });
  }

  /** The SDK hands a failure in here to its own handler, so it is carried past it. */
  async function inConversation<Result>(
    place: Place,
    work: (context: TurnContext) => Promise<Result>,
  ): Promise<Result> {
    let outcome: Promise<Result> | undefined;
    await adapter.continueConversationAsync(appId, referenceTo(place), async (context) => {
      outcome = work(context);
      await outcome.catch(() => undefined);
    });
    if (!outcome) throw new Error("The conversation could not be continued");
    return outcome;
  }

  /** The new conversation's id. The SDK drops the message's own, which is a part of it. */
  async function create(place: Place, parameters: object): Promise<string> {
    let conversation = "";
    const { bot, tenant, serviceUrl } = place;
    // The SDK's type asks for fields that Teams does not take for a conversation of this kind.
    const request = { bot, tenantId: tenant, ...parameters } as Parameters<
      CloudAdapter["createConversationAsync"]
    >[4];
    await adapter.createConversationAsync(
      appId,
      "msteams",
      serviceUrl,
      "",
      request,
      async (context) => {
        conversation = context.activity.conversation.id;
      },
    );
    return conversation;
  }

  /** What became of it. Where the bot is gone nothing is tried until it is heard from again. */
  async function unlessGone(...attempt: Parameters<typeof tryUnlessGone>): Promise<Sent> {
    const sent = await tryUnlessGone(...attempt);
    counted("post", { outcome: sent.outcome, kind: attempt[1].kind });
    return sent;
  }

  async function tryUnlessGone(
    person: string,
    place: Place,
    work: () => Promise<string>,
    statuses = GONE,
  ): Promise<Sent> {
    const gone = await noted(conversations.whyGone(person, place));
    if (gone) return { outcome: "refused", reason: gone };
    try {
      return { outcome: "sent", activity: await work() };
    } catch (error) {
      log.warn({ err: error }, "a card was not confirmed as sent");
      if (error instanceof CrowdedError) return { outcome: "refused", reason: "crowded" };
      if (!(error instanceof ConnectorError)) return { outcome: "unknown" };
      if (!isRefusal(error)) return { outcome: "unknown" };
      await noteIfGone(error, person, place, statuses);
      return { outcome: "refused", reason: reasonOf(error) };
    }
  }

  async function noteIfGone(error: unknown, person: string, place: Place, statuses: Set<number>) {
    if (error instanceof ConnectorError && statuses.has(error.status ?? 0))
      await noted(conversations.refused(person, place, reasonOf(error)));
  }

  /** What is known of a conversation saves a call. Without it Teams itself says that it is gone. */
  async function noted<Result>(work: Promise<Result>): Promise<Result | undefined> {
    try {
      return await work;
    } catch (error) {
      log.warn({ err: error }, "could not look up or note that a conversation is gone");
      return undefined;
    }
  }
}

function reasonOf({ status, code }: ConnectorError): string {
  return [status, code].filter(Boolean).join(" ");
}

/** It has surely not arrived. After a time-out (408) or a fault behind Teams it may have. */
function isRefusal(error: unknown): boolean {
  if (error instanceof CrowdedError) return true;
  const status = statusOf(error);
  return status !== undefined && status !== 408 && status < 500;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof ConnectorError ? error.status : undefined;
}

/** A card alone: with text beside it the local client makes two messages of it. */
function messageWith(card: Card): Partial<Activity> {
  return MessageFactory.attachment(CardFactory.adaptiveCard(card));
}

/** A conversation as the SDK wants it. */
export function referenceTo({ conversation, tenant, serviceUrl, bot, kind }: Place) {
  return {
    serviceUrl,
    bot,
    channelId: "msteams",
    conversation: {
      id: conversation,
      tenantId: tenant,
      conversationType: kind === "group" ? "groupChat" : kind,
      isGroup: kind !== "personal",
      name: "",
    },
  };
}
