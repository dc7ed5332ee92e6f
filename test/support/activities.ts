import { randomUUID } from "node:crypto";
import type { Card } from "../../src/card-template.ts";

/** A person as Teams names them. */
interface Sender {
  readonly id: string;
  readonly name: string;
}

const BOT = { id: "28:bot", name: "Community Champions" };
export const TENANT = "0c0ffee0-0000-4000-8000-000000000001";

/** Activities as the local Teams client sends them, addressed to a bot that runs. */
export function activitiesTo(
  bot: string,
  connector: string,
  authorization: () => Promise<string> = async () => "",
) {
  return { post, say, press, invoke, install, uninstall, messageFrom, pressFrom, installFrom };

  /** Sends any body as it is. */
  async function post(body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${bot}/api/messages`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: await authorization(),
        ...headers,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  }

  function say(from: Sender, text: string, place: object = personal(from)) {
    return post(messageFrom(from, text, place));
  }

  function messageFrom(from: Sender, text: string, place: object = personal(from)) {
    return { ...base(from, place), type: "message", text };
  }

  /** Presses a button. The answer's card takes the pressed one's place for whoever pressed. */
  async function press(from: Sender, verb: string, data: object, place: object = personal(from)) {
    const { status, text } = await post(pressFrom(from, verb, data, place));
    // The bot answers a press with a card, as Universal Actions want it.
    return { status, card: (JSON.parse(text || "{}") as { value?: Card }).value };
  }

  function pressFrom(from: Sender, verb: string, data: object, place: object = personal(from)) {
    const value = { action: { type: "Action.Execute", verb, data } };
    const replyToId = "message-1";
    return {
      ...base(from, place),
      ...{ type: "invoke", name: "adaptiveCard/action", value, replyToId },
    };
  }

  /** What Teams asks while somebody writes, and waits five seconds for. */
  async function invoke(from: Sender, name: string, value: object, place: object = personal(from)) {
    const { status, text } = await post({ ...base(from, place), type: "invoke", name, value });
    return { status, body: JSON.parse(text || "{}") as Record<string, unknown> };
  }

  function install(from: Sender, place: object = personal(from)) {
    return post(installFrom(from, place));
  }

  function installFrom(from: Sender, place: object = personal(from)) {
    return { ...base(from, place), type: "installationUpdate", action: "add" };
  }

  function uninstall(from: Sender, place: object = personal(from)) {
    return post({ ...base(from, place), type: "installationUpdate", action: "remove" });
  }

  function base(from: Sender, place: object) {
    return {
      id: randomUUID(),
      channelId: "msteams",
      serviceUrl: connector,
      from: { id: `29:${from.id}`, name: from.name, aadObjectId: from.id },
      recipient: BOT,
      locale: "en-GB",
      ...place,
    };
  }
}

/** A personal chat with the bot. */
function personal({ id }: Sender) {
  return {
    conversation: { conversationType: "personal", id: `chat-${id}`, tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
  };
}

/** A thread in a channel, in which the bot is mentioned. */
export function channel(name: string, mentions = 1) {
  const mention = { type: "mention", text: "<at>Community Champions</at>", mentioned: BOT };
  return {
    conversation: {
      conversationType: "channel",
      isGroup: true,
      id: `${name};messageid=1`,
      tenantId: TENANT,
    },
    channelData: { tenant: { id: TENANT }, team: { id: "team" }, channel: { id: name } },
    entities: Array.from({ length: mentions }, () => mention),
  };
}

/** A team as such: what Teams names when the bot is added to it or taken from it. */
export function team() {
  return {
    conversation: { conversationType: "channel", isGroup: true, id: "team", tenantId: TENANT },
    channelData: { tenant: { id: TENANT }, team: { id: "team" } },
  };
}
