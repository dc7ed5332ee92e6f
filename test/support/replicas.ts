import { Temporal } from "@js-temporal/polyfill";
import { randomUUID } from "node:crypto";
import { createClock } from "../../src/calendar.ts";
import type { Card } from "../../src/card-template.ts";
import { createCommitteeStore } from "../../src/committee/store.ts";
import { createDigestStore } from "../../src/digest/store.ts";
import type { Place, Posting, Sent } from "../../src/feature.ts";
import { createLog } from "../../src/log.ts";
import { createPeopleStore } from "../../src/people/store.ts";
import { createProduct } from "../../src/product.ts";
import type { Table, Tables } from "../../src/tables.ts";
import { CHAIR, FRENCH, OFFICER, startTables, type TableService } from "./council.ts";
import { NO_FILES } from "./no-files.ts";

export const COMMITTEE = "small";
export const ROOM: Place & { kind: "channel"; channel: string } = {
  kind: "channel",
  conversation: "room",
  channel: "room",
  team: "team",
  tenant: "tenant",
  serviceUrl: "https://smba.trafficmanager.net/uk/",
  bot: { id: "bot", name: "Community Champions" },
};

/** Where a replica's process ends: at its so many-th effect on the outside, done or not. */
export interface Crash {
  readonly effect: number;
  readonly isDone: boolean;
}

/** What only asks. To end there is the same as to end at the next effect. */
const ASKING = new Set(["find", "list", "readersOf", "nameOf"]);

/** What a channel or a person has got: by whom it can be read, and the card as it stands now. */
export interface Message {
  readonly to: string;
  readonly id: string;
  /** When it arrived, by the clock of the replica that sent it. */
  readonly at: string;
  readonly first: Card;
  card: Card;
}

/** A committee with one district, an officer, a chair, and a channel chosen on 25 September 2019. */
export async function smallCommittee(tables: Tables): Promise<void> {
  const committees = createCommitteeStore(tables);
  const people = createPeopleStore(tables);
  const from = "2019-05-01";
  await people.save(
    COMMITTEE,
    [
      { ...OFFICER, roles: [{ role: "officer", from }] },
      { ...CHAIR, roles: [{ role: "chair", from }] },
      { ...FRENCH, roles: [{ role: "champion", district: "fenland", from }] },
    ],
    { etags: new Map() },
  );
  await createDigestStore(tables).saveChannel(COMMITTEE, {
    place: ROOM,
    audience: "committee",
    isStated: true,
    by: OFFICER.name,
    at: "2019-09-25T08:00:00Z",
  });
  await committees.saveMeeting(COMMITTEE, meeting("2019-10-10", "2019-10-02"));
  await committees.saveCommittee({
    id: COMMITTEE,
    name: "Small Committee",
    aliases: [],
    districts: [{ id: "fenland", name: "Fenland", aliases: [] }],
    priorityLists: [],
  });
}

/** Gives each test of a file the small committee in tables of its own, and Teams beside it. */
export function withSmallCommittee(
  use: (tables: Tables, teams: ReturnType<typeof createTeams>) => void | Promise<void>,
): void {
  let service: TableService;
  beforeAll(async () => (service = await startTables()));
  beforeEach(async () => {
    const tables = service.freshTables();
    await smallCommittee(tables);
    await use(tables, createTeams());
  });
  afterAll(() => service.stop());
}

/** A planned meeting at 10am. */
export function meeting(date: string, publication: string) {
  const kind = "committee meeting" as const;
  return { date, publication, kind, time: "10:00", source: "A plan", state: "planned" as const };
}

