import { createClock } from "../src/calendar.ts";
import { createSignpostStore } from "../src/signposting/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  inputsOf,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  pressing,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import {
  COMMITTEE,
  file,
  fileMany,
  HATE,
  LEAD,
  numbersOn,
  openForm,
  OTHER,
  recordRows,
  referenceOn,
} from "./support/signposting.ts";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("keeping and deleting", () => {
  it("shows an administrator what goes and when", async () => {
    await fileMany(tables, "2019-08", 2);
    const { as } = await openProduct(tables);

    const card = wordsOn(await as(ADMINISTRATOR).say("retention"));

    expect(card).toContain("kept for 24 months");
    expect(card).toContain("Records of August 2019: from 1 September 2021");
  });

  it("deletes after its time in pages, keeps the published numbers, and says so in the audit", async () => {
    await fileMany(tables, "2019-08", 230);
    await fileMany(tables, "2019-09", 3);
    const { as, jobs } = await openProduct(tables);

    await jobs.look(clockAt("2021-08-31T09:00"));
    expect(await recordRows(tables, "2019-08")).toHaveLength(230);
    await jobs.look(clockAt("2021-09-01T09:00"));

    expect(await recordRows(tables, "2019-08")).toHaveLength(0);
    expect(await everyRow("signposts", ["reference", `person|${MEMBER.id}`])).toHaveLength(6);
    expect(await recordRows(tables, "2019-09")).toHaveLength(3);
    const later = { clock: "2021-09-01T10:00" };
    const audit = wordsOn(await as(ADMINISTRATOR, later).say("audit"));
    expect(audit).toMatch(/deleted the signposting records[^]*began to delete[^]*August 2019/);
    expect(audit).not.toContain("230");
    const card = await as(MEMBER, later).say("signposting summary August 2019 by district");
    expect(numbersOn(card)).toMatchObject({ Fenland: "230" });
  });

  it("goes on where a stop left it, on another day too", async () => {
    await fileMany(tables, "2019-08", 230);
    let writes = 0;
    const { as, jobs } = await openProduct(async (name) => {
      const table = await tables(name);
      const write: typeof table.write = async (changes) => {
        writes += 1;
        if (name === "signposts" && writes === 2) throw new Error("stopped");
        return table.write(changes);
      };
      return { ...table, write };
    });

    await jobs.look(clockAt("2021-09-01T09:00"));
    const left = await createSignpostStore(tables).ofMonth(COMMITTEE, "2019-08");
    const audit = wordsOn(await as(ADMINISTRATOR, { clock: "2021-09-01T10:00" }).say("audit"));
    await jobs.look(clockAt("2021-09-02T09:00"));

    expect(left).toHaveLength(130);
    expect(audit).toContain("began to delete the signposting records");
    expect(await recordRows(tables, "2019-08")).toHaveLength(0);
    expect(await everyRow("signposts", ["reference", `person|${MEMBER.id}`])).toEqual([]);
  });

  it.each([1, 2, 3])(
    "stopped at its write %d and then held, leaves every record whole or gone",
    async (stopAt) => {
      await fileMany(tables, "2019-08", 110);
      let writes = 0;
      const stopping = await openProduct(async (name) => {
        const table = await tables(name);
        const stops = () => name === "signposts" && (writes += 1) >= stopAt;
        const write: typeof table.write = async (changes) => {
          if (stops()) throw new Error("stopped");
          return table.write(changes);
        };
        return { ...table, write };
      });
      await stopping.jobs.look(clockAt("2021-09-01T09:00"));
      const { as, jobs } = await openProduct(tables);
      const administrator = as(ADMINISTRATOR);
      const form = await administrator.say("hold retention because of a request");
      await administrator.press(...press(form, "Hold"));
      await jobs.look(clockAt("2021-09-02T09:00"));

      const store = createSignpostStore(tables);
      const left = await store.ofMonth(COMMITTEE, "2019-08");
      const found = await Promise.all(
        left.map(({ reference }) => store.find(COMMITTEE, reference)),
      );
      const own = await store.ofPerson(COMMITTEE, MEMBER.id, "2019-01-01");

      expect(left).toHaveLength(stopAt === 1 ? 110 : 10);
      expect(found.map((each) => each?.signpost.reference)).toEqual(
        left.map(({ reference }) => reference),
      );
      expect(own).toHaveLength(left.length);
    },
  );

  it("tells an administrator nothing of which months have records", async () => {
    const { as } = await openProduct(tables);
    const before = await as(ADMINISTRATOR).say("retention");
    await fileMany(tables, "2019-03", 1);

    expect(await as(ADMINISTRATOR).say("retention")).toEqual(before);
  });

  it("deletes nothing while it is held, and again once it is released", async () => {
    await fileMany(tables, "2019-08", 2);
    const { as, jobs } = await openProduct(tables);
    const administrator = as(ADMINISTRATOR);

    const form = await administrator.say("hold retention because of an information request");
    await administrator.press(...press(form, "Hold"));
    await jobs.look(clockAt("2021-09-01T09:00"));
    const held = await recordRows(tables, "2019-08");
    const shown = wordsOn(await administrator.say("retention"));
    await administrator.press(...press(await administrator.say("release retention"), "Release"));
    await jobs.look(clockAt("2021-09-02T09:00"));

    expect(inputsOf(form)).toEqual({ reason: "an information request" });
    expect(held).toHaveLength(2);
    expect(shown).toContain("Nothing is deleted: an information request");
    expect(await recordRows(tables, "2019-08")).toHaveLength(0);
    expect(wordsOn(await administrator.say("audit"))).toMatch(/released[^]*held/);
  });
});

