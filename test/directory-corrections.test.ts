import type { Card } from "../src/card-template.ts";
import { PATIENCE } from "../src/directory/feed/asking.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import { serviceInFeed, startFeed } from "./support/feed.ts";

type Product = Awaited<ReturnType<typeof openProduct>>;

const LATER = "2020-10-26T09:00";

let tables: Tables;
withSampleCouncil((own) => (tables = own));
const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

describe("a correction of a service from a feed", () => {
  it("holds while the feed says what it said", async () => {
    const { correct, readAgain, shown } = await feedWith();
    await correct("phone", "01632 960001");

    await readAgain({ fees: "£2" });

    const words = await shown();
    expect(words).toContain("01632 960001");
    expect(words).toContain("£2");
  });

  it("ends when the feed says something else of the same", async () => {
    const { correct, readAgain, shown } = await feedWith();
    await correct("phone", "01632 960001");
    await correct("fees", "£3 a visit");

    await readAgain({ phones: [{ number: "01632 960777" }] });

    const words = await shown();
    expect(words).toContain("01632 960777");
    expect(words).not.toContain("01632 960001");
    expect(words).toContain("£3 a visit");
  });

  it.each([
    ["closed for now", ["closed"]],
    ["closed for now and opened again", ["closed", "open"]],
  ])("never hides that it is closed for good: %s", async (_what, fields) => {
    const { correct, readAgain, shown } = await feedWith();
    for (const field of fields) await correct(field, "");
    const before = await shown();

    await readAgain({ status: "defunct" });

    expect(before).toContain("Village hall 0");
    expect(await shown()).not.toContain("Village hall 0");
  });

  it("that opens it again does not hide that it closes another time", async () => {
    const { product, correct, readAgain, shown } = await feedWith();
    await correct("closed", "The roof is being mended.");
    const closed = await product.as(OFFICER).say("closed services");
    await product.as(OFFICER).press(...press(closed, "Open again"));
    const between = await shown();

    await readAgain({ status: "temporarily closed", alert: "Flooded." });

    const words = await shown();
    expect(wordsOn(closed)).toContain("The roof is being mended.");
    expect(between).not.toContain("Temporarily closed");
    expect(words).toContain("Temporarily closed");
    expect(words).toContain("Flooded.");
  });

  it("leaves the later of two days on which it was confirmed", async () => {
    const { correct, readAgain, shown } = await feedWith({ assured_date: "2019-01-01" });
    await correct("phone", "01632 960001");
    const corrected = await shown();
    await readAgain({ assured_date: "2020-10-20" });

    expect(corrected).toContain("Last confirmed on 25 September 2019.");
    expect(await shown()).toContain("Last confirmed on 20 October 2020.");
  });

  it("does not follow its id into another feed", async () => {
    const { product, correct, told } = await feedWith();
    await correct("phone", "01632 960001");
    const ask = await product.as(ADMINISTRATOR).press(...press(told, "Take it out"));
    await product.as(ADMINISTRATOR).press(...press(ask, "Take it out with its services"));
    await news(product, 2);

    const other = await startFeed({
      ...{ count: 1, perPage: 1 },
      service: () => serviceInFeed(0, { phones: [{ number: "01632 960999" }] }),
    });
    open.push(other);
    await product.as(ADMINISTRATOR).say(`import directory ${other.url}`);
    await news(product, 3);

    const words = wordsOn(await product.as(MEMBER).press("directory.show", { id: "service-0" }));
    expect(words).toContain("01632 960999");
    expect(words).not.toContain("01632 960001");
  });
});

describe("a route out of danger", () => {
  it.each(["phone", "description", "closed", "ended", "other", "url"])(
    "is changed by no suggestion about its %s",
    async (field) => {
      const { as, posted } = await replica();
      const form = await as(MEMBER).press("directory.suggest", { id: "emergency-999" });
      const text = field === "phone" ? "01632 960001" : "https://example.org/instead";

      const again = await as(MEMBER).press(...press(form, "Send", { field, text }));

      expect(wordsOn(again)).toContain("This is a route out of danger");
      expect(wordsOn(again)).toContain("Tell the committee's officer");
      expect(posted).toEqual([]);
      expect(wordsOn(await as(OFFICER).say("suggested corrections"))).toContain("Nothing waits");
    },
  );

  it("is meant by its name whatever a feed calls its services", async () => {
    const { product } = await feedWith({
      name: "Emergency services: call 999",
      phones: [{ number: "01632 960001" }],
    });

    const words = wordsOn(await product.as(MEMBER).say("service Emergency services: call 999"));

    expect(words).toContain("Emergency services: call 999");
    expect(words).not.toContain("01632 960001");
  });
});

