import * as fc from "fast-check";
import actionsFile from "../data/actions.json" with { type: "json" };
import reportsFile from "../data/annual-reports.json" with { type: "json" };
import updatesFile from "../data/updates.json" with { type: "json" };
import { createClock } from "../src/calendar.ts";
import type { Card } from "../src/card-template.ts";
import { createChampionStore } from "../src/champions/store.ts";
import { Update } from "../src/champions/schema.ts";
import { UserError } from "../src/errors.ts";
import type { PaperDocument } from "../src/paper.ts";
import { fileName, periodIn } from "../src/papers/rules.ts";
import { createOfferStore } from "../src/papers/store.ts";
import { wordFile } from "../src/papers/word.ts";
import { createPeopleStore } from "../src/people/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  addressOn,
  CHAIR,
  COSTELLO,
  MEMBER,
  OFFICER,
  openProduct,
  pressing,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import { elementNames, readWord } from "./support/word.ts";

const COMMITTEE = "communities-and-partnership";
const UPDATES = "export updates for 8 August 2019";
const NOW = "2019-09-25T09:00";
const UPLOAD = {
  uploadUrl: "https://council-my.sharepoint.com/upload",
  contentUrl: "https://council-my.sharepoint.com/documents/updates.docx",
  name: "updates.docx",
  uniqueId: "1",
  fileType: "docx",
};
const MESSAGE = "message-1";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("the updates of a meeting", () => {
  it("are the committee's own form, with one appendix for each district", async () => {
    const { paragraphs } = await readWord(await fetched(UPDATES));

    const headings = paragraphs.filter(({ style }) => /^(Title|Heading)/.test(style));
    expect(headings.map(({ style, text }) => `${style} ${text}`)).toEqual([
      "Title Community Champions updates",
      "Heading1 Appendix 1: Cambridge City",
      "Heading2 Community Champion of Community Activity update",
      "Heading3 ORAL UPDATE",
      "Heading1 Appendix 2: East Cambridgeshire",
      "Heading2 Community Champion of Community Activity update",
      "Heading3 UPDATES",
      "Heading4 The following are still ongoing:",
      "Heading3 NEW CONTACTS, PROJECTS AND PRIORITIES",
      "Heading4 Major Projects:",
      "Heading3 COMMUNITY GOOD PRACTICE",
      "Heading1 Appendix 3: Fenland",
      "Heading2 Community Champion of Community Activity update",
      "Heading3 ORAL UPDATE",
      "Heading1 Appendix 4: Huntingdonshire",
      "Heading2 Community Champion of Community Activity update",
      "Heading3 UPDATES",
      "Heading3 NEW CONTACTS, PROJECTS AND PRIORITIES",
      "Heading3 COMMUNITY GOOD PRACTICE",
      "Heading1 Appendix 5: South Cambridgeshire",
    ]);
  });

  it("hold the champions' words as they wrote them, and the header as it is printed", async () => {
    const { paragraphs } = await readWord(await fetched(UPDATES));

    const texts = paragraphs.map(({ text }) => text);
    for (const { champion, sections } of updatesFile.written) {
      const words = Object.values(sections).flat();
      expect(texts.filter((text) => words.includes(text))).toEqual(words);
      expect(texts).toContain(`Community Champion:\t${champion}`);
    }
    expect(texts).toContain("Place:\tHuntingdonshire");
    expect(texts).toContain(
      "Date:\tUpdate for Communities & Partnership Committee on 8th August 2019",
    );
  });

  it("say who only spoke, in the words of the minutes, and which district is vacant", async () => {
    const card = await (await openProduct(tables)).as(OFFICER).say(UPDATES);
    const { paragraphs } = await readWord(await fetched(UPDATES));

    const texts = paragraphs.map(({ text }) => text);
    const spoken = updatesFile.oral.filter(({ district }) => district !== "huntingdonshire");
    expect(texts).toEqual(expect.arrayContaining(spoken.map(({ minuted }) => minuted)));
    expect(texts).toContain("Given at the meeting and not in writing. As minuted:");
    expect(texts).toContain("Vacant. The district had no Community Champion on 8 August 2019.");
    expect(wordsOn(card)).toContain("South Cambridgeshire: Vacant");
    expect(wordsOn(card)).toContain("Fenland: Oral only");
  });

  it("can be read by everybody: outline, repeated header rows, language, title", async () => {
    const { parts, body, html, messages } = await readWord(await fetched(UPDATES));

    const styles = parts["word/styles.xml"] ?? "";
    for (const level of [1, 2, 3, 4])
      expect(styleIn(styles, `Heading${level}`)).toContain(`<w:outlineLvl w:val="${level - 1}"/>`);
    expect(styles).toContain('<w:lang w:val="en-GB"/>');
    expect(body.match(/<w:tbl>/g)).toHaveLength(body.match(/<w:tblHeader\/>/g)?.length ?? 0);
    expect(parts["docProps/core.xml"]).toContain(
      "<dc:title>Community Champions updates for 8 August 2019</dc:title>",
    );
    expect(html).toContain("<thead><tr><th>");
    expect(messages).toEqual([]);
  });

  it("leave out what was withdrawn, and say that nothing was received", async () => {
    const product = await openProduct(tables);
    const shown = await product.as(COSTELLO).say("show update Huntingdonshire August 2019");
    const asked = await pressed(product, COSTELLO, shown, "Withdraw");
    await pressed(product, COSTELLO, asked, "Withdraw it");

    const { paragraphs } = await readWord(await fetched(UPDATES));

    const texts = paragraphs.map(({ text }) => text);
    expect(texts).toContain("No update was received from Adela Costello.");
    expect(texts.join()).not.toContain("Essentials by Sue");
  });

  it("have a form for each month that goes to the meeting", async () => {
    await saveUpdate({ month: "2019-09", meeting: "2019-10-10", updates: ["In September"] });
    await saveUpdate({ month: "2019-10", meeting: "2019-10-10", updates: ["In October"] });

    const { paragraphs } = await readWord(await fetched("export updates for 10 October 2019"));

    const texts = paragraphs.map(({ text }) => text);
    expect(texts.filter((text) => text.startsWith("Community Champion of"))).toEqual([
      "Community Champion of Community Activity update, September 2019",
      "Community Champion of Community Activity update, October 2019",
    ]);
    expect(texts.indexOf("In September")).toBeLessThan(texts.indexOf("In October"));
  });

  it.each([
    ["export updates", "10 October 2019"],
    ["export updates for August 2019", "8 August 2019"],
    ["download updates 21 November 2019", "21 November 2019"],
  ])("are understood: %s", async (text, meeting) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(CHAIR).say(text))).toContain(`updates for ${meeting}`);
  });

  it("are refused for a day without a meeting, which is named", async () => {
    const { as } = await openProduct(tables);

    const card = await as(OFFICER).say("export updates for 9 August 2019");

    expect(wordsOn(card)).toContain("I know of no meeting on 9 August 2019");
    expect(wordsOn(card)).toContain("8 August 2019");
  });

  it("come as a list too", async () => {
    const list = Buffer.from(await fetched(`${UPDATES} csv`)).toString();

    expect(list).toContain("meeting,month,district,champion,kind,section,item");
    expect(list).toContain("2019-08-08,2019-08,Huntingdonshire,Adela Costello,written,UPDATES,");
  });
});

