import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { fromCsv, toCsv } from "../src/csv.ts";
import { createPeopleStore } from "../src/people/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  EVERY,
  FRENCH,
  inputsOf,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";
const HEADER = "role,district,name,id,from,until";
const NEW = { id: "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", name: "Sam Okoro" };

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("who is who", () => {
  it("names everybody with a role, and the district without a champion", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER, { place: "channel" }).say("who's who?"));

    expect(words).toContain("Champion for Fenland: Jan French, since 30 May 2018");
    expect(words).toContain("Champion for South Cambridgeshire: Vacant");
    expect(words).toContain("Chair: Steve Criswell");
    expect(words).not.toContain("Priya Shah");
  });
});

describe("giving a role", () => {
  it("says first what will change, then changes it, and the new champion can write", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("give champion for South Cambs");
    const asked = await as(ADMINISTRATOR).press(...press(form, "Check", NEW));
    const before = await as(NEW).say("log update");
    const done = await as(ADMINISTRATOR).press(...press(asked, "Give the role"));

    const after = await as(NEW).say("log update");

    expect(wordsOn(asked)).toContain("Sam Okoro");
    expect(wordsOn(asked)).toContain("champion for South Cambridgeshire");
    expect(wordsOn(before)).toContain("is for champions");
    expect(wordsOn(done)).toContain("Sam Okoro is champion for South Cambridgeshire");
    expect(wordsOn(after)).toContain("Monthly update for South Cambridgeshire");
  });

  it.each([
    ["give champion for Fenland to Jan French", { role: "champion", person: FRENCH.id }],
    ["give officer to Lis Every", { role: "officer", person: EVERY.id }],
    ["give safeguarding lead to lis every", { role: "safeguarding lead", person: EVERY.id }],
    [
      "give chair to Lis Every from 1 October 2019 until 30 April 2020",
      {
        ...{ role: "chair", person: EVERY.id, from: "2019-10-01", until: "2020-04-30" },
      },
    ],
    [
      "give officer to Lis Every until 31 December 2019",
      { from: "2019-09-25", until: "2019-12-31" },
    ],
  ])("takes what was typed into the form: %s", async (text, filled) => {
    const { as } = await openProduct(tables);

    const form = await as(ADMINISTRATOR).say(text);

    expect(inputsOf(form)).toMatchObject(filled);
    expect(wordsOn(form)).toContain("Chosen at the moment");
  });

  it("says at once what it did not find in what was typed", async () => {
    const { as } = await openProduct(tables);

    const place = await as(ADMINISTRATOR).say("give champion for Atlantis to Lis Every");
    const person = await as(ADMINISTRATOR).say("give officer to Sam Okoro");

    expect(wordsOn(place)).toContain("I did not find one of the committee's districts");
    expect(wordsOn(person)).toContain("I do not know that person yet");
  });

  it("ends the term of whoever had the seat, on the day before", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("give champion for Fenland to Lis Every");
    const typed = { from: "2019-10-01" };
    const asked = await as(ADMINISTRATOR).press(...press(form, "Check", typed));
    await as(ADMINISTRATOR).press(...press(asked, "Give the role"));

    const october = { clock: "2019-10-01T09:00" };
    expect(inputsOf(form)).toMatchObject({ role: "champion", person: EVERY.id });
    expect(wordsOn(asked)).toContain(
      "The term of Jan French as champion for Fenland ends on 30 September 2019",
    );
    expect(wordsOn(await as(FRENCH).say("log update"))).toContain("Monthly update for Fenland");
    expect(wordsOn(await as(FRENCH, october).say("log update"))).toContain("is for champions");
    expect(wordsOn(await as(EVERY, october).say("log update Fenland"))).toContain("for Fenland");
  });

  it("is done once, however often and on however many replicas it is pressed", async () => {
    const one = await openProduct(tables);
    const two = await openProduct(tables);
    const form = await one.as(ADMINISTRATOR).say("give role");
    const typed = { ...NEW, role: "officer" };
    const asked = await one.as(ADMINISTRATOR).press(...press(form, "Check", typed));
    const give = press(asked, "Give the role");

    const answers = await Promise.all([
      one.as(ADMINISTRATOR).press(...give),
      two.as(ADMINISTRATOR).press(...give),
      one.as(ADMINISTRATOR).press(...give),
    ]);

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await personInRows(NEW.id))?.roles).toHaveLength(1);
  });

  it.each(["chair", "champion"])("gives the seat of the %s to one of two at once", async (role) => {
    const { as } = await openProduct(tables);
    const grants = [NEW, { id: "2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", name: "Kim Lee" }];

    await Promise.all(
      grants.map((person) =>
        as(ADMINISTRATOR).press("people.give", {
          ...{ ...person, role, from: "2019-09-25" },
          district: role === "champion" ? "south-cambridgeshire" : "",
        }),
      ),
    );

    const seated = await Promise.all(grants.map(({ id }) => personInRows(id)));
    expect(seated.filter((person) => person?.roles.length === 1)).toHaveLength(1);
  });

  it.each([
    [{ role: "" }, "Choose the role"],
    [{ role: "champion" }, "Choose the district"],
    [{ role: "officer", id: "Sam" }, "must look like"],
    [{ role: "officer", ...NEW, name: "" }, "Enter the person's name"],
    [{ role: "officer", ...NEW, name: "*".repeat(101) }, "The name has 101 characters"],
    [{ role: "officer", ...NEW, from: "tomorrow" }, "The first day must look like"],
    [{ role: "officer", ...NEW, until: "2019-01-01" }, "must not be before its first day"],
    [{ role: "officer", id: OFFICER.id }, "is officer already"],
  ])("answers %j with what to do, and keeps what was typed", async (typed, words) => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("give role");

    const answer = await as(ADMINISTRATOR).press(...press(form, "Check", typed));

    expect(wordsOn(answer)).toContain(words);
    expect(inputsOf(answer)).toMatchObject(withoutEmpty(typed));
  });

  it("belongs to administrators, typed or forged", async () => {
    const { as } = await openProduct(tables);
    const forged = { role: "administrator", ...FRENCH, from: "2019-09-01" };

    const said = await as(FRENCH).say("give role");
    const pressed = await as(FRENCH).press("people.give", forged);

    expect(wordsOn(said)).toContain("Morgan Reed");
    expect(wordsOn(pressed)).toContain("Morgan Reed");
    expect((await personInRows(FRENCH.id))?.roles).toHaveLength(1);
  });

  it("starts with the administrators that the settings name", async () => {
    const { as } = await openProduct(tables, { firstAdministrators: [NEW.id] });

    const form = await as(NEW).say("give role");

    expect(titlesOf(form)).toContain("Check");
  });
});

