import { createClock } from "../src/calendar.ts";
import type { Card } from "../src/card-template.ts";
import { createFeedStore } from "../src/directory/feed/store.ts";
import { createServiceStore } from "../src/directory/store.ts";
import { importDirectory } from "../src/import-directory.ts";
import { createLog } from "../src/log.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  inputsOf,
  MEMBER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import { serviceInFeed, startFeed } from "./support/feed.ts";

type Product = Awaited<ReturnType<typeof openProduct>>;
type Feed = Awaited<ReturnType<typeof startFeed>>;

const SOON = { firstWait: 5, longestWait: 400, signOfLife: 50 };
const NEXT_DAY = "2019-09-26T09:00";

let tables: Tables;
withSampleCouncil((own) => (tables = own));
const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

describe("importing a feed", () => {
  it.each(["3.0", "1.0"] as const)("brings every page of a feed of %s", async (standard) => {
    const feed = await opened({ standard, count: 5, perPage: 2 });
    const product = await replica();

    const answer = await product.as(ADMINISTRATOR).say(`import directory ${feed.url}`);
    const told = await news(product);

    expect(wordsOn(answer)).toContain("Reading the services");
    expect(titlesOf(answer)).toContain("How far is it?");
    expect(wordsOn(told)).toContain("The services are in the directory");
    expect(wordsOn(told)).toContain("5 of 5 services, 3 pages");
    expect(feed.pages()).toEqual([1, 2, 3]);
    expect(feed.mostAtOnce()).toBe(1);
    expect(await service("service-4")).toMatchObject({
      name: "Coffee morning 4",
      organization: { name: "Village hall 4" },
      locations: [{ address: "4 High Street, March", postcode: "PE15 0AA", district: "fenland" }],
      schedules: [{ days: ["TH"], opensAt: "10:00", closesAt: "12:00" }],
      source: { kind: "feed", retrieved: "2019-09-25" },
    });
  });

  it("is found at once where it was imported, and gone at once when it is taken out", async () => {
    const feed = await opened();
    const product = await replica();
    const before = await product.as(MEMBER).say("service Coffee morning 3");
    const told = await imported(product, feed.url);

    const found = await product.as(MEMBER).say("service Coffee morning 3");
    const ask = await product.as(ADMINISTRATOR).press(...press(told, "Take it out"));
    await product.as(ADMINISTRATOR).press(...press(ask, "Take it out with its services"));
    await news(product, 2);
    const after = await product.as(MEMBER).say("service Coffee morning 3");

    expect(wordsOn(before)).not.toContain("Village hall 3");
    expect(wordsOn(found)).toContain("Village hall 3");
    expect(wordsOn(after)).not.toContain("Village hall 3");
  });

  it("finds the list from the address of the API", async () => {
    const feed = await opened();
    const product = await replica();

    const told = await imported(product, feed.root);

    expect(wordsOn(told)).toContain("5 of 5 services");
  });

  it("asks for each service by itself where the list is short", async () => {
    const feed = await opened({ isShort: true, count: 3 });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("3 of 3 services");
    expect((await service("service-2"))?.phones).toEqual(["01354 000000"]);
    expect(feed.mostAtOnce()).toBe(1);
  });

  it("begins at page 0 where the feed does", async () => {
    const feed = await opened({ standard: "1.0", firstPage: 0, count: 5 });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("5 of 5 services");
    expect(await service("service-0")).toBeDefined();
  });

  it("says what is wrong with an address that is no feed", async () => {
    const feed = await opened({ lie: () => ({ services: "none" }) });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("This is not an Open Referral UK feed");
  });

  it.each([
    ["http://example.org/services", "Only addresses that begin with https:// are read"],
    ["https://user:secret@example.org/", "The address holds a name or a password"],
    ["https://10.0.0.8/services", "10.0.0.8 is not on the public internet"],
  ])("does not begin with %s", async (address, words) => {
    const { as, posted } = await replica();

    const answer = await as(ADMINISTRATOR).say(`import directory ${address}`);

    expect(wordsOn(answer)).toContain(words);
    expect(posted).toEqual([]);
  });

  it("is for administrators", async () => {
    const { as } = await replica();

    const answer = await as(MEMBER).say("import directory https://example.org/services");

    expect(wordsOn(answer)).toContain("is for administrators");
  });

  it("keeps an address of the form that cannot be read, with what is wrong", async () => {
    const { as } = await replica();
    const form = await as(ADMINISTRATOR).say("import directory");

    const again = await as(ADMINISTRATOR).press(
      ...press(form, "Import", { address: "ftp://example.org" }),
    );

    expect(wordsOn(again)).toContain("There is a problem");
    expect(inputsOf(again)).toMatchObject({ address: "ftp://example.org" });
  });
});