describe("the annual review", () => {
  const REVIEW = "annual review August 2018 to July 2019";

  it("is drafted in the form of the council's reports, with the year's words by district", async () => {
    await saveUpdate({ month: "2018-09", meeting: "2018-09-27", updates: ["First", "Carried on"] });
    await saveUpdate({ month: "2019-07", meeting: "2019-07-04", updates: ["Carried on", "Last"] });
    await saveUpdate({ month: "2018-07", meeting: "2018-07-05", updates: ["Before the year"] });

    const { paragraphs } = await readWord(await fetched(REVIEW));

    const texts = paragraphs.map(({ text }) => text);
    expect(
      inOrder(texts, [
        "COMMUNITY CHAMPIONS ANNUAL REVIEW",
        "To:\tCommunities & Partnership Committee",
        "1. BACKGROUND",
        "Councillor Jan French",
        "2. MAIN ISSUES",
        "Priority 8 - Homelessness reduction",
        "3. ALIGNMENT WITH CORPORATE PRIORITIES",
        "4. SIGNIFICANT IMPLICATIONS",
        "Officer Clearance",
        "Source Documents",
        "Community Champion Annual Report: Fenland",
        "Community Champion:\tJan French",
        "Date:\tAugust 2018 – July 2019",
        "SUMMARY OF ACTIVITY FOR 2018-2019",
        "PROJECTS",
        "Meeting on 27 September 2018",
        "First",
        "Carried on",
        "Meeting on 4 July 2019",
        "Last",
        "Community Champion Annual Report: South Cambridgeshire",
        "Community Champion:\tVacant",
      ]),
    ).toEqual([]);
    expect(texts.filter((text) => text === "Carried on")).toHaveLength(1);
    expect(texts).not.toContain("Before the year");
  });

  it("names the printed report of each district and its results, under their source", async () => {
    const { paragraphs } = await readWord(await fetched(REVIEW));
    const card = await (await openProduct(tables)).as(OFFICER).say(REVIEW);

    const texts = paragraphs.map(({ text }) => text);
    const notes = texts.filter((text) => text.includes("own report is printed"));
    expect(notes).toHaveLength(reportsFile.reports.length);
    for (const { champion, datePrinted, source, figures } of reportsFile.reports) {
      const at = texts.findIndex((text) => text.startsWith(`DRAFT: ${champion}'s own report`));
      expect(texts[at]).toContain(`dated “${datePrinted}”. Source: ${source}.`);
      expect(texts.slice(at + 1, at + 1 + figures.length)).toEqual(figures);
    }
    expect(notes[1]).toContain("MAJOR PROJECTS (10); PRIORITIES (8); COMMUNITY GOOD PRACTICE (3)");
    expect(wordsOn(card)).toContain("Fenland: 0 written, 0 oral, and a printed report");
  });

  it("has nothing of a report that was printed for other months", async () => {
    const { paragraphs } = await readWord(
      await fetched("annual review August 2018 to January 2019"),
    );

    expect(paragraphs.filter(({ text }) => text.includes("own report is printed"))).toEqual([]);
  });

  it("is marked as a draft", async () => {
    const card = await (await openProduct(tables)).as(OFFICER).say(REVIEW);
    const { paragraphs } = await readWord(await fetched(REVIEW));

    expect(paragraphs[1]?.text).toContain("DRAFT made on 25 September 2019");
    expect(wordsOn(card)).toContain("July 2019, draft");
    expect(wordsOn(card)).toContain("A draft: what only you can write stands in square brackets.");
  });

  it.each([
    ["2019-07-31", "2018-07"],
    ["2019-08-01", "2019-07"],
    ["2020-01-15", "2019-07"],
  ])(
    "is for the last August to July that was over on %s, where no years are named",
    (day, until) => {
      expect(periodIn("annual review", day).until).toBe(until);
    },
  );

  it.each([
    ["annual review", { from: "2018-08", until: "2019-07" }],
    ["annual review August 2018 to July 2019", { from: "2018-08", until: "2019-07" }],
    ["annual review from Sept 2018 until jan 2019", { from: "2018-09", until: "2019-01" }],
  ])("is for the period that the words name: %s", (text, period) => {
    expect(periodIn(text, "2019-09-25")).toEqual(period);
  });

  it.each([
    ["annual review 2018 to 2019", "Name the first and the last month"],
    ["annual review July 2019 to August 2018", "is before"],
    ["annual review August 2017 to July 2019", "at most 12 months"],
  ])("is not guessed at: %s", async (text, words) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(OFFICER).say(text))).toContain(words);
  });
});

