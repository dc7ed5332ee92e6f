import { setTimeout as pause } from "node:timers/promises";
import directoryFile from "../data/directory.json" with { type: "json" };
import { Service } from "../src/directory/schema.ts";
import { createServiceStore } from "../src/directory/store.ts";
import { createSuggestionStore } from "../src/directory/suggestion-store.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { startBot, type RunningBot } from "../src/main.ts";
import { openTables, type Tables } from "../src/tables.ts";
import { activitiesTo } from "./support/activities.ts";
import { startConnector } from "./support/connector.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  inputsOf,
  MEMBER,
  OFFICER,
  startTables,
  wordsOn,
} from "./support/council.ts";

const QUERY = "composeExtension/query";
const COMMITTEE = "communities-and-partnership";
const HSDS_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let service: Awaited<ReturnType<typeof startTables>>;
let connector: Awaited<ReturnType<typeof startConnector>>;
let bot: RunningBot;
let tables: Tables;
let teams: ReturnType<typeof activitiesTo>;
beforeAll(async () => {
  service = await startTables();
  tables = openTables(service.settings);
  await loadSampleCouncil(tables);
  const secret = { ...directoryFile.services[0], id: "secret", name: "Refuge", public: false };
  await createServiceStore(tables).upsert([Service.parse(secret)], "local");
  connector = await startConnector();
  bot = await startBot(service.settings);
  teams = activitiesTo(bot.url, connector.url);
});
afterAll(async () => {
  await bot.stop();
  await connector.stop();
  await service.stop();
});