describe("a feed that is in trouble", () => {
  it.each([
    ["asks for a wait", { status: 429, headers: { "retry-after": "0" } }],
    ["is away for a moment", { status: 503 }],
    ["hangs up", "hang up"],
    ["breaks off in the middle of a page", "break off"],
    ["sends half a page as if it were whole", { status: 200, body: '{"contents": [' }],
  ] as const)("is asked again when it %s", async (_what, mood) => {
    const feed = await opened({
      mood: ({ page }, times) => (page === 2 && times < 3 ? mood : undefined),
    });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("5 of 5 services");
    expect(feed.pages()).toEqual([1, 2, 2, 2, 3]);
  });

  it("pauses a reading whose feed stays away, and goes on from the same page", async () => {
    const mood = { isAway: true };
    const feed = await opened({
      mood: ({ page }) => (page === 2 && mood.isAway ? { status: 503 } : undefined),
    });
    const product = await replica();
    const paused = await imported(product, feed.url);
    mood.isAway = false;

    await product.as(ADMINISTRATOR).press(...press(paused, "Carry on now"));
    const told = await news(product, 2);

    expect(wordsOn(paused)).toContain("The reading has paused");
    expect(wordsOn(paused)).toContain("error 503");
    expect(wordsOn(told)).toContain("5 of 5 services");
    expect(feed.pages().filter((page) => page === 1)).toHaveLength(1);
  });

  it("is asked less and less often while it stays away, and its trouble is told once", async () => {
    const mood = { isAway: true };
    const feed = await opened({ mood: () => (mood.isAway ? { status: 503 } : undefined) });
    const product = await replica();
    const paused = await imported(product, feed.url);
    const asks = [await asksAfter(feed, 1, 0), await asksAfter(feed, 14, 0)];
    asks.push(await asksAfter(feed, 16, 5), await asksAfter(feed, 40, 0));
    asks.push(await asksAfter(feed, 50, 5), await asksAfter(feed, 12 * 60, 5));
    mood.isAway = false;

    const last = await replica(24 * 60);
    await look(last);
    const over = await news(last);

    expect(wordsOn(paused)).toContain("It goes on after");
    expect(asks).toEqual([5, 5, 10, 10, 15, 20]);
    expect(wordsOn(over)).toContain("5 of 5 services");

    /**
     * Requests so far, when the work is looked for so many minutes later and that many more are
     * expected. Any beyond those stand in the next count.
     */
    async function asksAfter({ asked }: Feed, minutes: number, more: number): Promise<number> {
      const later = await replica(minutes);
      const before = asked.length;
      await look(later);
      const renewed = more > 0 ? ["The reading has paused"] : [];
      await until(
        async () => asked.length >= before + more && later.renewed.length >= renewed.length,
      );
      const headings = later.renewed.map(({ card }) => wordsOn(card).split("\n")[0]);
      expect(headings).toEqual(renewed);
      expect(later.posted).toEqual([]);
      return asked.length;
    }
  });

  it.each([
    ["999999999", "It wants to be left alone until"],
    ["99999999999999999999", "for more than 50 years"],
    ["Sat, 13 Sep 275760 00:00:00 GMT", "for more than 50 years"],
  ])("is asked once a day though it asks for %s", async (asked, said) => {
    const headers = { date: "Thu, 01 Jan 1970 00:00:00 GMT", "retry-after": asked };
    const feed = await opened({ mood: () => ({ status: 429, headers }) });
    const product = await replica();

    const paused = await imported(product, feed.url);
    await look(await replica(23 * 60));
    const before = feed.asked.length;
    await look(await replica(25 * 60));
    await until(async () => feed.asked.length > before);

    expect(wordsOn(paused)).toContain(said);
    expect(before).toBe(1);
  });

  it("is left alone for as long as it asks, when that is long", async () => {
    const feed = await opened({
      mood: () => ({ status: 429, headers: { "retry-after": "3600" } }),
    });
    const product = await replica();

    const paused = await imported(product, feed.url);

    expect(wordsOn(paused)).toContain("The feed asks us to wait");
    expect(feed.asked).toHaveLength(1);
  });

  it.each([404, 401, 410])("is given up at error %i", async (status) => {
    const feed = await opened({ mood: () => ({ status }) });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain(`The feed answered with error ${status}`);
    expect(feed.asked).toHaveLength(1);
  });

  it("is followed where it sends us on, and not out of the public internet", async () => {
    const feed = await opened({
      mood: ({ page }) =>
        page === 1
          ? { status: 302, headers: { location: "http://169.254.169.254/metadata" } }
          : undefined,
    });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("Only addresses that begin with https:// are read");
  });

  it("ends where it repeats itself", async () => {
    const feed = await opened({
      count: 4,
      lie: (page) => ({
        ...page,
        last_page: false,
        total_pages: 900,
        contents: [serviceInFeed(1)],
      }),
    });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("From page 2 on it repeats itself");
    expect(wordsOn(told)).toContain("It says that it has 4 services, and 1 came");
    expect(feed.pages()).toEqual([1, 2]);
  });

  it("ends at an empty page, whatever it says", async () => {
    const feed = await opened({
      count: 4,
      lie: (page) => ({ ...page, last_page: false, total_pages: 900, total_items: 1800 }),
    });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("It says that it has 1,800 services, and 4 came");
    expect(feed.pages()).toEqual([1, 2, 3]);
  });

  it.each([null, "", false])("is read on when its counts say %j", async (nothing) => {
    const counts = { total_pages: nothing, total_items: nothing, last_page: null };
    const feed = await opened({ lie: (page) => ({ ...page, ...counts }) });

    const told = await imported(await replica(), feed.url);

    expect(wordsOn(told)).toContain("5 services, 4 pages");
  });

  it("is read on when it says too early that this is the last page", async () => {
    const feed = await opened({ lie: (page) => ({ ...page, last_page: true }) });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("5 of 5 services");
  });
});

