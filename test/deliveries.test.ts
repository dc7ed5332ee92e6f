import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { createChampionStore } from "../src/champions/store.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { startBot, type RunningBot } from "../src/main.ts";
import { openTables, type Tables } from "../src/tables.ts";
import { createDigestStore } from "../src/digest/store.ts";
import { createPeopleStore } from "../src/people/store.ts";
import { activitiesTo, channel } from "./support/activities.ts";
import { startConnector } from "./support/connector.ts";
import {
  ADMINISTRATOR,
  FRENCH,
  inputsOf,
  MEMBER,
  OFFICER,
  pressing,
  startTables,
  wordsOn,
} from "./support/council.ts";

const SAM = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";
const COMMITTEE = "communities-and-partnership";

let service: Awaited<ReturnType<typeof startTables>>;
let connector: Awaited<ReturnType<typeof startConnector>>;
let tables: Tables;
let bots: RunningBot[];

beforeAll(async () => {
  service = await startTables();
  tables = openTables(service.settings);
  await loadSampleCouncil(tables);
});
beforeEach(async () => {
  connector = await startConnector();
  bots = [];
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  await connector.stop();
});
afterAll(() => service.stop());

describe("a message delivered again", () => {
  it("is answered once by the replica that has answered it", async () => {
    const one = await replica();
    const message = one.messageFrom(MEMBER, "agenda");

    const answers = await Promise.all([one.post(message), one.post(message)]);
    answers.push(await one.post(message));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(connector.received).toHaveLength(1);
  });

  it("is not answered again by another replica, at once or later", async () => {
    const [one, two] = [await replica(), await replica()];
    const message = one.messageFrom(MEMBER, "agenda");

    await Promise.all([one.post(message), two.post(message)]);
    await two.post(message);
    await (await replica()).post(message);

    expect(connector.received).toHaveLength(1);
  });

  it("is not answered again by a replica whose clock is a day ahead or behind", async () => {
    const one = await replica();
    const ahead = await replica({}, "2019-09-26T09:00");
    const behind = await replica({}, "2019-09-24T09:00");
    const message = { ...one.messageFrom(MEMBER, "agenda"), timestamp: "2019-09-25T08:00:00.000Z" };

    for (const { post } of [one, ahead, behind]) await post(message);

    expect(connector.received).toHaveLength(1);
  });

  it("is answered by another replica when the first could not send its answer", async () => {
    const [one, two] = [await replica(), await replica()];
    const message = one.messageFrom(MEMBER, "agenda");
    connector.moods.push(403);
    await one.post(message);
    await stopFirst();

    await two.post(message);

    expect(connector.received).toHaveLength(1);
    expect(wordsOn(connector.received[0]?.card)).toContain("Agenda");
  });

  it("does not keep another message from its answer, however many come at once", async () => {
    const one = await replica();
    const many = Array.from({ length: 15 }, () => one.messageFrom(MEMBER, "agenda"));

    await Promise.all([...many, ...many].map((message) => one.post(message)));

    expect(connector.received).toHaveLength(15);
  });
});

it("loses no message and doubles none while the replicas are restarted one by one", async () => {
  const { messageFrom } = await replica();
  await replica();
  // Each in a chat of their own: Teams takes only a few messages a second in one.
  const messages = Array.from({ length: 30 }, () =>
    messageFrom({ id: randomUUID(), name: "Sam" }, "agenda"),
  );
  const sending = messages.map(async (message, number) => {
    await pause(number * 100);
    await deliver(message, number);
  });

  for (const _ of [...bots]) {
    await stopFirst();
    await replica();
  }
  await Promise.all(sending);

  expect(connector.received).toHaveLength(messages.length);
  expect(new Set(connector.received.map(({ path }) => path)).size).toBe(messages.length);

  /** To a replica that is there; what got no answer is delivered again, to any. */
  async function deliver(message: object, number: number): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const bot = bots[(number + tries) % bots.length];
      if (!bot) throw new Error("No replica is there");
      try {
        expect((await activitiesTo(bot.url, connector.url).post(message)).status).toBe(200);
        return;
      } catch (error) {
        // How fetch says that nobody listens there, or that the connection broke.
        if (!(error instanceof TypeError) || tries > 100) throw error;
        // Teams takes its time too, before it delivers again.
        await pause(50);
      }
    }
  }
});