describe("ending a role", () => {
  it("is felt at once here, and within a minute on every other replica", async () => {
    const one = await openProduct(tables);
    const two = await openProduct(tables);
    await two.as(FRENCH).say("log update");
    const form = await one.as(ADMINISTRATOR).say("end champion for Fenland");
    const asked = await one.as(ADMINISTRATOR).press(...press(form, "Check"));
    const done = await one.as(ADMINISTRATOR).press(...press(asked, "End the role"));

    const here = await one.as(FRENCH).say("log update");
    const elsewhere = await minutesLater(1, () => two.as(FRENCH).say("log update"));

    expect(wordsOn(done)).toContain("Jan French is not champion for Fenland any more");
    expect(wordsOn([here, elsewhere])).not.toContain("Monthly update for Fenland");
  });

  it("is felt even while only the people cannot be read", async () => {
    let isAway = false;
    const here: Tables = (name) =>
      isAway && name === "people"
        ? Promise.reject(new Error("connect ECONNREFUSED"))
        : tables(name);
    const two = await openProduct(here);
    await two.as(FRENCH).say("help");
    isAway = true;

    await expect(minutesLater(2, () => two.as(FRENCH).say("log update"))).rejects.toThrow();
  });

  it("does not hold longer for being asked about while the people cannot be read", async () => {
    let isAway = false;
    const here: Tables = (name) =>
      isAway && name === "people"
        ? Promise.reject(new Error("connect ECONNREFUSED"))
        : tables(name);
    const two = await openProduct(here);
    await two.as(FRENCH).say("help");
    isAway = true;

    await minutesLater(0.9, () => two.as(FRENCH).say("log update"));
    await expect(minutesLater(1.1, () => two.as(FRENCH).say("log update"))).rejects.toThrow();
  });

  it("is not denied by the button that gave the role", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("give officer");
    const asked = await as(ADMINISTRATOR).press(...press(form, "Check", NEW));
    const [verb, data] = press(asked, "Give the role");
    await as(ADMINISTRATOR).press(verb, data);
    const ending = await as(ADMINISTRATOR).say("end officer Sam Okoro");
    const sure = await as(ADMINISTRATOR).press(...press(ending, "Check"));
    await as(ADMINISTRATOR).press(...press(sure, "End the role"));

    const again = await as(ADMINISTRATOR).press(verb, data);

    expect(wordsOn(again)).toContain("the role has ended since");
  });

  it("is not undone when the giving of it is delivered again", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("give officer");
    const asked = await as(ADMINISTRATOR).press(...press(form, "Check", NEW));
    const give = press(asked, "Give the role");
    await as(ADMINISTRATOR).press(...give);
    const ending = await as(ADMINISTRATOR).press("people.checkEnd", {
      holding: `${NEW.id}/officer//2019-09-25`,
    });
    await as(ADMINISTRATOR).press(...press(ending, "End the role"));

    await (await openProduct(tables)).as(ADMINISTRATOR).press(...give);

    expect(wordsOn(await as(NEW).say("post digest"))).toContain("is for officers");
  });

  it("can wait for a last day", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("end role Steve Criswell");
    const asked = await as(ADMINISTRATOR).press(...press(form, "Check", { until: "2019-10-10" }));
    await as(ADMINISTRATOR).press(...press(asked, "End the role"));

    const last = await as(CHAIR, { clock: "2019-10-10T09:00" }).say("update status");
    const after = await as(CHAIR, { clock: "2019-10-11T09:00" }).say("update status");

    expect(wordsOn(last)).toContain("Updates for the meeting");
    expect(wordsOn(after)).toContain("is for champions, officers, chairs and administrators");
  });

  it("keeps the words of a champion whose role ended while they wrote", async () => {
    const { as } = await openProduct(tables);
    const writing = await as(FRENCH).say("log update");
    const form = await as(ADMINISTRATOR).say("end champion for Fenland");
    const asked = await as(ADMINISTRATOR).press(...press(form, "Check"));
    await as(ADMINISTRATOR).press(...press(asked, "End the role"));

    const answer = await as(FRENCH).press(...press(writing, "Submit", { updates: "My words" }));

    expect(wordsOn(answer)).toContain("You do not have the role for this");
    expect(inputsOf(answer).updates).toBe("My words");
  });

  it("refuses to leave the committee without an administrator", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("end administrator");

    const answer = await as(ADMINISTRATOR).press(...press(form, "Check"));
    const forged = await as(ADMINISTRATOR).press("people.end", inputsOf(form));

    expect(wordsOn(answer)).toContain("there would be no administrator");
    expect(wordsOn(forged)).toContain("there would be no administrator");
    expect(titlesOf(await as(ADMINISTRATOR).say("give role"))).toContain("Check");
  });

  it("counts who follows an administrator, and who leaves too soon", async () => {
    const { as } = await openProduct(tables);
    const give = async (text: string) => {
      const asked = await as(ADMINISTRATOR).press(
        ...press(await as(ADMINISTRATOR).say(text), "Check"),
      );
      await as(ADMINISTRATOR).press(...press(asked, "Give the role"));
    };
    const end = async (until: string) => {
      const form = await as(ADMINISTRATOR).say("end administrator Morgan Reed");
      return as(ADMINISTRATOR).press(...press(form, "Check", { until }));
    };

    await give("give administrator from 1 October 2019 until 1 November 2019 to Jan French");

    expect(wordsOn(await end("2019-09-25"))).toContain("On 26 September 2019 there would be no");
    expect(wordsOn(await end("2019-10-30"))).toContain("On 2 November 2019 there would be no");
    await give("give administrator from 2 November 2019 to Lis Every");
    expect(wordsOn(await end("2019-10-30"))).toContain("The role ends with 30 October 2019");
  });

  it.each([
    ["end champion for Fenland on 30/09/2019", "2019-09-30"],
    ["end champion for Fenland tomorrow", "2019-09-26"],
    ["remove champion for Fenland on 30/9/19", "2019-09-30"],
  ])("reads the day in %j", async (text, until) => {
    const { as } = await openProduct(tables);

    expect(inputsOf(await as(ADMINISTRATOR).say(text)).until).toBe(until);
  });

  it.each(["end champion for Fenland in 2 weeks", "give officer to Lis Every until some day"])(
    "says that it did not understand the day in %j",
    async (text) => {
      const { as } = await openProduct(tables);

      const words = wordsOn(await as(ADMINISTRATOR).say(text));

      expect(words).toContain("I did not understand the day");
    },
  );

  it("lengthens a term that is not over, and says when nothing would change", async () => {
    const { as } = await openProduct(tables);
    const end = async (until: string) => {
      const form = await as(ADMINISTRATOR).say("end champion for Fenland");
      const asked = await as(ADMINISTRATOR).press(...press(form, "Check", { until }));
      return titlesOf(asked).includes("End the role")
        ? as(ADMINISTRATOR).press(...press(asked, "End the role"))
        : asked;
    };

    await end("2019-09-30");
    const same = await end("2019-09-30");
    await end("2019-10-31");

    expect(wordsOn(same)).toContain("30 September 2019 is the last day of that role already");
    expect((await personInRows(FRENCH.id))?.roles[0]?.until).toBe("2019-10-31");
  });

  it("takes no last day before the first", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("end champion for Fenland");

    const answer = await as(ADMINISTRATOR).press(...press(form, "Check", { until: "2018-01-01" }));

    expect(wordsOn(answer)).toContain("The role began on 30 May 2018");
  });

  it("pressed twice ends it once", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("end champion for Fenland");
    const end = press(await as(ADMINISTRATOR).press(...press(form, "Check")), "End the role");

    await as(ADMINISTRATOR).press(...end);
    const again = await as(ADMINISTRATOR).press(...end);

    expect(wordsOn(again)).toContain("Jan French is not champion for Fenland");
    expect((await personInRows(FRENCH.id))?.roles).toEqual([
      expect.objectContaining({ until: "2019-09-24" }),
    ]);
  });
});