describe("a record of a feed", () => {
  it("is refused without what a service needs, and named", async () => {
    const cases: [unknown, string][] = [
      [serviceInFeed(0, { id: null }), "page 1, number 1: It has no id"],
      [serviceInFeed(1, { name: "" }), "service-1: It has no name"],
      [serviceInFeed(2, { status: "archived" }), "service-2: Its status is missing or unknown"],
      [serviceInFeed(3, { status: null }), "service-3: Its status is missing or unknown"],
      [serviceInFeed(4, { organization: null }), "service-4: It names no organisation"],
      [serviceInFeed(5, { id: ["a"] }), "page 1, number 6: It has no id"],
      ["services", "page 1, number 7: It cannot be read"],
      [7, "page 1, number 8: It cannot be read"],
      [[[]], "page 1, number 9: It cannot be read"],
      [null, "page 1, number 10: It cannot be read"],
    ];
    const told = await importedRecords(cases.map(([record]) => record));

    const words = wordsOn(told);
    expect(cases.filter(([, reason]) => !words.includes(reason))).toEqual([]);
    expect(words).toMatch(/Not taken\s+10/);
    expect(words).toContain("11 of 11 services");
    expect(await service("service-1")).toBeUndefined();
    expect(await service("service-10")).toBeDefined();
  });

  it("is kept without what cannot be read, and that is said", async () => {
    const cases: [object, string][] = [
      [place({ latitude: 100, longitude: 101 }), "location.latitude"],
      [{ description: { en: "A room" } }, "description"],
      [{ url: "javascript:alert(1)" }, "url"],
      [{ phones: [{ number: "see website" }] }, "phones.0.number"],
      [{ assured_date: "2019-02-31" }, "assured_date"],
      [times({ opens_at: "25:00" }), "opens_at"],
      [{ minimum_age: "adult" }, "minimum_age"],
      [{ minimum_age: false }, "minimum_age"],
      [place({ latitude: 0.09, longitude: 52.55 }), "location.latitude"],
      [place({ latitude: [], longitude: 0.09 }), "location.latitude"],
      [{ cost_options: [{ amount: false }] }, "cost_options.0.amount"],
      [{ cost_options: [{ amount: true }] }, "cost_options.0.amount"],
      [{ cost_options: [{ amount: [] }] }, "cost_options.0.amount"],
      [{ url: "https://someone:secret@example.org/" }, "url"],
      [{ schedules: "Thursdays" }, "schedules"],
      [{ attributes: [{ taxonomy_term: { name: "Debt" } }] }, "attributes.0.taxonomy_term"],
    ];
    const told = await importedRecords(cases.map(([changes], at) => serviceInFeed(at, changes)));

    const lines = wordsOn(told).split("\n");
    const unsaid = cases.filter(
      ([, field], at) =>
        !lines.some((line) => line.includes(`service-${at}: Kept without`) && line.includes(field)),
    );
    expect(unsaid).toEqual([]);
    expect((await service("service-0"))?.locations).toEqual([{}]);
    expect((await service("service-8"))?.fees).toBeUndefined();
    expect((await service("service-15"))?.name).toBe("Coffee morning 15");
  });

  it("may have nulls everywhere else", async () => {
    const nulls = { description: null, phones: null, schedules: [null], url: null, fees: null };
    const feed = await opened({ service: (at) => serviceInFeed(at, { ...nulls, ...place(null) }) });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).not.toContain("Kept without");
    expect(Object.values((await service("service-0")) ?? {})).not.toContain(null);
  });

  it("is not believed when it was confirmed on a day to come", async () => {
    const told = await importedRecords([serviceInFeed(0, { assured_date: "2031-01-01" })]);

    expect(wordsOn(told)).toContain("assured_date, which lies ahead");
    expect((await service("service-0"))?.assuredDate).toBeUndefined();
  });

  it("has its HTML turned into text", async () => {
    const description =
      "<p>Tea &amp; cake for &lt;12s.</p><ul><li>Free</li></ul><script>alert(1)</script>";
    const feed = await opened({ service: (at) => serviceInFeed(at, { description }) });
    const product = await replica();

    await imported(product, feed.url);

    expect((await service("service-0"))?.description).toBe("Tea & cake for <12s.\n\n• Free");
  });

  it("counts once when its id comes twice", async () => {
    const feed = await opened({ service: (at) => serviceInFeed(at === 3 ? 0 : at) });
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("service-0: Its id came before");
    expect(wordsOn(told)).toMatch(/Came twice\s+1/);
  });

  it("leaves its id to the next one when it is refused itself", async () => {
    const told = await importedRecords([
      serviceInFeed(0, { id: "twice", name: "" }),
      serviceInFeed(1, { id: "twice", name: "The second one" }),
      serviceInFeed(2, { id: "twice", name: "The third one" }),
    ]);

    expect(wordsOn(told)).toContain("twice: It has no name");
    expect(wordsOn(told)).toMatch(/Came twice\s+1/);
    expect((await service("twice"))?.name).toBe("The second one");
  });

  it("is refused by itself when its lists lie without end in one another", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const record = JSON.stringify(serviceInFeed(1, { description: "deep" }));
    const good = JSON.stringify(serviceInFeed(0));
    const body = `{"contents":[${good},${record.replace('"deep"', deep)}],"last_page":true}`;
    const feed = await opened({ mood: () => ({ status: 200, body }) });

    const told = await imported(await replica(), feed.url);

    expect(wordsOn(told)).toContain("service-1: Its lists lie too deep in one another");
    expect(await service("service-0")).toBeDefined();
  });

  it.each([
    [{ freq: "WEEKLY", byday: "TH" }, "Thursday, 10am to midday"],
    [{ freq: "WEEKLY", interval: 2, byday: "TH" }, "Every second Thursday, 10am to midday"],
    [{ freq: "WEEKLY", interval: "2", byday: "TU,TH" }, "Every second week, Tuesday and Thursday"],
    [{ freq: "WEEKLY", interval: 6, byday: "TH" }, "Thursday every 6 weeks, 10am"],
    [{ freq: "MONTHLY", byday: "1TH" }, "First Thursday of the month, 10am to midday"],
    [{ freq: "MONTHLY", byday: "1TH,3TH" }, "First and third Thursday of the month"],
    [{ freq: "MONTHLY", interval: 2, byday: "-1FR" }, "Last Friday of every second month"],
    [{ freq: "MONTHLY", bymonthday: "3" }, "The 3rd of the month, 10am to midday"],
    [{ freq: "MONTHLY", bymonthday: "1,22,-1" }, "The 1st, the 22nd and the last day of the month"],
    [{ freq: "DAILY" }, "Every day, 10am to midday"],
    [{ freq: "WEEKLY", byday: "TH", valid_to: "2019-12-05" }, "midday, until 5 December 2019"],
    [{ freq: "WEEKLY", byday: "TH", valid_from: "2019-12-05" }, "midday, from 5 December 2019"],
  ])("is given at the times that it says: %j", async (schedule, said) => {
    const { shown, told, readOut } = await withTimes(schedule);

    expect(shown).toContain(said);
    expect(told).not.toContain("Kept without");
    expect(readOut).toMatchObject({
      ...schedule,
      ...("interval" in schedule && { interval: Number(schedule.interval) }),
    });
  });

  it.each([
    [{ freq: "YEARLY", byday: "TH" }],
    [{ freq: "MONTHLY", byday: "TH" }],
    [{ freq: "WEEKLY", byday: "1TH" }],
    [{ freq: "MONTHLY", byday: "MO,TU", bysetpos: "1" }],
    [{ freq: "WEEKLY", byday: "TH", interval: "two" }],
  ])("is shown without times that cannot be said truly: %j", async (schedule) => {
    const { shown, told, readOut } = await withTimes(schedule);

    expect(shown).not.toContain("Thursday");
    expect(shown).not.toContain("midday");
    expect(told).toContain("service-0: Kept without what could not be read: schedules.0");
    expect(readOut).toBeUndefined();
  });

  it("keeps what a person wrote about times that cannot be said from their fields", async () => {
    const description = "Thursdays in term time";
    const { shown } = await withTimes({ freq: "YEARLY", byday: "TH", description });

    expect(shown).toContain("When");
    expect(shown).toContain("Thursdays in term time");
    expect(shown).not.toContain("midday");
  });

  it("is shown without times that have ended", async () => {
    const { shown } = await withTimes({ freq: "WEEKLY", byday: "TH", valid_to: "2018-01-01" });

    expect(shown).not.toContain("Thursday");
  });

  it("is listed whole where many were refused, in parts that fit a card", async () => {
    const count = 400;
    const reason = (at: number) => serviceInFeed(at, { status: "archived" });
    const feed = await opened({ count, perPage: 200, service: reason });
    const product = await replica();
    const told = await imported(product, feed.url);

    const rows: string[] = [];
    let list = await product.as(ADMINISTRATOR).press(...press(told, "List of records"));
    for (;;) {
      rows.push(...String(inputsOf(list).csv).trim().split("\n").slice(1));
      expect(JSON.stringify(list).length).toBeLessThan(28_000);
      if (!titlesOf(list).includes("The next ones")) break;
      list = await product.as(ADMINISTRATOR).press(...press(list, "The next ones"));
    }

    expect(wordsOn(told).match(/Its status is missing/g)).toHaveLength(50);
    expect(wordsOn(told)).toContain("And 350 more");
    expect(rows).toHaveLength(count);
  });

  it("of version 1 gives the same service", async () => {
    const feed = await opened({
      ...{ standard: "1.0", count: 1 },
      service: () => ({
        ...{ id: 17, name: "Debt advice", status: "Active", description: "<b>Free</b> advice" },
        organization: { id: "o1", name: "Advice Centre" },
        contacts: [{ name: "Sam Okoro", phones: [{ number: "01945 000000" }] }],
        eligibilitys: [{ eligibility: "Adults", minimum_age: 18, maximum_age: 99 }],
        regular_schedules: [{ opens_at: "09:30:00", closes_at: "16:00", byday: "MO,WE" }],
        service_areas: [{ service_area: "Fenland", extent: null }],
        service_taxonomys: [{ taxonomy: { id: "t1", name: "Debt" } }],
        cost_options: [{ option: "First visit", amount: 0 }],
        service_at_locations: [
          { location: { physical_addresses: [{ address_1: "1 Hill Street", city: "Wisbech" }] } },
        ],
      }),
    });
    const product = await replica();

    await imported(product, feed.url);

    const debt = await service("17");
    expect(debt).toMatchObject({
      ...{ status: "active", description: "Free advice", phones: ["01945 000000"] },
      ...{ eligibility: "Adults", minimumAge: 18, maximumAge: 99, areas: ["fenland"] },
      schedules: [{ days: ["MO", "WE"], opensAt: "09:30", closesAt: "16:00" }],
      taxonomyTerms: [{ id: "t1", name: "Debt" }],
      ...{ fees: "First visit, free", locations: [{ district: "fenland" }] },
    });
    expect(JSON.stringify(debt)).not.toContain("Sam Okoro");
  });
});