describe("a suggestion", () => {
  it("is one when its press is delivered again at another minute, and to two replicas", async () => {
    const [one, other] = [await replica(), await replica()];
    const form = await one.as(MEMBER).press("directory.suggest", { id: "soham-library" });
    const pressed = press(form, "Send", { field: "phone", text: "01632 960001" });

    await Promise.all([
      one.as(MEMBER, { clock: "2019-09-25T09:00" }).press(...pressed),
      other.as(MEMBER, { clock: "2019-09-25T09:01" }).press(...pressed),
    ]);
    await one.as(MEMBER, { clock: "2019-09-25T09:02" }).press(...pressed);

    const waiting = wordsOn(await one.as(OFFICER).say("suggested corrections"));
    expect(waiting).toContain("1 suggestion waits");
  });
});

describe("what was decided", () => {
  it.each([
    ["Accept", /Accepted: Soham Library\s+What\s+Cost\s+Before\s+Free to join\s+Now\s+£5/],
    ["Reject", /Rejected: Soham Library\s+What\s+Cost\s+Stays\s+Free to join\s+Not taken\s+£5/],
  ])(
    "is said after %s: the service, what of it, from what to what, by whom",
    async (title, said) => {
      const { as } = await replica();
      await suggest(as, "soham-library", { field: "fees", text: "£5" });
      const waiting = await as(OFFICER).say("suggested corrections");

      const after = wordsOn(await as(OFFICER).press(...press(waiting, title)));
      const again = wordsOn(await as(OFFICER).press(...press(waiting, title)));

      expect(after).toMatch(said);
      expect(after).toMatch(
        new RegExp(`Suggested by\\s+${MEMBER.name}\\s+${title}ed by\\s+${OFFICER.name}`),
      );
      expect(after).toContain("Nothing waits for a decision.");
      expect(again).toBe(after);
    },
  );

  it("says the state of a service in words", async () => {
    const { as } = await replica();
    await suggest(as, "soham-library", { field: "closed", text: "The roof is being mended." });
    const waiting = await as(OFFICER).say("suggested corrections");

    const after = wordsOn(await as(OFFICER).press(...press(waiting, "Accept")));

    expect(after).toMatch(/Before\s+Open\s+Now\s+The roof is being mended\./);
  });
});

describe("how an emergency or safeguarding service is reached", () => {
  it.each([
    ["adult-safeguarding", "phone", "01632 960001"],
    ["emergency-duty-team", "email", "duty@example.org"],
    ["act-early", "url", "https://example.org/"],
    ["victim-hub", "phone", "01632 960001"],
    ["kite-trust", "phone", "01632 960001"],
    ["council-contact", "phone", "01632 960001"],
  ])("is changed by an administrator only: %s, %s", async (id, field, text) => {
    const { as, posted, finish } = await replica();
    const sent = await suggest(as, id, { field, text });
    await finish();
    const toOfficer = await as(OFFICER).say("suggested corrections");
    const toAdministrator = await as(ADMINISTRATOR).say("suggested corrections");
    const [verb, data] = press(toAdministrator, "Accept");

    const refused = await as(OFFICER).press(verb, data);
    const before = await as(MEMBER).press("directory.show", { id });
    const accepted = await as(ADMINISTRATOR).press(verb, data);

    expect(wordsOn(sent)).toContain("An administrator will decide");
    expect(titlesOf(toOfficer)).not.toContain("Accept");
    expect(wordsOn(toOfficer)).toContain("An administrator accepts it");
    expect(wordsOn(toAdministrator)).toContain("Try the new one first");
    expect(posted.map(({ to }) => to).toSorted()).toEqual(
      [ADMINISTRATOR.id, OFFICER.id].toSorted(),
    );
    expect(wordsOn(refused)).toContain("an administrator accepts it");
    expect(wordsOn(before)).not.toContain(text);
    expect(wordsOn(accepted)).toMatch(new RegExp(`Now\\s+${text}`));
    const shown = wordsOn(await as(MEMBER).press("directory.show", { id }));
    expect(shown).toContain(text);
    expect(shown).toContain("changed on 25 September 2019, not confirmed");
    expect(shown).not.toMatch(/Last confirmed|committee pack|Comes with the product/i);
  });

  it("is said as changed and not confirmed wherever people are sent there", async () => {
    const { as } = await replica();
    await suggest(as, "council-contact", { field: "phone", text: "01632 960001" });
    const waiting = await as(ADMINISTRATOR).say("suggested corrections");
    await as(ADMINISTRATOR).press(...press(waiting, "Accept"));

    const nothing = wordsOn(await as(MEMBER).say("find qwertyuiop"));
    const instead = wordsOn(await as(MEMBER).say("service Soham Men's Shed"));

    expect(nothing).toMatch(/01632 960001[^]*changed on 25 September 2019, not confirmed/);
    expect(instead).toMatch(/01632 960001.* changed on 25 September 2019, not confirmed/);
    expect(nothing + instead).not.toContain("in its e-mails");
  });

  it("is said as changed on the signposting card, until an administrator confirms it", async () => {
    const { as } = await replica();
    await suggest(as, "victim-hub", { field: "phone", text: "01632 960001" });
    const waiting = await as(ADMINISTRATOR).say("suggested corrections");
    await as(ADMINISTRATOR).press(...press(waiting, "Accept"));
    const before = wordsOn(await as(MEMBER).press("directory.show", { id: "victim-hub" }));
    const pressed = ["directory.assure", { id: "victim-hub", page: "1" }] as const;

    const refused = wordsOn(await as(OFFICER).press(...pressed));
    await as(ADMINISTRATOR).press(...pressed);

    expect(before).toContain("changed on 25 September 2019, not confirmed");
    expect(refused).toContain("an administrator confirms it");
    const after = wordsOn(await as(MEMBER).press("directory.show", { id: "victim-hub" }));
    expect(after).toContain("Last confirmed on 25 September 2019.");
    expect(after).toContain("01632 960001");
  });

  it("is the administrator's to confirm on the list of services to check", async () => {
    const { as } = await replica();

    const toOfficer = await as(OFFICER).press("directory.checks", { page: "1" });
    const toAdministrator = await as(ADMINISTRATOR).say("check services");

    const buttons = (card: Card) =>
      titlesOf(card).filter((title) => title === "It is right today").length;
    expect(buttons(toAdministrator)).toBeGreaterThan(buttons(toOfficer));
    expect(wordsOn(toOfficer)).toContain("An administrator confirms it");
    expect(wordsOn(toAdministrator)).not.toContain("An administrator confirms it");
  });

  it("can be turned down by an officer", async () => {
    const { as } = await replica();
    await suggest(as, "adult-safeguarding", { field: "phone", text: "01632 960001" });
    const waiting = await as(OFFICER).say("suggested corrections");

    const after = await as(OFFICER).press(...press(waiting, "Reject"));

    expect(wordsOn(after)).toContain("Rejected: Worried about an adult: safeguarding");
  });
});