describe("importing people", () => {
  it("shows what will happen, then does it", async () => {
    const { as } = await openProduct(tables);
    const csv = `${HEADER}\nChampion,South Cambs,Sam Okoro,${NEW.id},2019-10-01,2020-04-30\n`;
    const form = await as(ADMINISTRATOR).say("import people");
    const preview = await as(ADMINISTRATOR).press(...press(form, "Preview", { csv }));
    const before = await personInRows(NEW.id);
    const done = await as(ADMINISTRATOR).press(...press(preview, "Import"));

    expect(wordsOn(preview)).toContain(`Sam Okoro (${NEW.id}): champion for South Cambridgeshire`);
    expect(before).toBeUndefined();
    expect(wordsOn(done)).toContain("Roles given: 1");
    expect((await personInRows(NEW.id))?.roles).toEqual([
      {
        role: "champion",
        district: "south-cambridgeshire",
        from: "2019-10-01",
        until: "2020-04-30",
      },
    ]);
  });

  it.each([
    ["tabs, as copied from a spreadsheet", "\t"],
    ["semicolons", ";"],
  ])("takes a list with %s, and days as spreadsheets write them", async (_what, between) => {
    const { as } = await openProduct(tables);
    const line = ["officer", "", "Sam Okoro", NEW.id, "01/10/2019", ""];
    const csv = [HEADER.split(","), line].map((cells) => cells.join(between)).join("\r\n");

    const preview = await as(ADMINISTRATOR).press("people.preview", { csv });

    expect(wordsOn(preview)).toContain(`Sam Okoro (${NEW.id}): officer, from 1 October 2019`);
  });

  it("names each bad line and changes nothing while there is one", async () => {
    const { as } = await openProduct(tables);
    const csv = [
      HEADER,
      `officer,,Sam Okoro,${NEW.id},2019-10-01,`,
      `mayor,,Kim Lee,${NEW.id},2019-10-01,`,
      `champion,Leeds,Kim Lee,${NEW.id},2019-10-01,`,
      `officer,,Kim Lee,not-an-id,2019-10-01,`,
      `officer,,Kim Lee,2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed,1 October,`,
    ].join("\n");

    const preview = await as(ADMINISTRATOR).press("people.preview", { csv });
    const forged = await as(ADMINISTRATOR).press("people.import", { csv });

    const words = wordsOn(preview);
    expect(words).toContain("Lines that cannot be imported: 4");
    expect(words).toContain("Line 3: Choose the role");
    expect(words).toContain("Line 4: There is no such district");
    expect(words).toContain("Line 5: The Entra object id must look like");
    expect(words).toContain("Line 6: The first day must look like 2019-10-01");
    expect(titlesOf(preview)).toEqual(["Change the list"]);
    expect(wordsOn(forged)).toContain("Lines that cannot be imported: 4");
    expect(await personInRows(NEW.id)).toBeUndefined();
  });

  it("takes back what was exported, and finds nothing to change", async () => {
    const { as } = await openProduct(tables);
    const { csv = "" } = inputsOf(await as(ADMINISTRATOR).say("export people"));

    const preview = await as(ADMINISTRATOR).press("people.preview", { csv });

    expect(csv.split("\n")[0]).toBe(HEADER);
    expect(csv.trim().split("\n")).toHaveLength(9);
    expect(wordsOn(preview)).toContain("Every role on the list is there already");
  });

  it.each([
    ["", "Paste the list"],
    ["name,id\nSam,1", "The first line must name the columns"],
    [`${HEADER}\n"officer,,x`, "Check its quotation marks"],
  ])("answers %j with what to do", async (csv, words) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(ADMINISTRATOR).press("people.preview", { csv }))).toContain(words);
  });
});