describe("a feed that is read again", () => {
  it("is asked only for what has changed", async () => {
    const feed = await opened({ hasEtags: true });
    const product = await replica();
    const first = await imported(product, feed.url);
    feed.settings.service = (at) => serviceInFeed(at, at === 2 ? { name: "Tea dance" } : {});

    await product.as(ADMINISTRATOR).press(...press(first, "Read it again now"));
    const told = await news(product, 2);

    expect(wordsOn(told)).toMatch(/Pages that have not changed\s+2/);
    expect(wordsOn(told)).toContain("5 of 5 services");
    expect((await service("service-2"))?.name).toBe("Tea dance");
    expect(await service("service-0")).toBeDefined();
  });

  it("takes out what is gone from it", async () => {
    const feed = await opened({ count: 10 });
    const product = await replica();
    const first = await imported(product, feed.url);
    feed.settings.count = 9;

    await product.as(ADMINISTRATOR).press(...press(first, "Read it again now"));
    const told = await news(product, 2);

    expect(wordsOn(told)).toMatch(/Not in it any more\s+1/);
    expect(await isShown("service-9")).toBe(false);
    expect(await isShown("service-8")).toBe(true);
  });

  it("keeps a service whose record cannot be read this time", async () => {
    const feed = await opened({ count: 5 });
    const product = await replica();
    const first = await imported(product, feed.url);
    feed.settings.service = (at) => serviceInFeed(at, at === 4 ? { status: "?" } : {});

    await product.as(ADMINISTRATOR).press(...press(first, "Read it again now"));
    await news(product, 2);

    expect(await isShown("service-4")).toBe(true);
  });

  it("is held when too much is gone, and applied only when somebody says so", async () => {
    const { product, feed, held } = await shrunk();
    const before = await isShown("service-9");

    const answer = await product.as(ADMINISTRATOR).press(...press(held, "Apply it all the same"));
    const told = await news(product, 3);

    expect(wordsOn(held)).toContain("3 of 10 services are not in it any more");
    expect(before).toBe(true);
    expect(wordsOn(answer)).not.toContain("look at this first");
    expect(wordsOn(told)).toContain("The services are in the directory");
    expect(await isShown("service-9")).toBe(false);
    expect(feed.pages().filter((page) => page === 1)).toHaveLength(2);
    expect(wordsOn(await product.as(ADMINISTRATOR).say("audit"))).toContain("that was held");
  });

  it.each([
    ["closed for good", { status: "defunct" }],
    ["without a way to get in touch", { name: "X", phones: [], service_at_locations: [] }],
  ])("is held when too much in it is %s", async (_what, changes) => {
    const feed = await opened({ count: 10, hasEtags: true });
    const product = await replica();
    const first = await imported(product, feed.url);
    feed.settings.service = (at) => serviceInFeed(at, at < 2 ? changes : {});
    await product.as(ADMINISTRATOR).press(...press(first, "Read it again now"));
    const few = await news(product, 2);
    feed.settings.service = (at) => serviceInFeed(at, at < 5 ? changes : {});

    await product.as(ADMINISTRATOR).press(...press(few, "Read it again now"));
    const held = await news(product, 3);
    const before = (await service("service-4"))?.name;
    await product.as(ADMINISTRATOR).press(...press(held, "Apply it all the same"));
    await news(product, 4);

    expect(wordsOn(few)).toContain("The services are in the directory");
    expect(wordsOn(held)).toContain("look at this first");
    expect(wordsOn(held)).toContain("3 of 8 services would be lost");
    expect([before, await isShown("service-4")]).toEqual(["Coffee morning 4", "name" in changes]);
    expect((await service("service-4"))?.phones.length).toBe("name" in changes ? 0 : 1);
  });

  it.each<[string, (at: number) => object, string]>([
    [
      "the names are others",
      (at) => (at < 3 ? { name: `Casino night ${at}` } : {}),
      "3 of 10 services would have another name",
    ],
    [
      "the names are each another's",
      (at) => ({ name: `Coffee morning ${9 - at}` }),
      "10 of 10 services would have another name",
    ],
    [
      "the ids are others",
      (at) => (at < 3 ? { id: `new-${at}` } : {}),
      "3 of 10 services are not in it any more",
    ],
  ])("is held when as many services are in it and %s", async (_what, changes, words) => {
    const feed = await opened({ count: 10, hasEtags: true });
    const product = await replica();
    const first = await imported(product, feed.url);
    feed.settings.service = (at) => serviceInFeed(at, changes(at));

    await product.as(ADMINISTRATOR).press(...press(first, "Read it again now"));
    const held = await news(product, 2);
    const before = (await service("service-0"))?.name;
    await product.as(ADMINISTRATOR).press(...press(held, "Apply it all the same"));
    const applied = await news(product, 3);

    expect(wordsOn(held)).toContain("look at this first");
    expect(wordsOn(held)).toContain(words);
    expect(before).toBe("Coffee morning 0");
    expect(wordsOn(applied)).toContain("The services are in the directory");
  });

  it("is applied when few names are others, or only their capitals and signs", async () => {
    const feed = await opened({ count: 10, hasEtags: true });
    const product = await replica();
    const first = await imported(product, feed.url);
    feed.settings.service = (at) =>
      serviceInFeed(at, { name: at < 2 ? "Tea dance" : `COFFEE MORNINGS: ${at}` });

    await product.as(ADMINISTRATOR).press(...press(first, "Read it again now"));
    const applied = await news(product, 2);

    expect(wordsOn(applied)).toContain("The services are in the directory");
    expect((await service("service-9"))?.name).toBe("COFFEE MORNINGS: 9");
  });

  it("is thrown away when it is held and nobody wants it", async () => {
    const { product, held } = await shrunk();
    const discard = press(held, "Throw it away");

    const answer = await product.as(ADMINISTRATOR).press(...discard);
    const late = await product.as(ADMINISTRATOR).press(...press(held, "Apply it all the same"));

    expect(wordsOn(answer)).toContain("Nothing was changed");
    expect(wordsOn(late)).toContain("Nothing was changed");
    expect(await isShown("service-9")).toBe(true);
    expect(wordsOn(await product.as(ADMINISTRATOR).say("audit"))).toContain("threw away");
  });

  it("is held when something is gone and its own count says that not all came", async () => {
    const feed = await opened({ count: 10 });
    const product = await replica();
    const first = await imported(product, feed.url);
    feed.settings.count = 9;
    feed.settings.lie = (page) => ({ ...page, total_items: 10 });

    await product.as(ADMINISTRATOR).press(...press(first, "Read it again now"));
    const held = await news(product, 2);

    expect(wordsOn(held)).toContain("It says that it has 10 services, and 9 came");
    expect(await isShown("service-9")).toBe(true);
  });

  it("is read once a day by itself, and not when that was stopped", async () => {
    const feed = await opened({ count: 2 });
    const product = await replica();
    const first = await imported(product, feed.url);
    const { now } = await product.turnOf(ADMINISTRATOR, { clock: NEXT_DAY });

    await product.jobs.look(now);
    await until(async () => (await reading(feed))?.day === "2019-09-26");
    await until(async () => (await reading(feed))?.state === "done");
    await product.jobs.look(now);
    const stopped = await product
      .as(ADMINISTRATOR)
      .press(...press(first, "Stop the daily reading"));
    await product.jobs.look(now.add({ hours: 24 }));

    expect(feed.pages()).toEqual([1, 1]);
    expect(wordsOn(stopped)).toContain("It is not read again by itself");
    expect(product.posted.filter(({ to }) => to === ADMINISTRATOR.id)).toHaveLength(1);
  });
});

