import {
  CardFactory,
  MessageFactory,
  type Activity,
  type CloudAdapter,
  type TurnContext,
} from "botbuilder";
import type { Logger } from "pino";
import type { Card } from "../card-template.ts";
import { Place, type Posting, type Sent } from "../feature.ts";
import { key, type Tables } from "../tables.ts";
import { ConnectorError } from "./transport.ts";

/** Answers after which nothing has arrived and a second try is safe. */
const NOT_TAKEN = new Set([412, 429]);
const TRIES = 3;
const SHORTEST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 1500;

export type TeamsPosting = ReturnType<typeof createPosting>;

/**
 * Everything the bot sends goes through here: answers, cards replaced in place, and cards nobody
 * asked for. Table `conversations`, partition `personal`, row person: where to write to somebody.
 */
export function createPosting(adapter: CloudAdapter, appId: string, tables: Tables, log: Logger) {
  const known = new Map<string, string>();
  const posting: Posting = { toChannel, toPerson };
  return { ...posting, replace, remember, retrying };

  async function toChannel(channel: Place, card: Card): Promise<Sent> {
    const activity = messageWith(card);
    return settle(() =>
      create(channel, {
        isGroup: true,
        channelData: { channel: { id: channel.channel }, tenant: { id: channel.tenant } },
        activity,
      }),
    );
  }

  async function toPerson(person: string, from: Place, card: Card): Promise<Sent> {
    const row = await (await tables("conversations")).find("personal", key(person));
    if (row) {
      const place = Place.parse(JSON.parse(String(row.place)));
      return settle(() => send(place, card));
    }
    return settle(async () => {
      const channelData = { tenant: { id: from.tenant } };
      const members = [{ id: person, name: "" }];
      const conversation = await create(from, { isGroup: false, members, channelData });
      return send({ ...from, kind: "personal", conversation }, card);
    });
  }

  /** Puts a card where another one was. Doing it twice is harmless, so it is tried again. */
  async function replace(place: Place, message: string, card: Card): Promise<void> {
    try {
      await retrying(() =>
        inConversation(place, (context) =>
          context.updateActivity({ ...messageWith(card), id: message }),
        ),
      );
    } catch (error) {
      log.warn({ err: error }, "a card could not be replaced in place");
    }
  }

  /** Keeps the way to somebody's personal chat, from an authenticated turn only. */
  async function remember(person: string, place: Place): Promise<void> {
    const { kind, conversation, tenant, serviceUrl, bot } = place;
    const way = JSON.stringify({ kind, conversation, tenant, serviceUrl, bot });
    if (known.get(person) === way) return;
    const table = await tables("conversations");
    await table.put({ partitionKey: "personal", rowKey: key(person), place: way });
    known.set(person, way);
  }

  async function send(place: Place, card: Card): Promise<string> {
    return inConversation(place, async (context) => {
      const sent = await context.sendActivity(messageWith(card));
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

  async function settle(work: () => Promise<string>): Promise<Sent> {
    try {
      return { outcome: "sent", activity: await retrying(work) };
    } catch (error) {
      log.warn({ err: error }, "a card was not confirmed as sent");
      const status = error instanceof ConnectorError ? error.status : undefined;
      const isRefusal = status !== undefined && status < 500;
      return isRefusal ? { outcome: "refused", reason: String(status) } : { outcome: "unknown" };
    }
  }
}

/** Tries again only where the connector said that it has not taken the message. */
async function retrying<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isSafe = error instanceof ConnectorError && NOT_TAKEN.has(error.status ?? 0);
      if (!isSafe || attempt === TRIES) throw error;
      const asked = error.retryAfter ?? SHORTEST_WAIT_MS * 2 ** attempt;
      const jitter = Math.random() * SHORTEST_WAIT_MS;
      await new Promise((resolve) =>
        setTimeout(resolve, Math.min(asked, LONGEST_WAIT_MS) + jitter),
      );
    }
  }
}

/** A card alone: with text beside it the local client makes two messages of it. */
export function messageWith(card: Card): Partial<Activity> {
  return MessageFactory.attachment(CardFactory.adaptiveCard(card));
}

function referenceTo({ conversation, tenant, serviceUrl, bot, kind }: Place) {
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