describe("the compose box", () => {
  it("finds services, a page at a time, as cards that need no bot", async () => {
    const first = attachmentsOf((await teams.invoke(MEMBER, QUERY, asking("library", 0, 2))).body);
    const second = attachmentsOf((await teams.invoke(MEMBER, QUERY, asking("library", 2, 2))).body);

    expect(first).toHaveLength(2);
    expect(second).toHaveLength(2);
    expect(titles([...first, ...second]).length).toBe(new Set(titles([...first, ...second])).size);
    expect(JSON.stringify(first)).not.toContain("Action.Execute");
    expect(first[0]?.contentType).toBe("application/vnd.microsoft.card.adaptive");
    expect(first[0]?.preview.contentType).toBe("application/vnd.microsoft.card.thumbnail");
  });

  it("goes from page to page to the end, with nothing left out and nothing twice", async () => {
    const ask = async (skip: number, count: number) =>
      titles(
        attachmentsOf((await teams.invoke(MEMBER, QUERY, asking("library", skip, count))).body),
      );
    const whole = await ask(0, 25);
    const pages: string[][] = [];

    for (let skip = 0; pages.at(-1)?.length !== 0; skip += 3) pages.push(await ask(skip, 3));

    expect(whole.length).toBeGreaterThan(6);
    expect(pages.slice(0, -2).every((page) => page.length === 3)).toBe(true);
    expect(pages.flat()).toEqual(whole);
  });

  it("asks for words before any are typed, and says when nothing fits", async () => {
    const before = await teams.invoke(MEMBER, QUERY, {
      commandId: "services",
      parameters: [{ name: "initialRun", value: "true" }],
    });
    const nothing = await teams.invoke(MEMBER, QUERY, asking("qwertyuiop", 0, 5));

    expect(before.body).toMatchObject({
      composeExtension: { type: "message", text: expect.stringContaining("Type what somebody") },
    });
    expect(nothing.body).toMatchObject({
      composeExtension: {
        type: "message",
        text: expect.stringMatching(/Nothing fits.*call 999.*type signpost/),
      },
    });
  });

  it("says where nothing fits what is one step wider, and whom to ask", async () => {
    const typed = await teams.invoke(MEMBER, QUERY, asking("walking football", 0, 5));
    const ofMessage = await teams.invoke(MEMBER, "composeExtension/fetchTask", {
      commandId: "serviceForMessage",
      messagePayload: { body: { contentType: "text", content: "walking football" } },
    });

    for (const { body } of [typed, ofMessage]) {
      expect(JSON.stringify(body)).toContain("Wider, and in the directory: “exercise”");
      expect(JSON.stringify(body)).toContain("https://www.cambridgeshire.gov.uk");
    }
  });

  it.each(["zorbing", " "])(
    "answers a message that nothing fits with a card: %j",
    async (content) => {
      const { body } = await teams.invoke(MEMBER, "composeExtension/fetchTask", {
        commandId: "serviceForMessage",
        messagePayload: { body: { contentType: "text", content } },
      });

      // The local client shows no other kind of answer.
      expect(body).toMatchObject({ task: { type: "continue" } });
      expect(wordsOn(body)).toMatch(/Nothing fits|no words to search for/);
    },
  );

  it("offers services for a message, and puts the chosen one into the answer", async () => {
    const messagePayload = {
      body: {
        contentType: "html",
        content: "<p>My neighbour in <b>Ramsey</b> is lonely&nbsp;</p>",
      },
    };

    const dialog = await teams.invoke(MEMBER, "composeExtension/fetchTask", {
      commandId: "serviceForMessage",
      messagePayload,
    });
    const words = wordsOn(dialog.body);
    const chosen = await teams.invoke(MEMBER, "composeExtension/submitAction", {
      commandId: "serviceForMessage",
      data: { text: "My neighbour in Ramsey is lonely", service: "ramsey-timebank" },
    });

    expect(words).toContain("For the message: My neighbour in Ramsey is lonely");
    expect(words).toContain("I looked in Ramsey and the rest of Huntingdonshire.");
    expect(words).toContain("Ramsey Timebank");
    expect(inputsOf(dialog.body)).toEqual({ service: "ramsey-timebank" });
    expect(titles(attachmentsOf(chosen.body))).toEqual(["Ramsey Timebank"]);
  });

  it.each([
    ["Is there a men's shed near Soham for her dad?", "soham-mens-shed", "East Cambridgeshire"],
    ["He cannot pay his bills, he lives in Wisbech", "clas", "Wisbech and the rest of Fenland"],
    ["<div>Library in <i>March</i>?</div>", "march-library", "March and the rest of Fenland"],
    ["Where is a library in Narnia", "library", "I do not know the place Narnia"],
  ])(
    "has the best service for a message chosen, and says where it looked: %j",
    async (...asked) => {
      const [content, best, said] = asked;

      const { body } = await teams.invoke(MEMBER, "composeExtension/fetchTask", {
        commandId: "serviceForMessage",
        messagePayload: { body: { contentType: "html", content } },
      });

      expect(wordsOn(body)).toContain(said);
      expect(inputsOf(body)["service"]).toContain(best);
    },
  );

  it.each([
    ["library in Narnia", "I do not know the place Narnia, so I searched the whole county."],
    ["library in Elly", "Do you mean Ely?"],
    ["men's shed in Peterborough", "Peterborough is outside the county"],
    ["zorbing in Narnia", "I do not know the place Narnia"],
  ])("says which place it does not know: %j", async (text, said) => {
    const { body } = await teams.invoke(MEMBER, QUERY, asking(text, 0, 5));
    const next = await teams.invoke(MEMBER, QUERY, asking(text, 1, 5));

    expect(JSON.stringify(body)).toContain(said);
    expect(JSON.stringify(attachmentsOf(next.body))).not.toContain(said);
    expect(JSON.stringify(attachmentsOf(body).map(({ content }) => content))).not.toContain(said);
  });

  it.each([
    "her husband will kill her tonight",
    "he is strangling her right now",
    "my son has a gun",
    "there is a fire in the flat",
    "help he is in my house",
  ])("puts 999 before any search for %j", async (text) => {
    const query = await teams.invoke(MEMBER, QUERY, asking(text, 0, 5));
    const dialog = await teams.invoke(MEMBER, "composeExtension/fetchTask", {
      commandId: "serviceForMessage",
      messagePayload: { body: { contentType: "html", content: `<p>${text}</p>` } },
    });
    const list = await teams.invoke(MEMBER, "application/search", {
      ...{ queryText: text, dataset: "services", queryOptions: { skip: 0, top: 15 } },
    });

    expect(titles(attachmentsOf(query.body))).toEqual(["Call 999 now"]);
    expect(JSON.stringify(query.body)).not.toContain("Action.");
    expect(wordsOn(dialog.body)).toContain("Call 999 now");
    expect(wordsOn(dialog.body)).toContain("If nobody is in danger now: in a chat with this bot");
    expect(wordsOn(dialog.body)).not.toContain("Put it into my message");
    expect(list.body).toMatchObject({
      value: { results: [{ title: "Call 999 now", value: "emergency-999" }] },
    });
  });

  it("hears danger at the end of a long message", async () => {
    const content = `<p>${"We met about the library and its opening hours. ".repeat(40)}</p><p>He is strangling her right now</p>`;

    const dialog = await teams.invoke(MEMBER, "composeExtension/fetchTask", {
      commandId: "serviceForMessage",
      messagePayload: { body: { contentType: "html", content } },
    });

    expect(wordsOn(dialog.body)).toContain("Call 999 now");
  });

  it("gives nothing to a stranger", async () => {
    const stranger = await teams.post({
      type: "invoke",
      name: QUERY,
      value: asking("library", 0, 2),
      id: "1",
      channelId: "msteams",
      serviceUrl: connector.url,
      from: { id: "29:nobody" },
      recipient: { id: "28:bot" },
      conversation: { id: "chat", conversationType: "personal" },
    });

    expect(stranger.text).not.toContain("attachments");
  });

  it.each([
    [QUERY, {}],
    [QUERY, { parameters: "all" }],
    [QUERY, { parameters: [{ value: "library" }] }],
    [QUERY, { parameters: [{ name: "query", value: { a: 1 } }], queryOptions: { skip: -1 } }],
    ["composeExtension/fetchTask", {}],
    ["composeExtension/submitAction", { data: 7 }],
    ["application/search", { dataset: 1 }],
  ])("answers %s with %j plainly", async (name, value) => {
    const { status } = await teams.invoke(MEMBER, name, value);

    expect(status).toBe(200);
  });
});