describe("a reading that was broken off", () => {
  it("goes on where it was after an orderly stop", async () => {
    const feed = await opened({
      count: 12,
      mood: async ({ page }) => void (page === 4 && (await one.finish())),
    });
    const one = await replica();
    const two = await replica();
    await one.as(ADMINISTRATOR).say(`import directory ${feed.url}`);
    await until(async () => feed.pages().includes(4));
    await until(async () => (await reading(feed))?.holder === undefined);
    feed.settings.mood = () => undefined;

    const { now } = await two.turnOf(ADMINISTRATOR);
    await two.resume(now);
    const told = await news(two);

    expect(wordsOn(told)).toContain("12 of 12 services");
    expect(feed.pages()).toEqual([1, 2, 3, 4, 4, 5, 6]);
    expect(one.posted).toEqual([]);
  });

  it("is taken over from a replica that is gone, which then leaves it alone", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const feed = await opened({
      count: 12,
      mood: async ({ page }, times) => void (page === 4 && times === 1 && (await held)),
    });
    const one = await replica();
    await one.as(ADMINISTRATOR).say(`import directory ${feed.url}`);
    await until(async () => feed.pages().includes(4));
    const early = await replica();
    const { now } = await early.turnOf(ADMINISTRATOR);
    await early.jobs.look(now);
    const before = (await reading(feed))?.holder;
    const late = await replica(5);

    await late.jobs.look(now);
    const told = await news(late);
    release();
    await until(async () => (await reading(feed))?.state === "done");

    expect(before).toBeDefined();
    expect(wordsOn(told)).toContain("12 of 12 services");
    expect(early.posted).toEqual([]);
    expect(one.posted).toEqual([]);
    expect(await service("service-11")).toBeDefined();
  });
});

