import { dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  type Command,
  type Posting,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import { firstPage, knownDistrict, placeName, readAsked, remarksOn } from "./asked.ts";
import { findCard, nothingCard, plainCard, resultsCard, serviceCard, type Asked } from "./cards.ts";
import { countingUnmet } from "./counting-unmet.ts";
import { doneCard } from "./officer-cards.ts";
import { noSuchPage } from "./rules.ts";
import {
  ServiceReference,
  TextReference,
  typedIn,
  WiderReference,
  type Service,
} from "./schema.ts";
import type { createLiveDirectory } from "./live.ts";
import { COUNTY } from "./nearness.ts";
import { placesIn } from "./needs.ts";
import { needHeard } from "./need-heard.ts";
import { isAboutHate } from "./safety.ts";
import type { SuggestionStore } from "./suggestion-store.ts";
import { cut, lookedFor } from "./seeking.ts";
import { whileWriting } from "./while-writing.ts";
import { isWiderNeed, widerSearches } from "./wider.ts";
import { wordsOf } from "./words.ts";
import said from "./said.json" with { type: "json" };

/** What finding needs from the rest. */
export interface FindingParts {
  readonly live: ReturnType<typeof createLiveDirectory>;
  readonly suggestions: SuggestionStore;
  /** Whether a text may name or describe a person: then it is not kept. */
  readonly personalDataIn: (text: string) => boolean;
  /** The kind of harm that plain chat would hear in a text: "child", "adult", "hate", "domestic". */
  readonly harmIn: (text: string) => string | undefined;
  readonly afterwards: (work: Promise<unknown>) => void;
  readonly toChannel: Posting["toChannel"];
}

const CONTACT = "council-contact";
const NOBODY_ELSE =
  "Nobody else is in this chat. Write to your colleague, and choose Find a service under the message box.";
const POSTED =
  "The service is a new post in this channel. Everybody who reads the channel sees it.";
const PERHAPS_POSTED =
  "Teams did not say whether the service was posted. Look in the channel before you share it again.";
const NOT_POSTED = "Teams did not take the post. Wait a minute, then press Share here again.";
const anyone = { roles: EVERYONE, places: ANYWHERE } as const;

/** Looking for a service, in one's own words. */
export function finding(parts: FindingParts) {
  const { live, toChannel, harmIn } = parts;
  const { count, countTyped } = countingUnmet(parts);
  const commands: Command[] = [
    {
      id: "directory.find",
      name: "find service",
      takesWords: "find",
      full: "find {need}[ in {where}]",
      examples: said.find,
      phrases: [
        "find",
        "find {anything}",
        "search {anything}",
        "look {anything}",
        "looking {anything}",
        "who helps {anything}",
        "who can help {anything}",
        "who help {anything}",
        "where can {anything}",
      ],
      purpose: "Find a service: find men's shed in Fenland, who helps with debt in Wisbech.",
      task: "Services for people",
      needs: anyone,
      run: findTyped,
    },
    {
      id: "directory.service",
      name: "service",
      examples: said.service,
      phrases: ["service {anything}", "show service {anything}"],
      purpose: "See all of one service: service Soham Library.",
      task: "Services for people",
      needs: anyone,
      run: showNamed,
    },
  ];
  const verbs: Record<string, Verb> = {
    "directory.find": {
      ...{ needs: anyone, run: findPressed, again: askAgain, justForMe: true },
      freeText: typedIn,
    },
    "directory.everywhere": {
      ...{ needs: anyone, run: findEverywhere, justForMe: true },
      freeText: typedIn,
    },
    "directory.wider": { needs: anyone, run: findWider, justForMe: true },
    "directory.show": { needs: anyone, run: show, justForMe: true },
    // A personal chat is told where to go.
    "directory.share": {
      needs: { roles: EVERYONE, places: ["personal", "group"] },
      run: share,
      isPrivate: true,
    },
    // In a channel nobody but its owner changes what others see, so it is a post of its own.
    "directory.post": {
      needs: { roles: EVERYONE, places: ["channel"] },
      run: post,
      ...{ justForMe: true, isDoneOnce: true },
    },
  };
  return {
    ...{ commands, verbs },
    search: whileWriting({ ready: live.ready, harmIn, count, countTyped, wholeAround }),
    hunch: async ({ committee }: Turn, typed: string) =>
      needHeard(cut(typed.trim()), committee, live.atHand()),
  };

  async function findTyped(turn: Turn, { typed = "" }: Slots): Promise<Card> {
    const text = lookedFor(typed);
    if (!text) return findCard(firstPage(""), aroundOf(turn));
    return answer(turn, firstPage(text));
  }

  async function findPressed(turn: Turn, data: unknown): Promise<Card> {
    const asked = readAsked(turn.committee, data);
    if (!asked.text) throw new UserError("Write what you are looking for.");
    return answer(turn, asked);
  }

  async function findEverywhere(turn: Turn, data: unknown): Promise<Card> {
    const { text, calm } = checked(TextReference, data);
    return answer(turn, { ...firstPage(cut(text), COUNTY), calm });
  }

  async function answer(turn: Turn, asked: Asked): Promise<Card> {
    const { committee } = turn;
    const index = await live.ready();
    const skip = (asked.page - 1) * asked.count;
    const found = index.search({
      text: asked.text,
      committee,
      district: asked.district || undefined,
      skip,
      count: asked.count,
      heard: harmIn(asked.text),
      isCalm: asked.calm === "true",
    });
    const remarks = remarksOn(asked.district, found);
    const place = placeName(asked.district, found.question, committee);
    const { question, unanswered = [] } = found;
    if (found.total > 0 && found.hits.length > 0) {
      const wishes = unanswered.map(({ wish }) => wish);
      if (asked.page === 1) count(turn, { asked, question, wishes });
      return resultsCard(
        asked,
        {
          ...{ ...found, place, remarks, safety: question.safety?.say ?? "" },
          isAboutHate: isAboutHate(question.safety),
        },
        { ...aroundOf(turn), instead: index.find(CONTACT), seenIn: turn.place.kind },
      );
    }
    const last = Math.ceil(found.total / asked.count);
    if (last > 0) throw new UserError(noSuchPage(asked.page, last));
    if (asked.page === 1) count(turn, { asked, question, wishes: question.wishes });
    const inCounty = place
      ? index.search({ text: asked.text, committee, district: COUNTY, count: 1 }).total
      : 0;
    const wider = widerSearches(question, asked.district, { search: index.search, committee });
    return nothingCard(
      asked,
      { place, remarks, inCounty, wider },
      index.find(CONTACT),
      aroundOf(turn),
    );
  }

  async function findWider(turn: Turn, data: unknown): Promise<Card> {
    const { need, near, within } = checked(WiderReference, data);
    if (!isWiderNeed(need)) throw new UserError("Write what you are looking for.");
    const district = knownDistrict(within, turn.committee);
    const [place] = placesIn(wordsOf(near), turn.committee);
    return answer(turn, firstPage(place ? `${need} in ${place.what.name}` : need, district));
  }

  async function showNamed(turn: Turn, { typed = "" }: Slots): Promise<Card> {
    const name = lookedFor(typed.replace(/^\s*show\s+/i, ""));
    const asked = firstPage(name);
    if (!name) return findCard(asked, aroundOf(turn));
    const only = (await live.ready()).named(name, turn.committee);
    return only ? shownIn(turn, only, { ...asked, text: "" }) : answer(turn, asked);
  }

  async function show(turn: Turn, data: unknown): Promise<Card> {
    const { id } = checked(ServiceReference, data);
    return shownIn(turn, await live.known(id), readAsked(turn.committee, data));
  }

  /** The card takes the place of the posted list, for everybody in the chat. */
  async function share(turn: Turn, data: unknown): Promise<Card> {
    const { id } = checked(ServiceReference, data);
    if (turn.place.kind === "personal") throw new UserError(NOBODY_ELSE);
    return plainCard(await live.known(id), await wholeAround(turn));
  }

  async function post(turn: Turn, data: unknown): Promise<Card> {
    const { id } = checked(ServiceReference, data);
    const card = plainCard(await live.known(id), await wholeAround(turn));
    const { outcome } = await toChannel(turn.place, card);
    if (outcome === "refused") throw new UserError(NOT_POSTED);
    return outcome === "sent" ? doneCard("Shared", POSTED) : doneCard("Look first", PERHAPS_POSTED);
  }

  async function shownIn(turn: Turn, service: Service, asked: Asked): Promise<Card> {
    return serviceCard(service, asked, {
      ...(await wholeAround(turn)),
      seenIn: turn.place.kind,
    });
  }

  /** With whom to ask where a service says nothing of it. */
  async function wholeAround(turn: Turn) {
    return { ...aroundOf(turn), instead: (await live.ready()).find(CONTACT) };
  }
}

function aroundOf({ committee, now }: Turn) {
  return { committee, today: dayOf(now) };
}

async function askAgain(turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
  return findCard(readAsked(turn.committee, data), aroundOf(turn), problem);
}