describe("settings", () => {
  it("switch a kind off: 999 and its routes stay, and only the count is gone", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("signposting settings");

    await as(ADMINISTRATOR).press(
      ...press(form, "Save", { kinds: "safeguarding-adult,safeguarding-child" }),
    );
    const short = await as(MEMBER).say("signpost hate crime");

    for (const words of ["[999](tel:999)", "True Vision", "does not count this kind"])
      expect(wordsOn(short)).toContain(words);
    expect(titlesOf(short)).not.toContain("Count this");
  });

  it("switch a kind off: a form that is still open keeps every choice", async () => {
    const { as } = await openProduct(tables);
    const open = await openForm(as(MEMBER));
    const form = await as(ADMINISTRATOR).say("signposting settings");

    await as(ADMINISTRATOR).press(...press(form, "Save", { kinds: "safeguarding-adult" }));
    const answer = await as(MEMBER).press(...press(open, "Submit", HATE));
    const back = await as(MEMBER).press(...press(answer, "Back to the routes"));

    expect(wordsOn(answer)).toContain("does not count this kind at the moment");
    expect(inputsOf(answer)).toMatchObject(HATE);
    expect(wordsOn(back)).toContain("True Vision");
    expect(await recordRows(tables, "2019-09")).toEqual([]);
  });

  it("warn before the last kind is switched off, and save it when asked again", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("signposting settings");

    const warned = await as(ADMINISTRATOR).press(...press(form, "Save", { kinds: "" }));
    const before = await as(MEMBER).say("signpost hate crime");
    const saved = await as(ADMINISTRATOR).press(...press(warned, "Save"));
    const after = await as(MEMBER).say("signpost safeguarding child");

    expect(wordsOn(warned)).toContain("Nothing would be counted");
    expect(titlesOf(before)).toContain("Count this");
    expect(wordsOn(saved)).toContain("Saved.");
    expect(titlesOf(after)).not.toContain("Count this");
    expect(wordsOn(after)).toContain("0345 045 5203");
  });

  it.each([
    ["retentionMonths", "0", "from 1 to 120"],
    ["retentionMonths", "two", "from 1 to 120"],
    ["threshold", "3", "Choose 5, 8 or 10"],
  ])("refuse %s %s, and keep what was typed", async (name, value, problem) => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("signposting settings");

    const answer = await as(ADMINISTRATOR).press(...press(form, "Save", { [name]: value }));

    expect(wordsOn(answer)).toContain(problem);
    expect(inputsOf(answer)).toMatchObject({ [name]: value });
  });

  it("are an administrator's", async () => {
    const { as } = await openProduct(tables);

    for (const text of ["signposting settings", "retention", "hold retention"])
      expect(wordsOn(await as(OFFICER).say(text))).toContain("is for administrators");
  });
});

describe("a short note, once an administrator has switched it on", () => {
  const NOTE = "spoke to Sarah Jones, ring 07700 900123";

  async function withNote() {
    const product = await openProduct(tables);
    const form = await product.as(ADMINISTRATOR).say("signposting settings");
    await product.as(ADMINISTRATOR).press(...press(form, "Save", { noteIsOn: "true" }));
    return product;
  }

  it("is refused with what to take out, kept on the form, and written nowhere", async () => {
    const { as, lines } = await withNote();
    const form = await openForm(as(MEMBER));

    const answer = await as(MEMBER).press(...press(form, "Submit", { ...HATE, note: NOTE }));

    expect(wordsOn(answer)).toContain("- The name: “Sarah Jones”");
    expect(wordsOn(answer)).toContain("- The phone: “07700 900123”");
    // Beside the note, not above the form.
    expect(wordsOn(answer)).toMatch(/Outcome[^]*Take these out of your note[^]*Short note/);
    expect(inputsOf(answer)).toMatchObject({ ...HATE, note: NOTE });
    expect(await recordRows(tables, "2019-09")).toEqual([]);
    expect(lines.join()).not.toMatch(/Sarah|07700/);
  });

  it("is kept when it names places, bodies and public roles only", async () => {
    const { as } = await withNote();

    const filed = await file(as(MEMBER), {
      note: "Met in March library, the PCSO told Citizens Advice.",
    });

    expect(wordsOn(filed)).toContain("Recorded");
    expect(await recordRows(tables, "2019-09")).toMatchObject([
      { note: expect.stringContaining("March") },
    ]);
  });

  it("that sounds like danger is asked about once, and again when it changes", async () => {
    const { as } = await withNote();
    const note = "the desk said he is attacking her right now";
    const form = await openForm(as(MEMBER));

    const first = await as(MEMBER).press(...press(form, "Submit", { ...HATE, note }));
    const back = await as(MEMBER).press(...press(first, "Go on with the form"));
    const other = await as(MEMBER).press(...press(back, "Submit", { note: `${note} again` }));
    const filed = await as(MEMBER).press(...press(back, "Submit"));

    expect(wordsOn(first)).toMatch(/^Call 999 now/);
    expect(inputsOf(back)).toMatchObject({ ...HATE, note });
    expect(wordsOn(other)).toMatch(/^Call 999 now/);
    expect(wordsOn(filed)).toContain("Recorded");
  });

  it("is refused when it is too long", async () => {
    const { as } = await withNote();

    const answer = await file(as(MEMBER), { note: "leaflets ".repeat(30).trim() });

    expect(wordsOn(answer)).toContain("Shorten your note from 269 characters to 200 or fewer.");
  });

  it("is not kept while it is off, whatever a forged card says", async () => {
    const { as } = await openProduct(tables);

    await file(as(MEMBER), { note: "something" });

    expect(await recordRows(tables, "2019-09")).toMatchObject([{ note: "" }]);
  });
});