describe("a feed that is being read", () => {
  it("can be taken off the daily ones meanwhile, and is read to its end", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const feed = await opened({ mood: async ({ page }) => void (page === 2 && (await held)) });
    const product = await replica();
    const answer = await product.as(ADMINISTRATOR).say(`import directory ${feed.url}`);
    await until(async () => feed.pages().includes(2));

    await product.as(ADMINISTRATOR).press(...press(answer, "Stop the daily reading"));
    release();
    const told = await news(product);

    expect(wordsOn(told)).toContain("5 of 5 services");
    expect(wordsOn(told)).toContain("It is not read again by itself");
  });

  it("is not read twice when somebody asks again", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const feed = await opened({ mood: async ({ page }) => void (page === 2 && (await held)) });
    const product = await replica();
    const other = await replica();
    await product.as(ADMINISTRATOR).say(`import directory ${feed.url}`);
    await until(async () => feed.pages().includes(2));

    const answer = await other.as(ADMINISTRATOR).say(`import directory ${feed.url}`);
    release();
    await news(product);

    expect(wordsOn(answer)).toContain("2 of 5 services, 1 page");
    expect(feed.pages()).toEqual([1, 2, 3]);
  });

  it("goes on when the tables are away for a moment", async () => {
    const feed = await opened();
    const real = tables;
    let faults = 2;
    tables = async (name) => {
      const table = await real(name);
      const put: typeof table.put = async (row) => {
        if (row.rowKey.startsWith("page|000002") && faults-- > 0) throw new Error("Away");
        await table.put(row);
      };
      return { ...table, put };
    };
    const product = await replica();

    const told = await imported(product, feed.url);

    expect(wordsOn(told)).toContain("5 of 5 services, 3 pages");
    expect(feed.pages()).toEqual([1, 2, 2, 2, 3]);
  });
});

describe("importing a list", () => {
  const CSV = [
    "id,name,organization,description,city,phone,days,opens_at,assured_date",
    'c1,Timebank,Parish Council,"Give an hour, get an hour",Littleport,01353 000000,"MO,TU",9:00,01/09/2019',
    "c2,,Parish Council,,,,,,",
  ].join("\n");

  it("takes a pasted CSV, and names each line that it cannot", async () => {
    const product = await replica();
    const form = await product.as(ADMINISTRATOR).say("import directory");

    await product.as(ADMINISTRATOR).press(...press(form, "Import", { list: CSV }));
    const told = await news(product);

    expect(wordsOn(told)).toContain("2 of 2 services");
    expect(wordsOn(told)).toContain("c2: It has no name");
    expect(await service("c1")).toMatchObject({
      ...{ name: "Timebank", assuredDate: "2019-09-01", phones: ["01353 000000"] },
      locations: [{ district: "east-cambridgeshire" }],
      schedules: [{ days: ["MO", "TU"], opensAt: "09:00" }],
    });
  });

  it("is imported once when Teams delivers the press to two replicas", async () => {
    const [one, other] = [await replica(), await replica()];
    const form = await one.as(ADMINISTRATOR).say("import directory");
    const [verb, data, id] = press(form, "Import", { list: CSV, name: "Twice" });

    const first = await one.as(ADMINISTRATOR).press(verb, data, id);
    const again = await other.as(ADMINISTRATOR).press(verb, data, id);
    await news(one);

    expect(wordsOn(first)).not.toContain("There is a problem");
    expect(wordsOn(again)).not.toContain("There is a problem");
    expect(wordsOn(again)).toContain("Twice");
    expect([...one.posted, ...other.posted]).toHaveLength(1);
  });

  it("keeps nothing of what feeds and lists say among the answers to presses", async () => {
    const product = await replica();
    const verbs = [...product.verbs.keys()].filter((verb) => verb.startsWith("directory.import"));

    expect(verbs).toContain("directory.importFaults");
    expect(verbs.filter((verb) => product.keepsAnswer(verb))).toEqual([]);
  });

  it("takes a JSON file that came with the message", async () => {
    const product = await replica();
    const file = JSON.stringify({ contents: [serviceInFeed(1), serviceInFeed(2)] });
    const turn = await product.turnOf(ADMINISTRATOR);
    const read = async () => new TextEncoder().encode(file);

    await product.say({ ...turn, files: [{ name: "services.json", read }] }, "import directory");
    const told = await news(product);

    expect(wordsOn(told)).toContain("services.json");
    expect(await service("service-2")).toBeDefined();
  });

  it.each([
    ["nothing", " ", "Enter the address of a feed, or paste a list"],
    ["JSON that breaks off", '[{"id": 1', "cannot be read to its end"],
    ["JSON without services", '{"hello": 1}', "The list holds no services"],
    ["other columns", "name,town\na,b", "The first line must name the columns"],
  ])("says what to do with %s", async (_what, list, words) => {
    const product = await replica();
    const form = await product.as(ADMINISTRATOR).say("import directory");

    const again = await product.as(ADMINISTRATOR).press(...press(form, "Import", { list }));

    expect(wordsOn(again)).toContain(words);
    expect(wordsOn(again)).toContain("There is a problem");
  });
});