const ANY_TEXT = fc.string({ unit: "grapheme" });
/** What begins and ends cells, and what a spreadsheet runs. */
const CELL_TEXT = fc.string({ unit: fc.constantFrom(...`a1 ,;\t\r\n"'=+-@`.split("")) });

it("gives every text back from CSV, and no cell begins a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(ANY_TEXT, CELL_TEXT), { minLength: 1 }), (texts) => {
      const names = texts.map((text) => text.trim());
      const csv = toCsv(
        ["name", "id"],
        names.map((name) => ({ name, id: "1" })),
      );

      const back = fromCsv(["name", "id"], csv).map(({ cells }) => cells["name"]);

      expect(back).toEqual(names);
      expect(back).toHaveLength(names.length);
      const cells: string[] = parse(csv).flat();
      expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    }),
  );
});

async function personInRows(id: string) {
  return (await createPeopleStore(tables).peopleOf(COMMITTEE)).find((person) => person.id === id);
}

/** The same as that many minutes later: what is remembered of the roles has grown old. */
async function minutesLater<Result>(minutes: number, work: () => Promise<Result>): Promise<Result> {
  const now = performance.now.bind(performance);
  const clock = jest.spyOn(performance, "now").mockImplementation(() => now() + minutes * 60_000);
  try {
    return await work();
  } finally {
    clock.mockRestore();
  }
}

function withoutEmpty(typed: Record<string, string>) {
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ""));
}
