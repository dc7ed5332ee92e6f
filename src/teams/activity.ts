import type { Activity } from "botbuilder";
import { z } from "zod/v4";
import type { Place, PlaceKind } from "../feature.ts";

const KINDS: Record<string, PlaceKind> = {
  personal: "personal",
  groupChat: "group",
  channel: "channel",
};

const ChannelData = z
  .object({
    team: z.object({ id: z.string() }).optional(),
    channel: z.object({ id: z.string() }).optional(),
  })
  .catch({});

const Press = z.object({
  action: z.object({ verb: z.string(), data: z.unknown() }),
});

const AboutCommittee = z.object({ committee: z.string() });

const Said = z.object({ say: z.string() });

/** Who signed in, as the authenticated activity says. Without an Entra id there is nobody. */
export function signedInOf({ from }: Activity): { id: string; name: string } | undefined {
  const id = from?.aadObjectId;
  return id ? { id, name: from.name || "there" } : undefined;
}

/** Where the activity was written. */
export function placeOf(activity: Activity): Place {
  const { conversation, recipient, serviceUrl } = activity;
  const { team, channel } = ChannelData.parse(activity.channelData ?? {});
  return {
    // A place of unknown kind gets the rules of a channel, the strictest there are.
    kind: KINDS[conversation.conversationType ?? ""] ?? "channel",
    conversation: conversation.id,
    tenant: conversation.tenantId ?? "",
    serviceUrl,
    bot: { id: recipient.id, name: recipient.name ?? "" },
    ...(team ? { team: team.id } : {}),
    ...(channel ? { channel: channel.id } : {}),
  };
}

/**
 * What the person said: the text without the mentions of this bot, or the words that a pressed
 * button says for them. The SDK's own removal takes only the first mention and fails without text.
 */
export function textOf({ text, entities, recipient, value }: Activity): string {
  let said = text ?? Said.safeParse(value).data?.say ?? "";
  for (const entity of entities ?? []) {
    if (entity.type !== "mention" || entity.mentioned?.id !== recipient.id) continue;
    if (typeof entity.text === "string" && entity.text) said = said.replaceAll(entity.text, " ");
  }
  return said.trim();
}

/** The committee that a pressed button names, where there are several. */
export function committeeOf(activity: Activity): string | undefined {
  const data = pressOf(activity)?.data ?? activity.value;
  return AboutCommittee.safeParse(data).data?.committee;
}

/** The verb and data of a pressed card button. */
export function pressOf({ value }: Activity): { verb: string; data: unknown } | undefined {
  const press = Press.safeParse(value);
  return press.success ? press.data.action : undefined;
}
