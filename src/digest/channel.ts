import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import type { AuditRecord, Command, Place, Posting, Turn, Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { channelCard, useChannelCard } from "./cards.ts";
import { channelKnownAs } from "./channel-words.ts";
import { audienceOf } from "./rules.ts";
import { AudienceChoice, Channel } from "./schema.ts";
import type { DigestStore } from "./store.ts";
import type { WhatGoes } from "./what-goes.ts";
import said from "./said.json" with { type: "json" };

/** So long nobody asks Teams again who can read a channel, for those who only look. */
const REMEMBER_MS = 60_000;

interface ChannelParts {
  readonly store: DigestStore;
  readonly posting: Posting;
  readonly audit: AuditRecord;
  readonly whatGoes: WhatGoes;
}

/** The channel of a committee, and who can read it: what Teams says, not what would be handy. */
export function channelChoice({ store, posting, audit, whatGoes }: ChannelParts) {
  const needs = { roles: ["officer"], places: ["channel"] } as const;
  const command: Command = {
    id: "digest.useChannel",
    name: "use this channel",
    changes: true,
    examples: said.useChannel,
    phrases: [
      "use this channel for {committee}",
      "use this channel for digest",
      "use this channel for digests",
      "send digests here",
      "post digests here",
      "use this channel {anything}",
    ],
    purpose: "Make this channel the one that the committee's digests go to.",
    task: "The digest",
    needs,
    run: askToUse,
  };
  const verbs: Record<string, Verb> = {
    "digest.useChannel": { needs, run: useThisChannel },
    "digest.audience": { needs, run: setAudience },
  };
  /** Who reads each committee's channel, as it was chosen then. */
  const asked = new Map<
    string,
    {
      readonly about: string;
      readonly audience: Promise<Channel["audience"]>;
      readonly readAt: number;
    }
  >();
  return { command, verbs, audienceNow, audienceSoon, heardFrom };

  /** Teams may be answered at a new address any day, so each turn in the channel brings it. */
  async function heardFrom({ place, committee }: Turn): Promise<void> {
    if (place.kind !== "channel") return;
    const channel = await store.channelOf(committee.id);
    if (!channel || channel.place.channel !== place.channel) return;
    if (channel.place.serviceUrl === place.serviceUrl) return;
    const { serviceUrl } = place;
    await store.changeChannel(committee.id, channel, { place: { ...channel.place, serviceUrl } });
  }

  /** Nothing is changed by typing: a slip of the tongue would send the digest elsewhere. */
  async function askToUse({ place, committee }: Turn, { unread }: Slots): Promise<Card> {
    if (unread)
      throw new UserError(
        `I know of no committee called “${unread}”. Write: use this channel for ${committee.name}.`,
      );
    const channel = await store.channelOf(committee.id);
    const isHere = channel?.place.channel === place.channel;
    return useChannelCard(committee.name, isHere ? "here" : channel && channelKnownAs(channel));
  }

  async function useThisChannel(turn: Turn): Promise<Card> {
    const { committee } = turn;
    const earlier = await store.channelOf(committee.id);
    const isSame = earlier !== undefined && earlier.place.channel === turn.place.channel;
    const [readers, place, before] = await Promise.all([
      posting.readersOf(turn.place),
      named(turn.place),
      isSame ? undefined : earlier && named(earlier.place),
    ]);
    const audience = audienceOf(readers);
    const at = isSame ? earlier.at : turn.now.toString();
    const since = earlier && (earlier.since ?? earlier.at);
    await store.saveChannel(
      committee.id,
      channelAt(turn, audience, { place, isStated: false, at, since }),
    );
    await audit(turn, "chose the channel for digests", place.channel ?? "");
    const { lines } = await whatGoes(turn);
    const known = earlier && before && channelKnownAs({ ...earlier, place: before });
    return channelCard(committee.name, place, audience, {
      ...{ readers, planned: lines },
      ...(known ? { before: known } : {}),
    });
  }

  /** A channel with the name it has now, or the last one that Teams has said. */
  async function named<Kind extends Place>(place: Kind): Promise<Kind> {
    const name = await posting.nameOf(place);
    return name ? { ...place, name } : place;
  }

  async function setAudience(turn: Turn, data: unknown): Promise<Card> {
    const { place, committee } = turn;
    const { audience } = checked(AudienceChoice, data);
    const channel = await store.channelOf(committee.id);
    if (!channel || channel.place.channel !== place.channel)
      throw new UserError(
        `The digests go to ${channel ? channelKnownAs(channel) : "no channel"} now. Type use this channel to have them here.`,
      );
    const readers = await posting.readersOf(place);
    if (audience === "committee" && readers === "outsiders")
      throw new UserError(
        "Teams says that guests or people of other organisations can read this channel. Choose another channel, or take them out of it, then type use this channel again.",
      );
    const { at, since } = channel;
    const { name } = channel.place;
    const chosen = { place: { ...place, name }, isStated: true, at, since };
    await store.saveChannel(committee.id, channelAt(turn, audience, chosen));
    await audit(turn, `stated who reads the channel: ${audience}`, place.channel ?? "");
    return channelCard(committee.name, place, audience, { readers });
  }

  /** Who can read the channel when something is posted: guests may have come since it was chosen. */
  async function audienceNow(committee: string, channel: Channel): Promise<Channel["audience"]> {
    const now = await presentAudience(channel);
    if (now !== channel.audience)
      await store.changeChannel(committee, channel, { audience: now, isStated: false });
    return now;
  }

  async function presentAudience({ audience, isStated, place }: Channel) {
    const readers = await posting.readersOf(place);
    return readers === "outsiders" || (readers === "not known" && !isStated) ? "public" : audience;
  }

  /** The same for whoever reads: every press would ask Teams, so it is remembered for a minute. */
  async function audienceSoon(committee: string, channel: Channel): Promise<Channel["audience"]> {
    const { audience, isStated, place, at } = channel;
    const about = [place.channel, at, audience, isStated].join("|");
    const known = asked.get(committee);
    if (known?.about === about && performance.now() - known.readAt < REMEMBER_MS)
      return known.audience;
    const fresh = { about, audience: presentAudience(channel), readAt: performance.now() };
    asked.set(committee, fresh);
    fresh.audience.catch(() => asked.delete(committee));
    return fresh.audience;
  }
}

/** Choosing the same channel again does not forget since when digests are expected there. */
function channelAt(
  { person }: Turn,
  audience: Channel["audience"],
  { place, ...chosen }: Pick<Channel, "isStated" | "at" | "since"> & { readonly place: Place },
): Channel {
  // The schema holds the one rule that a digest's place is a channel with an id.
  return Channel.parse({ place, audience, by: person.name, ...chosen });
}