describe("what is held about a worker", () => {
  it("is exported for themselves, and their own only", async () => {
    const { as } = await openProduct(tables);
    const own = referenceOn(await file(as(MEMBER)));
    const others = referenceOn(await file(as(OTHER)));

    const csv = inputsOf(await as(MEMBER).say("export my signposting"))["csv"];

    expect(csv).toContain(own);
    expect(csv).not.toContain(others);
    expect(csv).not.toContain(MEMBER.id);
  });

  it("is exported in parts that a card holds", async () => {
    await fileMany(tables, "2019-08", 70);
    const { as } = await openProduct(tables);

    const first = await as(MEMBER).say("export my signposting");
    const second = await as(MEMBER).press(...press(first, "Show the next part"));

    expect(inputsOf(first)["csv"]?.trim().split("\n")).toHaveLength(61);
    expect(inputsOf(second)["csv"]?.trim().split("\n")).toHaveLength(11);
    expect(titlesOf(second)).toEqual([]);
  });

  it("is exported by the safeguarding lead for a request, which is audited", async () => {
    const { as } = await openProduct(tables);
    const reference = referenceOn(await file(as(OTHER)));

    const form = await as(LEAD).say("export signposting of a worker");
    const card = await as(LEAD).press(...press(form, "Export", { id: OTHER.id }));

    expect(inputsOf(card)["csv"]).toContain(reference);
    expect(wordsOn(await as(ADMINISTRATOR).say("audit"))).toContain(
      "exported a worker's signposting records",
    );
  });

  it.each([OFFICER, CHAIR, ADMINISTRATOR, MEMBER])(
    "is not exported by $name, with a forged button neither",
    async (somebody) => {
      const { as } = await openProduct(tables);
      const reference = referenceOn(await file(as(OTHER)));

      const answers = [
        await as(somebody).say("export signposting of a worker"),
        await as(somebody).press("signposting.exportOf", { person: OTHER.id }),
        await as(somebody).press("signposting.exportPart", { person: OTHER.id, page: 1 }),
      ];

      expect(JSON.stringify(answers)).not.toContain(reference);
    },
  );
});

describe("planted personal data", () => {
  const PLANTED = "Zebedee Quux 07700 900999 zq@example.org";

  it("in every input reaches no table, no log and no card of others", async () => {
    const { as, lines, posted } = await openProduct(tables);
    const form = await openForm(as(MEMBER), `signpost hate crime in ${PLANTED}`);
    const { verb, data } = pressing(form, "Submit", HATE);
    const names = [...Object.keys(HATE), "kind", "note", "date", "operation", "danger"];

    for (const name of names) await as(MEMBER).press(verb, { ...data, [name]: PLANTED });
    await as(MEMBER).press("signposting.followUp", { reference: PLANTED, followUp: PLANTED });
    for (const held of ["goOn", "danger", "routes", "count"])
      await as(MEMBER).press(`signposting.${held}`, { form: PLANTED, district: PLANTED });
    await as(MEMBER).say(`follow up ${PLANTED}`);
    await as(MEMBER, { place: "channel" }).say(`signpost ${PLANTED}`);
    await as(LEAD).press("signposting.exportOf", { id: PLANTED });
    const seen = await Promise.all(
      ["signposting summary", "audit", "retention", "who is who"].map((text) =>
        as(ADMINISTRATOR).say(text),
      ),
    );

    const rows = await everyRow("signposts", [
      "reference",
      `person|${MEMBER.id}`,
      "months",
      "month|2019-09",
    ]);
    expect(JSON.stringify([rows, lines, posted, seen])).not.toMatch(/Zebedee|07700|zq@/);
  });
});

async function everyRow(name: string, partitions: readonly string[]) {
  const table = await tables(name);
  const rows = await Promise.all(partitions.map((each) => table.list(`${COMMITTEE}|${each}`)));
  return rows.flat();
}

function clockAt(when: string) {
  return createClock(when)();
}