async function suggest(as: Product["as"], id: string, filled: Record<string, string>) {
  const form = await as(MEMBER).press("directory.suggest", { id });
  return as(MEMBER).press(...press(form, "Send", filled));
}

/** A feed of one service, imported, and what people then do. */
async function feedWith(changes: object = {}) {
  const feed = await startFeed({
    ...{ count: 1, perPage: 1 },
    service: () => serviceInFeed(0, changes),
  });
  open.push(feed);
  const product = await replica();
  await product.as(ADMINISTRATOR).say(`import directory ${feed.url}`);
  const told = await news(product, 1);
  let clock: string | undefined;
  return { product, told, correct, readAgain, shown };

  async function correct(field: string, text: string): Promise<void> {
    const form = await product.as(MEMBER).press("directory.suggest", { id: "service-0" });
    await product.as(MEMBER).press(...press(form, "Send", { field, text }));
    const waiting = await product.as(OFFICER).say("suggested corrections");
    await product.as(OFFICER).press(...press(waiting, "Accept"));
  }

  async function readAgain(others: object): Promise<void> {
    feed.settings.service = () => serviceInFeed(0, { ...changes, ...others });
    clock = LATER;
    const before = product.posted.filter(({ to }) => to === ADMINISTRATOR.id).length;
    const somebody = product.as(ADMINISTRATOR, { clock });
    await somebody.say(`import directory ${feed.url}`);
    const card = await news(product, before + 1);
    const words = wordsOn(card);
    if (words.includes("Not applied yet")) {
      await somebody.press(...press(card, "Apply it all the same"));
      await news(product, before + 2);
    }
  }

  async function shown(): Promise<string> {
    const standing = clock ? { clock } : {};
    return wordsOn(await product.as(MEMBER, standing).press("directory.show", { id: "service-0" }));
  }
}

async function replica(): Promise<Product> {
  const product = await openProduct(tables, {
    feeds: { isLoopbackAllowed: true, patience: PATIENCE },
  });
  open.push({ stop: product.finish });
  return product;
}

/** What is told of a feed, once so much was told. */
async function news(product: Product, count: number): Promise<Card> {
  for (let tries = 0; tries < 800 && told().length < count; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  const card = told()[count - 1]?.card;
  if (!card) throw new Error("Nothing was told");
  return card;

  function told() {
    return product.posted.filter(({ to }) => to === ADMINISTRATOR.id);
  }
}