describe("a need that nothing is found for while somebody types", () => {
  it("is counted once, when they have stopped, by its kind alone", async () => {
    const type = (who: typeof CHAIR, text: string) => teams.invoke(who, QUERY, asking(text, 0, 25));
    // Half a name, in a place, letter by letter.
    for (const text of ["zebe in March", "zebedee d in March", "zebedee dobb in Chatteris"])
      await type(CHAIR, text);
    await type(OFFICER, "widower bagpipes morris trombone in Sawston");
    await type(OFFICER, "bagpipes morris singing trombone in Sawston");
    await type(ADMINISTRATOR, "zorbing in Sawston");
    await type(ADMINISTRATOR, "library in Sawston");
    await teams.invoke(ADMINISTRATOR, "application/search", {
      ...{ queryText: "zorbing Ely", dataset: "services", queryOptions: { skip: 0, top: 15 } },
    });
    const counted = async () =>
      (await createSuggestionStore(tables).unmetOf(COMMITTEE, "2019-09"))
        .filter(({ district }) => district !== "county")
        .map(({ words, district, count }) => `${words}, ${district}: ${count}`)
        .toSorted();

    for (let look = 0; look < 18 && (await counted()).length < 2; look += 1) await pause(500);

    expect(await counted()).toEqual([", fenland: 1", "singing, south-cambridgeshire: 1"]);
  });
});

describe("a list that is typed into", () => {
  it("finds services by a few letters", async () => {
    const { body } = await teams.invoke(MEMBER, "application/search", {
      ...{ queryText: "soham lib", dataset: "services", queryOptions: { skip: 0, top: 15 } },
    });

    expect(body).toMatchObject({
      type: "application/vnd.microsoft.search.searchResponse",
      value: {
        results: expect.arrayContaining([{ title: "Soham Library", value: "soham-library" }]),
      },
    });
  });

  it("leaves other lists alone", async () => {
    const { body } = await teams.invoke(MEMBER, "application/search", {
      ...{ queryText: "soham", dataset: "people" },
    });

    expect(body).toMatchObject({ value: { results: [] } });
  });
});