it("greets once, however often the bot's arrival is delivered, and never a flood", async () => {
  const one = await replica({ turnsOfPerson: 3 });
  const arrival = one.installFrom(MEMBER);

  await Promise.all([one.post(arrival), one.post(arrival)]);
  await one.post(arrival);
  for (let time = 0; time < 8; time += 1) await one.install(MEMBER);

  expect(connector.received).toHaveLength(3);
});

it("forgets what was delivered before yesterday", async () => {
  const table = await tables("deliveries");
  const [old, recent] = ["2019-09-20", "2019-09-24"];
  for (let number = 0; number < 120; number += 1)
    await table.create({ partitionKey: old, rowKey: `chat|${number}` });
  await table.create({ partitionKey: recent, rowKey: "chat|1" });

  await (await replica()).say(MEMBER, "agenda");
  await stopFirst();

  expect(await table.list(old)).toEqual([]);
  expect(await table.list(recent)).toHaveLength(1);
});

it("does not do again on another replica what was changed since", async () => {
  const [one, two] = [await replica(), await replica()];
  const first = one.pressFrom(OFFICER, "digest.useChannel", {}, channel("room-1"));
  const second = one.pressFrom(OFFICER, "digest.useChannel", {}, channel("room-2"));
  await one.post(first);
  await one.post(second);

  await two.post(first);

  const chosen = await createDigestStore(tables).channelOf(COMMITTEE);
  expect(chosen?.place.channel).toBe("room-2");
});

describe("a press delivered again", () => {
  it("does not give back a role that was ended since", async () => {
    const [one, two] = [await replica(), await replica()];
    const csv = `role,district,name,id,from,until\nofficer,,Sam Okoro,${SAM},2019-09-01,`;
    const giving = one.pressFrom(ADMINISTRATOR, "people.import", { csv });
    const given = await one.post(giving);
    const holding = `${SAM}/officer//2019-09-01`;
    await one.press(ADMINISTRATOR, "people.end", { holding, until: "" });

    const again = await two.post(giving);

    const person = (await createPeopleStore(tables).peopleOf(COMMITTEE)).find(
      ({ id }) => id === SAM,
    );
    expect(again.text).toBe(given.text);
    expect(person?.roles.map(({ until }) => until)).toEqual(["2019-09-24"]);
  });

  it("has one effect and gives the same answer, on another replica too", async () => {
    const [one, two] = [await replica(), await replica()];
    await one.say(FRENCH, "log update");
    const form = connector.received[0]?.card;
    if (!form) throw new Error("No form came");
    const { verb, data } = pressing(form, "Submit", { updates: "Once" });
    const press = one.pressFrom(FRENCH, verb, data);

    const answers = await Promise.all([one.post(press), two.post(press), one.post(press)]);
    answers.push(await two.post(press), await one.post(press));

    const store = createChampionStore(tables);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.text).toContain("Submitted by Jan French");
    expect(await store.versions(COMMITTEE, "2019-09", "fenland")).toHaveLength(1);
  });
});

describe("a press that shares a service in a channel, delivered again", () => {
  it("makes one post, on another replica too", async () => {
    const replicas = [await replica(), await replica()] as const;
    const [one] = replicas;
    // A replica that is still reading the directory says so, and that would be its answer.
    await Promise.all(replicas.map((each) => each.say(MEMBER, "service Soham Library")));
    const before = connector.received.length;
    const press = one.pressFrom(
      MEMBER,
      "directory.post",
      { id: "soham-library" },
      channel("room-1"),
    );

    await Promise.all([...replicas, one].map((each) => each.post(press)));
    const answers = await Promise.all(
      [...replicas, one].map((each) => answered(each, press, "The service is a new post")),
    );

    const posts = connector.received.slice(before);
    expect(posts.map(({ card }) => wordsOn(card).includes("Soham Library"))).toEqual([true]);
    expect(new Set(answers).size).toBe(1);
  });
});