describe("npm run import-directory", () => {
  it("reads a feed, says how far it is and names what it did not take", async () => {
    const feed = await opened({
      service: (at) => serviceInFeed(at, at === 0 ? { status: "archived" } : {}),
    });

    const { code, lines } = await onTheCommandLine(feed.url);

    expect(code).toBe(0);
    expect(lines.join()).toContain("done: 5 of 5 services read, 3 pages; new 4");
    expect(lines.join()).toContain("service-0: Its status is missing or unknown");
    expect(await service("service-4")).toBeDefined();
  });

  it("says that another run may be at work, and when to try again", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const feed = await opened({ mood: async ({ page }) => void (page === 2 && (await held)) });
    const product = await replica();
    await product.as(ADMINISTRATOR).say(`import directory ${feed.url}`);
    await until(async () => feed.pages().includes(2));

    const { code, lines } = await onTheCommandLine(feed.url);
    release();
    await news(product);

    expect(code).toBe(1);
    expect(lines.at(-1)).toContain("Another run may be at work on this");
    expect(lines.at(-1)).toContain("Try again in 5 minutes");
    expect(feed.pages()).toEqual([1, 2, 3]);
  });

  it("reads a file", async () => {
    const { code } = await onTheCommandLine("data/directory-example.csv");

    expect(code).toBe(0);
    expect(await service("example-1")).toBeDefined();
  });

  it("says that there is no such file", async () => {
    await expect(onTheCommandLine("no-such-file.csv")).rejects.toThrow("There is no file");
  });
});

describe("a feed that names what is not its own", () => {
  it("leaves it as it is, and says so", async () => {
    const told = await importedRecords([
      serviceInFeed(0, { id: "emergency-999", name: "Call us instead" }),
      serviceInFeed(0, { id: "soham-library", name: "Call us instead" }),
    ]);

    expect(wordsOn(told)).toMatch(/Kept: an entry of its own from elsewhere\s+2/);
    expect(wordsOn(told)).toContain(
      "emergency-999: Not taken: an entry of that id is there already, from this directory itself.",
    );
    expect((await service("emergency-999"))?.phones).toEqual(["999"]);
    expect((await service("soham-library"))?.name).toBe("Soham Library");
  });

  it("leaves what another feed brought, and names that feed", async () => {
    const [mine, theirs] = [await opened({ count: 2 }), await opened({ count: 3 })];
    const product = await replica();
    await imported(product, mine.url);

    await product.as(ADMINISTRATOR).say(`import directory ${theirs.url}`);
    const told = await news(product, 2);

    expect(wordsOn(told)).toContain(`from ${new URL(mine.url).host}`);
    expect(wordsOn(told)).toMatch(/New in the directory\s+1/);
  });
});

describe("taking a feed out", () => {
  it("asks first, takes its services with it, and an import brings them back", async () => {
    const feed = await opened({ count: 3 });
    const product = await replica();
    await imported(product, feed.url);
    const list = await product.as(ADMINISTRATOR).say("take out a feed");

    const asked = await product.as(ADMINISTRATOR).press(...press(list, "Take it out"));
    const shownBefore = await isShown("service-1");
    await product.as(ADMINISTRATOR).press(...press(asked, "Take it out with its services"));
    const told = await news(product, 2);
    const shownAfter = await isShown("service-1");
    const feeds = await product.as(ADMINISTRATOR).say("directory feeds");
    const audit = wordsOn(await product.as(ADMINISTRATOR).say("audit"));
    await product.as(ADMINISTRATOR).say(`import directory ${feed.url}`);
    const again = await news(product, 3);

    expect(wordsOn(asked)).toContain("3 services will not be found any more.");
    expect([shownBefore, shownAfter]).toEqual([true, false]);
    expect(wordsOn(told)).toContain("The feed is taken out, with its services");
    expect(wordsOn(feeds)).toContain("There is none yet");
    expect(audit).toContain("took a feed out of the directory");
    expect(wordsOn(again)).toMatch(/New in the directory\s+3/);
    expect(await isShown("service-1")).toBe(true);
    expect(await service("soham-library")).toBeDefined();
  });
});