describe("the directory as Open Referral UK", () => {
  it("says which standard it speaks, to everybody", async () => {
    const { response, body } = await get("/open-referral/");

    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(body).toMatchObject({ version: "HSDS-UK-3.0" });
  });

  it("is read page by page, every public service once, without a null", async () => {
    const seen: string[] = [];
    for (let page = 1, last = false; !last; page += 1) {
      const { body, text } = await get(`/open-referral/services?per_page=20&page=${page}`);
      seen.push(...contentsOf(body).map(({ id }) => id));
      last = body["last_page"] === true;
      expect(body).toMatchObject({ page_number: page, first_page: page === 1, empty: false });
      expect(text).not.toContain("null");
    }

    expect(seen).toHaveLength(directoryFile.services.length);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => !HSDS_ID.test(id))).toEqual([]);
  });

  it("gives one service by its id, with what the standard requires", async () => {
    const { body: list } = await get("/open-referral/services?search=Soham+Library&per_page=1");
    const [found] = contentsOf(list);

    const { body } = await get(`/open-referral/services/${found?.id}`);

    expect(body).toMatchObject({
      id: found?.id,
      status: "active",
      organization: { id: expect.stringMatching(HSDS_ID), name: expect.any(String) },
    });
  });

  it.each([
    ["/open-referral/services/no-such-service", 404],
    ["/open-referral/services/secret", 404],
    ["/open-referral/services?page=x&per_page=-4&day=XX&minimum_age=old", 200],
    ["/open-referral/services?page=99999", 200],
    ["/open-referral/services?full=true&format=json", 200],
    ["/open-referral/services?organisation=library", 400],
  ])("answers %s with %i", async (path, status) => {
    expect((await get(path)).response.status).toBe(status);
  });

  it("says which filters it knows to whoever asks for another one", async () => {
    const { body } = await get("/open-referral/services?organisation=library");

    expect(body).toMatchObject({ error: expect.stringContaining("search, page, per_page") });
  });

  it.each(["/open-referral", "/open-referral/services", "/open-referral/services?nonsense=1"])(
    "answers HEAD as it answers GET, without a body: %s",
    async (path) => {
      const get = await fetch(bot.url + path);
      const head = await fetch(bot.url + path, { method: "HEAD" });

      expect(head.status).toBe(get.status);
      expect(head.headers.get("access-control-allow-origin")).toBe("*");
      expect(await head.text()).toBe("");
    },
  );

  it.each([
    ["soham-library", "East Cambridgeshire"],
    ["clas", "Cambridgeshire"],
  ])("says where a service is for: %s, %s", async (id, name) => {
    const { body } = await get(`/open-referral/services/${id}`);

    expect(body["service_areas"]).toEqual([
      { id: expect.stringMatching(HSDS_ID), service_id: body["id"], name },
    ]);
  });

  it("keeps to itself what is not public", async () => {
    const { text } = await get("/open-referral/services?per_page=100&search=Refuge");

    expect(text).not.toContain("Refuge");
  });

  it("asks whoever reads too fast to wait", async () => {
    const answers = await Promise.all(
      Array.from({ length: 90 }, () => fetch(`${bot.url}/open-referral`)),
    );

    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get("retry-after")).toMatch(/^\d+$/);
  });
});

function asking(query: string, skip: number, count: number) {
  return {
    commandId: "services",
    parameters: [{ name: "query", value: query }],
    queryOptions: { skip, count },
  };
}

interface Attachment {
  readonly contentType: string;
  readonly content: unknown;
  readonly preview: { readonly contentType: string; readonly content: { readonly title: string } };
}

function attachmentsOf(body: Record<string, unknown>): Attachment[] {
  // The shape that Teams wants; a wrong one fails the test that reads it.
  return (body["composeExtension"] as { attachments?: Attachment[] }).attachments ?? [];
}

function titles(attachments: readonly Attachment[]): string[] {
  return attachments.map(({ preview }) => preview.content.title);
}

async function get(path: string) {
  const response = await fetch(`${bot.url}${path}`);
  const text = await response.text();
  return { response, text, body: JSON.parse(text) as Record<string, unknown> };
}

function contentsOf(body: Record<string, unknown>): { readonly id: string }[] {
  return body["contents"] as { id: string }[];
}