describe("whoever asks too fast", () => {
  it("is asked once to wait, and the bot goes on answering others", async () => {
    const one = await replica({ turnsOfPerson: 3 });

    for (let time = 0; time < 8; time += 1) await one.say(MEMBER, "agenda");
    await one.say(FRENCH, "agenda");

    const words = connector.received.map(({ card, text }) => text ?? wordsOn(card).slice(0, 6));
    expect(words.slice(0, 3)).toEqual(["Agenda", "Agenda", "Agenda"]);
    expect(words[3]).toContain("Wait ten seconds");
    expect(words.slice(4)).toEqual(["Agenda"]);
  });

  it("keeps what they had typed into a form", async () => {
    const one = await replica({ turnsOfPerson: 2 });
    await one.say(FRENCH, "log update Fenland October 2019");
    const form = connector.received[0]?.card;
    if (!form) throw new Error("No form came");
    const { verb, data } = pressing(form, "Submit", { updates: "In a hurry" });
    await one.say(FRENCH, "agenda");

    const { card } = await one.press(FRENCH, verb, data);

    expect(wordsOn(card)).toContain("Wait ten seconds");
    expect(inputsOf(card)).toMatchObject({ updates: "In a hurry" });
    expect(await createChampionStore(tables).find(COMMITTEE, "2019-10", "fenland")).toBeUndefined();
  });

  it("gets no answer that is too large for Teams", async () => {
    const one = await replica({ turnsOfPerson: 1 });
    await one.say(FRENCH, "log update Fenland October 2019");
    const form = connector.received[0]?.card;
    if (!form) throw new Error("No form came");
    const { verb, data } = pressing(form, "Submit", { updates: "long ".repeat(16_000) });

    const { card } = await one.press(FRENCH, verb, data);

    expect(card).toMatchObject({ message: expect.stringContaining("Wait ten seconds") });
  });

  it("is counted with the whole tenant too", async () => {
    const one = await replica({ turnsOfTenant: 2 });

    for (const somebody of [MEMBER, FRENCH, MEMBER]) await one.say(somebody, "agenda");

    expect(connector.received[2]?.text).toContain("Wait ten seconds");
  });
});

describe("where more people ask than can be answered in time", () => {
  it("whoever comes last is told so at once, and nothing of theirs is done", async () => {
    const one = await replica();
    const chat = (number: number) => ({ id: `chat ${number}`, conversationType: "personal" });
    // So many answers are on their way that a further one would come too late.
    connector.moods.push(...Array.from({ length: 70 }, () => "never answer" as const));
    const waiting = Array.from({ length: 70 }, async (_, number) =>
      one.post({ ...one.messageFrom(MEMBER, "agenda"), conversation: chat(number) }),
    );
    const press = () => one.press(FRENCH, "directory.find", { text: "library", district: "" });

    let answer = await press();
    while (JSON.stringify(answer.card).includes("Library")) answer = await press();
    const typed = await one.invoke(FRENCH, "composeExtension/query", {
      commandId: "services",
      parameters: [{ name: "query", value: "library" }],
    });
    await Promise.all(waiting);
    const later = await press();

    expect(answer.card).toMatchObject({
      message: expect.stringMatching(/Many people are asking me.*Nothing was done.*call 999/),
    });
    expect(JSON.stringify(typed.body)).toContain("Many people are asking me");
    expect(wordsOn(later.card)).toContain("Library");
  });
});

async function replica(
  limits: { turnsOfPerson?: number; turnsOfTenant?: number } = {},
  clock = service.settings.clock,
) {
  const generous = { turnsOfPerson: 1000, turnsOfTenant: 1000 };
  const bot = await startBot({ ...service.settings, clock, limits: { ...generous, ...limits } });
  bots.push(bot);
  return activitiesTo(bot.url, connector.url);
}

/** What a press is answered with, delivered again until the replica that took it up has ended. */
async function answered(
  { post }: ReturnType<typeof activitiesTo>,
  press: object,
  words: string,
): Promise<string> {
  for (;;) {
    const { text } = await post(press);
    if (text.includes(words)) return text;
    await pause(50);
  }
}

async function stopFirst(): Promise<void> {
  await bots.shift()?.stop();
}