/** Teams, as several replicas reach it: what stands where, and what becomes of the next posts. */
export function createTeams() {
  const messages: Message[] = [];
  let posted = 0;
  const outcomes: Sent[] = [];
  /** The same of cards put in the place of others; a promise is one that takes its time. */
  const renewals: (Sent | Promise<Sent>)[] = [];
  return { messages, outcomes, renewals, inRoom, toOfficer, posting };

  function inRoom(): Message[] {
    return messages.filter(({ to }) => to === ROOM.channel);
  }

  function toOfficer(): Message[] {
    return messages.filter(({ to }) => to === OFFICER.id);
  }

  function posting(clock: () => Temporal.Instant): Posting {
    const arrive = arriveAt(clock);
    return {
      toChannel: async ({ channel = "" }, card) => arrive(channel, card),
      toPerson: async (person, _from, card) => arrive(person, card),
      renewInChannel: async (_channel, activity, card) => renew(activity, card),
      renewForPerson: async (_person, _from, activity, card) => renew(activity, card),
      readersOf: async () => "team",
      nameOf: async () => undefined,
    };
  }

  function arriveAt(clock: () => Temporal.Instant) {
    return async function arrive(to: string, card: Card): Promise<Sent> {
      const outcome = outcomes.shift();
      if (outcome?.outcome === "refused") return outcome;
      posted += 1;
      const id = `message-${posted}`;
      messages.push({ to, id, at: clock().toString(), first: card, card });
      return outcome ?? { outcome: "sent", activity: id };
    };
  }

  async function renew(activity: string, card: Card): Promise<Sent> {
    const outcome = await renewals.shift();
    if (outcome && outcome.outcome !== "sent") return outcome;
    const message = messages.find(({ id }) => id === activity);
    if (!message) return { outcome: "refused", reason: "404" };
    message.card = card;
    return { outcome: "sent", activity };
  }
}

/** One process of the product, which may end in the middle of what it does. */
export async function startReplica(
  tables: Tables,
  teams: ReturnType<typeof createTeams>,
  crash?: Crash,
) {
  let effects = 0;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let wall = Temporal.Instant.from("2019-09-25T08:00:00Z");
  const product = await createProduct({
    tables: async (name) => tableOf(await tables(name)),
    posting: mortal(teams.posting(() => wall)),
    files: NO_FILES,
    log: createLog("silent"),
    isLocal: false,
    wallClock: () => wall,
    elapsed: () => wall.epochMilliseconds,
  });
  return { ...product, lookAt, start, as, effects: () => effects };

  /** Looks for what is due at a London time. False when the process ended in the middle. */
  async function lookAt(time: string): Promise<boolean> {
    wall = createClock(time)();
    const work = (async () => {
      await product.jobs.look(wall);
      await product.finish();
      return true;
    })();
    return Promise.race([work, ended.then(() => false)]);
  }

  /** Somebody in their own chat, or in the channel, at a London time. */
  function as(person: { readonly id: string; readonly name: string }, time: string) {
    const turn = async (about: object) => {
      const place = { ...ROOM, kind: "personal" as const, conversation: `chat-${person.id}` };
      wall = createClock(time)();
      const made = await product.turnFor(person, { id: randomUUID(), place, now: wall }, about);
      if (!made) throw new Error("The council is empty");
      return made;
    };
    return {
      say: async (text: string) => (await product.say(await turn({ text }), text)).card,
      press: async (verb: string, data: object) =>
        (await product.press(await turn(data), verb, data)).card,
    };
  }

  /** Starts to look by itself, as the program does, at a London time. */
  function start(time: string) {
    wall = createClock(time)();
    return product.jobs.start(() => wall);
  }

  function tableOf(table: Table): Table {
    return mortal(table);
  }

  /** After its end a process asks nothing and hears nothing. */
  function mortal<Edge extends object>(edge: Edge): Edge {
    const wrapped = Object.entries(edge).map(([name, call]: [string, unknown]) => [
      name,
      async (...given: unknown[]) => {
        const isOver = crash !== undefined && effects >= crash.effect;
        if (isOver) return new Promise(() => undefined);
        if (!ASKING.has(name)) effects += 1;
        const isLast = !ASKING.has(name) && crash?.effect === effects;
        if (isLast && !crash.isDone) return die();
        if (typeof call !== "function") throw new Error(`${name} is no function`);
        const result: unknown = await Reflect.apply(call, edge, given);
        return isLast ? die() : result;
      },
    ]);
    // The same functions by the same names.
    return Object.fromEntries(wrapped) as Edge;
  }

  function die(): Promise<never> {
    end();
    return new Promise(() => undefined);
  }
}