describe("the list of feeds", () => {
  it("says of each how far it is", async () => {
    const feed = await opened();
    const product = await replica();
    const empty = await product.as(ADMINISTRATOR).say("directory feeds");
    await imported(product, feed.url);

    const list = await product.as(ADMINISTRATOR).say("directory feeds");
    const one = await product.as(ADMINISTRATOR).press(...press(list, "How far is it?"));

    expect(wordsOn(empty)).toContain("There is none yet");
    expect(wordsOn(list)).toContain("5 services since 25 September 2019; read every day");
    expect(wordsOn(one)).toContain("5 of 5 services");
  });

  it("says of each what was not taken, each record once, and none that was taken after all", async () => {
    const service = (at: number) =>
      [
        serviceInFeed(0),
        serviceInFeed(1, { name: "" }),
        serviceInFeed(1, { status: "archived" }),
        serviceInFeed(2, { name: "" }),
        serviceInFeed(2),
        serviceInFeed(2),
        serviceInFeed(3, { id: null }),
      ][at];
    const feed = await opened({ count: 7, perPage: 2, service });
    const product = await replica();
    const told = await imported(product, feed.url);

    const words = wordsOn(await product.as(ADMINISTRATOR).say("directory feeds"));

    expect(words).toContain(
      "2 services since 25 September 2019; 2 records not taken; read every day",
    );
    expect(wordsOn(told)).toMatch(/Not taken\s+2/);
  });

  it("says one of one thing, and several of more", async () => {
    const feed = await opened({ count: 1 });
    const product = await replica();
    const told = await imported(product, feed.url);

    const words = wordsOn(await product.as(ADMINISTRATOR).say("directory feeds"));

    expect(wordsOn(told)).toContain("1 of 1 service, 1 page");
    expect(words).toContain("1 service since");
    expect(`${words} ${wordsOn(told)}`).not.toMatch(/\b1 (?:services|pages|records)/);
  });

  it.each([
    ["a forged button", "../x"],
    ["a button whose feed has an id of 40,000 characters", "x".repeat(40_000)],
  ])("has nothing for %s", async (_what, feed) => {
    const { as, verbs } = await replica();
    const aboutNone = ["importNew", "importFeeds"].map((name) => `directory.${name}`);
    const about = [...verbs.keys()].filter(
      (verb) => /^directory\.import[A-Z]/.test(verb) && !aboutNone.includes(verb),
    );

    const answers: string[] = [];
    for (const verb of about)
      answers.push(wordsOn(await as(ADMINISTRATOR).press(verb, { feed, run: "y" })));

    expect(about.length).toBeGreaterThan(5);
    expect(answers.filter((words) => !words.includes("That feed is not there any more"))).toEqual(
      [],
    );
  });
});

async function opened(...[wishes]: Parameters<typeof startFeed>): Promise<Feed> {
  const feed = await startFeed(wishes);
  open.push(feed);
  return feed;
}

/** A replica of the bot, whose clock may be so many minutes ahead. */
async function replica(minutesAhead = 0): Promise<Product> {
  const product = await openProduct(tables, {
    feeds: { isLoopbackAllowed: true, patience: SOON },
    wallClock: () => createClock()().add({ minutes: minutesAhead }),
  });
  open.push({ stop: product.finish });
  return product;
}

async function onTheCommandLine(what: string) {
  const lines: string[] = [];
  const parts = { tables, clock: createClock("2019-09-25T09:00"), log: createLog("silent") };
  const code = await importDirectory(what, { ...parts, isLoopbackAllowed: true }, (line) => {
    lines.push(line);
  });
  return { code, lines };
}

async function imported(product: Product, url: string): Promise<Card> {
  await product.as(ADMINISTRATOR).say(`import directory ${url}`);
  return news(product);
}

/** A feed of these records, and one more that is as it should be. */
async function importedRecords(records: readonly unknown[]): Promise<Card> {
  const count = records.length + 1;
  const feed = await opened({
    ...{ count, perPage: count },
    service: (at) => (at < records.length ? records[at] : serviceInFeed(at)),
  });
  return imported(await replica(), feed.url);
}

/** What the person is told when a reading ends or is held. */
async function news(product: Product, count = 1): Promise<Card> {
  await until(async () => product.posted.length >= count);
  const { card } = product.posted[count - 1] ?? {};
  if (!card) throw new Error("Nothing was posted");
  return card;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 800; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("What the test waits for did not happen");
}

async function reading({ url }: Feed) {
  const feeds = await createFeedStore(tables).feedsOf("communities-and-partnership");
  return feeds.find((feed) => feed.url === url)?.reading;
}

/** What is done from minute to minute, by the replica's own clock. */
async function look(product: Product): Promise<void> {
  const { now } = await product.turnOf(ADMINISTRATOR);
  await product.jobs.look(now);
}

function service(id: string) {
  return createServiceStore(tables).find(id);
}

/** Gone, or not to be found any more. */
async function isShown(id: string): Promise<boolean> {
  return (await service(id))?.status === "active";
}

/** A feed that had ten services and has seven. */
async function shrunk() {
  const feed = await opened({ count: 10 });
  const product = await replica();
  const first = await imported(product, feed.url);
  feed.settings.count = 7;
  await product.as(ADMINISTRATOR).press(...press(first, "Read it again now"));
  return { feed, product, held: await news(product, 2) };
}

/** A service with these times, from 10 to 12: on its card, on the import's, and as it is read out. */
async function withTimes(schedule: object) {
  const times = { ...schedule, opens_at: "10:00", closes_at: "12:00" };
  const feed = await opened({ count: 1, service: () => serviceInFeed(0, { schedules: [times] }) });
  const product = await replica();
  const told = wordsOn(await imported(product, feed.url));
  const shown = wordsOn(await product.as(MEMBER).press("directory.show", { id: "service-0" }));
  const one = product.pages.find(({ path }) => path === "/open-referral/services/:id");
  const answer = await one?.answer({ id: "service-0", query: {} });
  const { schedules = [] } = (answer?.body ?? {}) as { schedules?: object[] };
  return { told, shown, readOut: schedules[0] };
}

function place(location: object | null) {
  return { service_at_locations: [{ location }] };
}

function times(schedule: object) {
  return { schedules: [schedule] };
}