describe("the action log", () => {
  it("is the committee's own table, a group for each meeting", async () => {
    const { html, paragraphs, body } = await readWord(await fetched("export actions"));

    const texts = paragraphs.map(({ text }) => text);
    expect(texts.slice(0, 3)).toEqual([
      "COMMUNITIES AND PARTNERSHIP COMMITTEE",
      "Minutes - Action Log",
      "Updated – 25th September 2019",
    ]);
    expect(texts).toContain("ACTIONS FROM MINUTES OF THE 8TH AUGUST 2019 COMMITTEE MEETING");
    expect(html.match(/<th>/g)).toHaveLength(5 * 6);
    for (const { minute, owner, comments } of actionsFile.actions)
      expect(inOrder(texts, [minute, owner, comments])).toEqual([]);
    expect(body).toContain('w:orient="landscape"');
  });

  it("gives the room to the long texts, and keeps each action on one page", async () => {
    const { body } = await readWord(await fetched("export actions"));

    const widths = [...body.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    const [minute = 0, report = 0, owner = 0, action = 0, comments = 0, status = 0] = widths;
    for (const long of [action, comments])
      for (const short of [minute, report, owner, status])
        expect(long).toBeGreaterThan(1.5 * short);
    // A4 across, less its margins.
    expect(minute + report + owner + action + comments + status).toBeGreaterThan(15_000);
    const rows = body.match(/<w:tr>/g) ?? [];
    expect(rows.length).toBeGreaterThan(actionsFile.actions.length);
    expect(body.match(/<w:cantSplit\/>/g)).toHaveLength(rows.length);
  });

  it("is a list on a press", async () => {
    const product = await openProduct(tables);
    const card = await product.as(OFFICER).say("export actions");

    const list = await pressed(product, OFFICER, card, "Get it as a spreadsheet (CSV)");

    expect(wordsOn(list)).toContain("Action log 25 September 2019.csv");
    expect(titlesOf(list)).toContain("Get it as a Word document");
  });
});

describe("who may have papers", () => {
  it.each([
    ["a member of staff", MEMBER],
    ["a champion", COSTELLO],
    ["an administrator", ADMINISTRATOR],
  ])("is not %s", async (_who, somebody) => {
    const { as, handed } = await openProduct(tables);
    const recipe = { paper: "actions", wish: {}, format: "word", way: "link" };

    for (const text of [UPDATES, "export actions", "annual review"])
      expect(wordsOn(await as(somebody).say(text))).toContain("for officers and chairs");
    expect(wordsOn(await as(somebody).press("papers.offer", recipe))).toContain("for officers");
    expect(handed.questions).toEqual([]);
  });

  it("is the officer and the chair, in a personal chat", async () => {
    const { as, handed } = await openProduct(tables);

    await as(OFFICER).say(UPDATES);
    await as(CHAIR).say(UPDATES);
    const card = await as(OFFICER, { place: "channel" }).say(UPDATES);

    expect(wordsOn(card)).toContain("works in a personal chat");
    expect(handed.questions.map(({ name }) => name)).toEqual([
      "Community Champions updates for 8 August 2019.docx",
      "Community Champions updates for 8 August 2019.docx",
    ]);
  });

  it.each([
    ["a paper that is none", { paper: "salaries", wish: {} }],
    ["a meeting that is none", { paper: "updates", wish: { meeting: "../../people" } }],
    ["a day without a meeting", { paper: "updates", wish: { meeting: "2019-08-09" } }],
    ["a period that is none", { paper: "review", wish: { from: "2019-13", until: "2020-01" } }],
    ["a hundred years", { paper: "review", wish: { from: "1919-01", until: "2019-01" } }],
    ["a list that there is none of", { paper: "review", wish: {}, format: "csv" }],
  ])("does not get %s from a forged card", async (_what, recipe) => {
    const { as, handed, lines } = await openProduct(tables);

    const card = await as(OFFICER).press("papers.offer", { format: "word", ...recipe });

    expect(wordsOn(card)).toMatch(/out of date|no meeting|at most 12 months|not a list/);
    expect(handed.questions).toEqual([]);
    expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

describe("a link", () => {
  it("gives the paper for fifteen minutes, and the audit says to whom", async () => {
    const product = await openProduct(tables);
    const { token, card } = await link(product);

    const before = await product.download(token, at("2019-09-25T09:14"));
    const after = await product.download(token, at("2019-09-25T09:15"));

    expect(wordsOn(card)).toContain("works until 9:15am on 25 September 2019");
    expect(before?.name).toBe("Community Champions updates for 8 August 2019.docx");
    expect(after).toBeUndefined();
    const audit = wordsOn(await product.as(ADMINISTRATOR).say("audit"));
    expect(audit).toContain("asked for updates as word");
    expect(audit).toContain("downloaded updates as word by a link");
    expect(audit).toContain("Nick Mills");
  });

  it("is made from the rows as they are when it is opened", async () => {
    const product = await openProduct(tables);
    const { token } = await link(product, "export updates for 10 October 2019");
    await saveUpdate({ month: "2019-09", meeting: "2019-10-10", updates: ["Sent afterwards"] });

    const file = await product.download(token, at(NOW));

    const { html } = await readWord(file?.bytes ?? new Uint8Array());
    expect(html).toContain("Sent afterwards");
  });

  it("gives nothing once whoever asked has no role any more", async () => {
    const product = await openProduct(tables);
    const { token } = await link(product);
    await endRole(OFFICER.id);

    const later = await openProduct(tables);
    const file = await later.download(token, at(NOW));

    expect(file).toBeUndefined();
    const audit = wordsOn(await later.as(ADMINISTRATOR).say("audit"));
    expect(audit).toContain("downloading updates as word by a link");
  });

  it("cannot be forged, guessed or made from a question", async () => {
    const product = await openProduct(tables);
    const { token } = await link(product);
    await product.as(OFFICER).say(UPDATES);
    const question = product.handed.questions.at(-1)?.offer ?? "";
    const [committee, day, secret = ""] = token.split(".");
    const last = secret.endsWith("A") ? "B" : "A";

    for (const forged of [
      "",
      "x",
      question,
      secret,
      `${committee}.${day}.${secret.slice(0, -1)}${last}`,
      `${committee}.2019-09-24.${secret}`,
      `highways.${day}.${secret}`,
      `${committee}.${day}.${secret}x`,
      `${committee}.${day}.${"../".repeat(14)}a`,
      `${token}\n`,
    ])
      expect(await product.download(forged, at(NOW))).toBeUndefined();
  });

  it("is not in the tables: who reads them cannot use it", async () => {
    const product = await openProduct(tables);
    const { token } = await link(product);
    const [, , secret = "-"] = token.split(".");

    const rows = await (await tables("offers")).list(`${COMMITTEE}|2019-09-25`);

    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it("is there when Teams does not take the question, and said to be missing where there are none", async () => {
    const linked = await openProduct(tables);
    const bare = await openProduct(tables, { links: false });
    for (const { outcomes } of [linked, bare]) outcomes.push({ outcome: "refused", reason: "400" });

    const first = await linked.as(OFFICER).say(UPDATES);
    const second = await bare.as(OFFICER).say(UPDATES);
    const third = await bare.as(OFFICER).say(UPDATES);

    expect(titlesOf(first)).toContain("Download");
    expect(wordsOn(second)).toContain("Teams did not take the file");
    expect(titlesOf(third)).not.toContain("Get a link instead");
  });

  it("is swept away after its day", async () => {
    const product = await openProduct(tables);
    const { token } = await link(product);
    const store = createOfferStore(tables);

    await store.sweep(COMMITTEE, "2019-09-26");
    const nextDay = await store.find(token);
    await store.sweep(COMMITTEE, "2019-09-27");

    expect(nextDay).toBeDefined();
    expect(await store.find(token)).toBeUndefined();
  });
});

describe("the question whether a file may be saved", () => {
  it("accepted puts the file where Teams says, shows it, and is gone", async () => {
    const product = await openProduct(tables);

    const card = await accept(product, OFFICER, await question(product));
    await product.finish();

    const { uploads, shown, replaced } = product.handed;
    expect(wordsOn(card)).toContain("on its way to your OneDrive");
    expect(uploads.map(({ to, file }) => [to, file.name])).toEqual([
      [UPLOAD.uploadUrl, "Community Champions updates for 8 August 2019.docx"],
    ]);
    expect(shown).toEqual([UPLOAD]);
    expect(replaced.map((each) => [each.message, wordsOn(each.card)])).toEqual([
      [MESSAGE, expect.stringContaining("The file is saved")],
    ]);
    const audit = wordsOn(await product.as(ADMINISTRATOR).say("audit"));
    expect(audit).toContain("saved updates as word to OneDrive");
  });

  it("accepted twice, even at once on two replicas, saves one file", async () => {
    const one = await openProduct(tables);
    const other = await openProduct(tables);
    const offer = await question(one);

    const cards = await Promise.all([accept(one, OFFICER, offer), accept(other, OFFICER, offer)]);
    cards.push(await accept(one, OFFICER, offer));
    await Promise.all([one.finish(), other.finish()]);

    expect([...one.handed.uploads, ...other.handed.uploads]).toHaveLength(1);
    const words = cards.map(wordsOn);
    expect(words.filter((each) => each.includes("on its way"))).toHaveLength(1);
    expect(words.filter((each) => each.includes("accepted this file already"))).toHaveLength(2);
  });

  it("declined saves nothing and says how to get it after all", async () => {
    const product = await openProduct(tables);
    const offer = await question(product);

    const card = await product.as(OFFICER).press("papers.decline", { offer, message: MESSAGE });
    const later = await accept(product, OFFICER, offer);
    const again = await pressed(product, OFFICER, card, "Get it again");

    expect(wordsOn(card)).toContain("Nothing was saved");
    expect(wordsOn(later)).toContain("You declined this file");
    expect(wordsOn(again)).toContain("Press Allow");
    expect(product.handed.uploads).toEqual([]);
  });

  it("is for whoever asked, and nobody else", async () => {
    const product = await openProduct(tables);

    const card = await accept(product, CHAIR, await question(product));

    expect(wordsOn(card)).toContain("offered to somebody else");
    expect(product.handed.uploads).toEqual([]);
    expect(wordsOn(await product.as(ADMINISTRATOR).say("audit"))).toContain("Steve Criswell");
  });

  it("is over after a day, and at once for somebody without the role", async () => {
    const product = await openProduct(tables);
    const offer = await question(product);

    const late = await accept(product, OFFICER, offer, "2019-09-26T09:00");
    await endRole(OFFICER.id);
    const later = await openProduct(tables);
    const refused = await accept(later, OFFICER, offer);

    expect(wordsOn(late)).toContain("more than a day ago");
    expect(wordsOn(refused)).toContain("for officers and chairs");
    expect([...product.handed.uploads, ...later.handed.uploads]).toEqual([]);
  });

  it("is not answered with a link's token or with nonsense", async () => {
    const product = await openProduct(tables);
    const { token } = await link(product);

    for (const offer of [token, "x", ""])
      expect(wordsOn(await accept(product, OFFICER, offer))).toContain("I do not know this file");
  });

  it("says so when the file could not be saved, and offers it again", async () => {
    const product = await openProduct(tables);
    product.handed.troubles.push(new UserError("Your OneDrive did not take the file."));

    await accept(product, OFFICER, await question(product));
    await product.finish();

    const [replaced] = product.handed.replaced;
    expect(wordsOn(replaced?.card)).toContain("Your OneDrive did not take the file.");
    expect(replaced && titlesOf(replaced.card)).toEqual(["Get it again"]);
    expect(product.handed.shown).toEqual([]);
    expect(wordsOn(await product.as(ADMINISTRATOR).say("audit"))).not.toContain("to OneDrive");
  });
});

describe("text in Word", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)))
      .map((units) => units.join("")),
    fc.constantFrom(
      "  two spaces  in between and around  ",
      "\ttab\t\ttabs\t",
      "one\r\ntwo\rthree\n\nfive\u2028six\u000Bseven",
      '=HYPERLINK("https://example.org")',
      "{ HYPERLINK example }",
      "https://example.org mailto:a@example.org",
      "</w:t></w:r><w:r><w:fldSimple w:instr='DATE'/>",
      "<!-- --> <![CDATA[x]]> &amp; &#x41; &#0; %20",
      "\u0000\u0001\u0008\uFFFE\uFFFF\uD800 \uDC00",
      "\u202Eabc\u202C שלום 👩‍👩‍👧 🇬🇧",
    ),
  );

  it("is what was typed, in every kind of block, and does nothing else", async () => {
    const plain = await readWord(await wordFile(everyBlock("harmless")));
    const allowed = elementNames(plain.body).add("w:tab").add("w:br");

    await fc.assert(
      fc.asyncProperty(hostile, async (typed) => {
        const { body, paragraphs, messages, html } = await readWord(
          await wordFile(everyBlock(typed)),
        );

        const seen = asSeen(typed);
        const texts = paragraphs.map(({ text }) => text);
        expect(texts.filter((text) => text === seen).length).toBeGreaterThanOrEqual(
          seen === "" ? 1 : 7,
        );
        expect(texts).toContain(`${seen}\t${seen}`);
        expect([...elementNames(body)].filter((name) => !allowed.has(name))).toEqual([]);
        expect(html).not.toContain("<a ");
        expect(messages).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("describes every picture", async () => {
    const { body } = await readWord(await wordFile(everyBlock("Bars & lines\n<now>")));

    expect(body).toContain('descr="Bars &amp; lines &lt;now&gt;"');
  });

  it("gives names that every file system takes", () => {
    fc.assert(
      fc.property(hostile, (typed) => {
        const name = fileName(typed, "docx");

        expect(name).toMatch(/^[^"*:<>?/\\|\p{Cc}]{1,120}\.docx$/u);
        expect(name).not.toMatch(/^[. ]|[. ]\.docx$/);
        expect(() => encodeURIComponent(name)).not.toThrow();
      }),
    );
  });
});

/** A paper with the text in every place that takes text. */
function everyBlock(text: string): PaperDocument {
  return {
    title: text,
    summary: [],
    blocks: [
      { kind: "title", text },
      ...([1, 2, 3, 4] as const).map((level) => ({ kind: "heading", level, text }) as const),
      { kind: "text", text },
      { kind: "note", text },
      { kind: "facts", facts: [[text, text]] },
      { kind: "items", items: [text] },
      { kind: "table", columns: [{ title: text, share: 1 }], rows: [[text]] },
      { kind: "picture", png: new Uint8Array([1]), width: 900, height: 9, description: text },
    ],
  };
}

/** Line ends are breaks; what no document can hold is seen as a sign of its own. */
function asSeen(typed: string): string {
  const lines = typed.toWellFormed().replaceAll(/\r\n|[\r\v\f\u2028\u2029]/g, "\n");
  return Array.from(lines)
    .map((each) => (/[\t\n]|[^\p{Cc}\uFFFE\uFFFF]|[\u007F-\u009F]/u.test(each) ? each : "\uFFFD"))
    .join("");
}

function styleIn(styles: string, name: string): string {
  return new RegExp(`<w:style [^>]*w:styleId="${name}".*?</w:style>`, "s").exec(styles)?.[0] ?? "";
}

/** What of a list does not stand in the texts in that order. */
function inOrder(texts: readonly string[], wanted: readonly string[]): string[] {
  let from = 0;
  return wanted.filter((each) => {
    const found = texts.indexOf(each, from);
    if (found >= 0) from = found;
    return found < 0;
  });
}

type Product = Awaited<ReturnType<typeof openProduct>>;
type Somebody = typeof OFFICER;

/** The file that an officer gets for what they typed. */
async function fetched(text: string): Promise<Uint8Array> {
  const product = await openProduct(tables);
  const { token } = await link(product, text);
  const file = await product.download(token, at(NOW));
  return file?.bytes ?? new Uint8Array();
}

async function link(product: Product, text = UPDATES): Promise<{ token: string; card: Card }> {
  const offered = await product.as(OFFICER).say(text);
  const card = await pressed(product, OFFICER, offered, "Get a link instead");
  return { token: addressOn(card, "Download").split("/papers/")[1] ?? "", card };
}

/** The offer that stands on the question in the officer's chat. */
async function question(product: Product): Promise<string> {
  await product.as(OFFICER).say(UPDATES);
  return product.handed.questions.at(-1)?.offer ?? "";
}

function accept(product: Product, somebody: Somebody, offer: string, clock = NOW): Promise<Card> {
  const data = { offer, message: MESSAGE, upload: UPLOAD };
  return product.as(somebody, { clock }).press("papers.accept", data);
}

function pressed({ as }: Product, somebody: Somebody, card: Card, title: string): Promise<Card> {
  const { verb, data } = pressing(card, title);
  return as(somebody).press(verb, data);
}

function at(clock: string) {
  return createClock(clock)();
}

async function endRole(id: string): Promise<void> {
  const store = createPeopleStore(tables);
  const before = await store.read(COMMITTEE);
  const changed = before.people
    .filter((person) => person.id === id)
    .map((person) => ({
      ...person,
      roles: person.roles.map((role) => ({ ...role, until: "2019-09-24" })),
    }));
  await store.save(COMMITTEE, changed, before);
}

async function saveUpdate(about: { month: string; meeting: string; updates: string[] }) {
  const { month, meeting, updates } = about;
  const author = { id: "x", name: "Jan French" };
  const update = Update.parse({
    ...{ month, meeting, district: "fenland", version: 1, status: "submitted", kind: "written" },
    ...{ sections: { updates, contacts: [], goodPractice: [] }, priorities: [] },
    ...{ champion: author.name, author, at: `${meeting}T09:00:00Z`, late: false },
    operation: `${month}-fenland`,
  });
  expect(await createChampionStore(tables).save(COMMITTEE, update)).toBe(true);
}
