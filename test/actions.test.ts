import actionsFile from "../data/actions.json" with { type: "json" };
import meetingsFile from "../data/meetings.json" with { type: "json" };
import { createClock } from "../src/calendar.ts";
import { readSaid } from "../src/committee/action-rules.ts";
import { agendaPlanPaper } from "../src/committee/index.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { toCsv } from "../src/csv.ts";
import type { AttachedFile } from "../src/feature.ts";
import type { Tables } from "../src/tables.ts";
import {
  CHAIR,
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
const ACTION_HEADER =
  "meeting_date,minute_no,sub_item,report_title,action_to_be_taken_by,background,action,comments,status,log_updated,source";
const PLAN_HEADER =
  "meeting_date,meeting_type,item_order,agenda_item,lead_officer,key_decision,draft_deadline,agenda_publication,full_council_marker,confidential_marker,clear_working_days_derived,note,source_paragraph";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("the action log", () => {
  it("shows what is open first, and the rest by a press", async () => {
    const { as } = await openProduct(tables);
    const open = await as(MEMBER, { place: "channel" }).say("actions");
    const complete = await as(MEMBER).press(...press(open, "Complete"));
    const all = await as(MEMBER).press(...press(complete, "All"));
    const second = await as(MEMBER).press(...press(all, "Next page"));

    expect(wordsOn(open)).toContain("Open actions: 7");
    expect(wordsOn(open)).toContain("146a DOMESTIC ABUSE");
    expect(wordsOn(open)).toContain("meeting not stated in the log, ACTION ONGOING");
    expect(wordsOn(complete)).toContain("Complete actions: 13");
    expect(wordsOn(all)).toContain("Actions: 20");
    expect(wordsOn(second)).toContain("Page 2 of 2");
    expect(wordsOn(all)).not.toMatch(/\bdue\b/i);
  });

  it.each([
    ["actions for Jawaid Khan", "157 PREVENT STRATEGY"],
    ["actions for Rob Hill", "157 PREVENT STRATEGY"],
    ["actions for sarah ferguson?", "176a COUNTY COUNCIL"],
    ["all actions for Adrian Chapman", "147 CAMBS 2020"],
  ])("finds those of one owner: %s", async (text, words) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say(text))).toContain(words);
  });

  it("says who has open actions where somebody has none", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("actions for Jo Bloggs"));

    expect(words).toContain("The log has no action for Jo Bloggs.");
    expect(words).toContain("Jawaid Khan");
  });

  it("finds one's own by the name that Teams gives", async () => {
    const { as } = await openProduct(tables);
    const own = { id: "00000000-0000-4000-8000-000000000099", name: "Chapman, Adrian (CCC)" };

    expect(wordsOn(await as(own).say("my actions"))).toContain("177b THINK COMMUNITIES");
    expect(wordsOn(await as(MEMBER).say("my actions"))).toContain("no action for Priya Shah");
  });

  it("shows one as it is printed", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("action 146a"));

    expect(words).toContain("Sarah Ferguson");
    expect(words).toContain("Not stated in the log");
    expect(words).toContain("ACTION ONGOING");
    expect(words).toContain("It was suggested that there were too many intended outcomes");
  });

  it("names the letters of a number that has several", async () => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say("action 187"))).toContain(
      "There are 187a, 187b, 187c, 187d, 187e.",
    );
  });
});

describe("changing an action", () => {
  it.each([
    ["action 187d complete: The note was sent.", "187d", "ACTION COMPLETE", "The note was sent."],
    ["Action 187 D - completed, sent on 3 October", "187d", "ACTION COMPLETE", "sent on 3 October"],
    ["change action 146a ongoing", "146a", "ACTION ONGOING", ""],
    ["action 147 is done", "147", "ACTION COMPLETE", ""],
    ["action 157: awaiting update", "157", undefined, "awaiting update"],
    ["action 177b", "177b", undefined, ""],
  ])("is read from what is typed: %s", (text, minute, status, comments) => {
    expect(readSaid(text)).toEqual(status ? { minute, status, comments } : { minute, comments });
  });

  it("opens its form with what was typed, and writes nothing before Save", async () => {
    const { as } = await openProduct(tables);
    const before = await as(MEMBER).say("action 187d");
    const form = await as(OFFICER).say("action 187d complete: The Information was sent.");
    const between = await as(MEMBER).say("action 187d");

    const done = await as(OFFICER).press(...press(form, "Save"));

    expect(inputsOf(form)).toMatchObject({ status: "ACTION COMPLETE" });
    expect(inputsOf(form)["comments"]).toMatch(/The Information was sent\.$/);
    expect(between).toEqual(before);
    expect(wordsOn(done)).toContain("The Information was sent.");
    expect(wordsOn(await as(MEMBER).say("action 187d"))).toContain("ACTION COMPLETE");
  });

  it("keeps who, when, before and after, and is audited", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("action 146a complete");
    const done = await as(OFFICER).press(...press(form, "Save"));
    await as(OFFICER).press(...press(form, "Save"));

    const history = wordsOn(await as(OFFICER).press(...press(done, "History")));

    expect(history).toContain("9am on 25 September 2019, Nick Mills changed an action");
    expect(history).toContain("Status: ACTION COMPLETE (before: ACTION ONGOING)");
    expect(history.match(/Nick Mills/g)).toHaveLength(1);
  });

  it("by two people loses no word: the second sees both texts", async () => {
    const { as } = await openProduct(tables);
    const one = await as(OFFICER).say("action 146a: First news.");
    const other = await as(OFFICER).say("action 146a: Second news.");
    await as(OFFICER).press(...press(one, "Save"));

    const again = await as(OFFICER).press(...press(other, "Save"));
    const done = await as(OFFICER).press(...press(again, "Save"));

    expect(wordsOn(again)).toContain("Somebody changed action 146a");
    expect(wordsOn(again)).toContain("First news.");
    expect(inputsOf(again)["comments"]).toContain("Second news.");
    expect(wordsOn(done)).toContain("Second news.");
  });

  it("is for officers, in a personal chat", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("action 146a complete");
    const [verb, data] = press(form, "Save");

    expect(wordsOn(await as(CHAIR).say("action 146a complete"))).toContain("Only an officer");
    expect(wordsOn(await as(OFFICER, { place: "channel" }).say("action 146a complete"))).toContain(
      "personal chat",
    );
    expect(wordsOn(await as(CHAIR).press(verb, data))).toContain("You do not have the role");
    expect(titlesOf(await as(MEMBER).say("action 146a"))).toEqual(["All open actions"]);
  });

  it("that is new goes under its own number only", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add action");
    const typed = {
      minute: "192",
      report: "RISK REGISTER",
      owner: "Adrian Chapman",
      action: "Action: to report.",
    };
    const missing = await as(OFFICER).press(...press(form, "Save", { ...typed, owner: "" }));
    const taken = await as(OFFICER).press(...press(form, "Save", { ...typed, minute: "187d" }));

    const done = await as(OFFICER).press(...press(missing, "Save", typed));

    expect(wordsOn(missing)).toContain("Enter the action to be taken by.");
    expect(inputsOf(missing)).toMatchObject({ minute: "192", report: "RISK REGISTER" });
    expect(wordsOn(taken)).toContain("The log has an action 187d already.");
    expect(wordsOn(done)).toContain("Action 192");
  });
});

describe("importing the action log", () => {
  it("of the papers again changes nothing", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("import actions");

    const preview = await as(OFFICER).press(...press(form, "Preview", { csv: actionsCsv() }));

    expect(wordsOn(preview)).toContain("Everything on the list is there already.");
    expect(titlesOf(preview)).toEqual(["Change the list"]);
  });

  it("shows what is new and changed, stores nothing before Import, and can be repeated", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("import actions");
    const added = "2019-10-10,195,,NEW REPORT,Jo Lee,,Action: to do.,,ACTION ONGOING,,";
    const changed = actionsCsv().replace("Awaiting update.", "Answered; in full.");
    const csv = `${changed}${added}\n`;
    const preview = await as(OFFICER).press(...press(form, "Preview", { csv }));
    const before = await store().actionsOf(COMMITTEE);
    const done = await as(OFFICER).press(...press(preview, "Import"));
    const again = await as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(preview)).toContain("195 NEW REPORT, Jo Lee, ACTION ONGOING");
    expect(before).toHaveLength(20);
    expect(wordsOn(done)).toContain("Written: 2.");
    expect(wordsOn(again)).toContain("Written: 2.");
    expect(await store().actionHistory(COMMITTEE, "195")).toHaveLength(1);
  });

  it("names line, column and mending of each line that it refuses, and imports none", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("import actions");
    const csv = [
      ACTION_HEADER,
      "2019-10-10,195,,R,Jo Lee,,Action: a.,,ACTION ONGOING,,",
      "2019-10-40,196,,R,Jo Lee,,Action: a.,,ACTION ONGOING,,",
      "2019-10-10,x1,,R,Jo Lee,,Action: a.,,ACTION ONGOING,,",
      "2019-10-10,197,,R,,,Action: a.,,ACTION ONGOING,,",
      "2019-10-10,198,,R,Jo Lee,,Action: a.,,Awaiting update.,,",
      "2019-10-10,195,,R,Jo Lee,,Action: b.,,ACTION ONGOING,,",
      "2019-10-10,199,,R,Jo Lee,,Action: a, b and c.,,ACTION ONGOING,2019-10-02,Pack",
    ].join("\n");

    const preview = await as(OFFICER).press(...press(form, "Preview", { csv }));

    const words = wordsOn(preview);
    expect(words).toContain("Lines that cannot be imported: 6");
    expect(words).toContain("Line 3, column meeting_date: “2019-10-40” is no day.");
    expect(words).toContain("Line 4, column minute_no: “x1” is no minute number.");
    expect(words).toContain("Line 5, column action_to_be_taken_by: it is empty.");
    expect(words).toContain("Line 6, column status: “Awaiting update.” is no status.");
    expect(words).toContain("Line 7, column minute_no: 195 is on line 2 already.");
    expect(words).toContain("Line 8, there are more cells than columns.");
    expect(titlesOf(preview)).toEqual(["Change the list"]);
    const mended = await as(OFFICER).press(...press(preview, "Change the list"));
    expect(inputsOf(mended)["csv"]).toBe(csv);
  });

  it("takes 2,000 lines from a file that came with the message", async () => {
    const lines = Array.from(
      { length: 2000 },
      (_, at) =>
        `2019-10-10,${1000 + at},,REPORT ${at},Jo Lee,,Action: to do number ${at}.,${"x".repeat(200)},ACTION ONGOING,,`,
    );
    const product = await openProduct(tables);
    const preview = await sayWith(
      product,
      "import actions",
      file([ACTION_HEADER, ...lines].join("\r\n")),
    );

    const first = await product.as(OFFICER).press(...press(preview, "Import"));
    await product.finish();
    const done = await product.as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(preview)).toContain("New\n2000");
    expect(wordsOn(first)).toMatch(/Imported|The import is under way/);
    expect(wordsOn(done)).toContain("Written: 2,000.");
    expect(JSON.stringify(preview).length).toBeLessThan(28_000);
    expect(await store().actionsOf(COMMITTEE)).toHaveLength(2020);
    const list = await product.as(MEMBER).say("actions");
    expect(wordsOn(list)).toContain("Page 1 of 168");
  }, 60_000);

  it("reads what Windows saves, and says what to do with a workbook", async () => {
    const product = await openProduct(tables);
    const line = `${ACTION_HEADER}\n2019-10-10,195,,CAF\u00c9,Jo Lee,,Action: a.,,ACTION ONGOING,,`;

    const preview = await sayWith(product, "import actions", file(Buffer.from(line, "latin1")));
    const workbook = await sayWith(product, "import actions", file("PK\u0003\u0004"));

    expect(wordsOn(preview)).toContain("195 CAFÉ");
    expect(wordsOn(workbook)).toContain("is a workbook");
  });

  it("is not done with somebody else's list, or one that is gone", async () => {
    const { as } = await openProduct(tables);

    const answer = await as(OFFICER).press("committee.import", { list: "2019-09-25.made-up" });

    expect(wordsOn(answer)).toContain("This preview is out of date.");
    expect(wordsOn(await as(MEMBER).say("import actions"))).toContain("is for officers");
  });
});

describe("what is typed of an action", () => {
  it("for May means Christine May, who is in the log, and not the month", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("actions for May"));

    expect(words).toContain("Christine May");
    expect(words).not.toContain("Rob Hill");
  });

  it.each([
    ["actions for May 2019", "Actions, meetings of May 2019: 3", "164 HATE CRIME"],
    ["actions from May 2019", "Actions, meetings of May 2019: 3", "167 "],
    ["open actions in July 2019", "Open actions, meetings of July 2019: 3", "176a COUNTY"],
    ["actions of 8 August 2019", "Actions, meetings of 8 August 2019: 8", "191 "],
    ["actions for 2019", "Actions, meetings of 2019: 18", "Page 1 of 2"],
    ["actions for Rob Hill May 2019", "Actions for Rob Hill, meetings of May 2019: 1", "164 "],
    ["actions for May 2018", "Actions, meetings of May 2018: 0", "There are none"],
  ])(
    "with a time means the meetings of that time, and says so: %s",
    async (text, heading, words) => {
      const { as } = await openProduct(tables);

      const said = wordsOn(await as(MEMBER).say(text));

      expect(said).toContain(heading);
      expect(said).toContain(words);
      expect(said).toMatch(/I took [\w ]+ to be the (day|month|year) of the meetings\./);
    },
  );

  it("says how the other meaning of May is typed, and keeps the time on its buttons", async () => {
    const { as } = await openProduct(tables);
    const person = await as(MEMBER).say("actions for May");
    const month = await as(MEMBER).say("actions for May 2019");

    const complete = await as(MEMBER).press(...press(month, "Complete"));

    expect(wordsOn(person)).toContain("I took May to be Christine May. For the month, type");
    expect(wordsOn(month)).toContain("For the person, type actions for Christine May.");
    expect(wordsOn(complete)).toContain("Complete actions, meetings of May 2019: 3");
  });

  it("of several months is asked about, not guessed at", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("actions for April to June 2019"));

    expect(words).toContain("Name one month of meetings: actions for May 2019.");
  });

  it("mark 187b complete opens the officer's form with the status chosen", async () => {
    const { as } = await openProduct(tables);

    const form = await as(OFFICER).say("mark 187b complete");

    expect(inputsOf(form)).toMatchObject({ status: "ACTION COMPLETE" });
    expect(wordsOn(form)).toContain("187b");
  });

  it("history of action 187d shows an officer who changed it, and others the action", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("action 187d ongoing");
    await as(OFFICER).press(...press(form, "Save"));

    const history = wordsOn(await as(OFFICER).say("history of action 187d"));
    const shown = wordsOn(await as(MEMBER).say("history of action 187d"));

    expect(history).toContain("Nick Mills");
    expect(shown).not.toContain("Nick Mills");
    expect(shown).toContain("Action 187d");
  });

  it("history of a meeting shows an officer who changed it", async () => {
    const { as } = await openProduct(tables);
    const asked = await as(OFFICER).say("move meeting 10 October to 17 October");
    await as(OFFICER).press(...press(asked, "Move the meeting"));

    const words = wordsOn(await as(OFFICER).say("history of meeting 17 October"));

    expect(words).toContain("Nick Mills");
  });

  it.each([
    ["29 September 2019", "Sunday 29 September 2019 is no working day."],
    ["25 December 2019", "Wednesday 25 December 2019 is no working day."],
  ])("a meeting on %s is warned about, and not refused", async (day, warning) => {
    const { as } = await openProduct(tables);

    const form = await as(OFFICER).say(`add meeting ${day}`);
    const asked = await as(OFFICER).press(...press(form, "Check", { venue: "Shire Hall" }));

    expect(wordsOn(asked)).toContain(warning);
    expect(titlesOf(asked)).toContain("Add the meeting");
  });
});

describe("importing the agenda plan", () => {
  it("of the papers again changes nothing", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("import meetings");

    const preview = await as(OFFICER).press(...press(form, "Preview", { csv: planCsv() }));

    expect(wordsOn(preview)).toContain("Everything on the list is there already.");
  });

  it("adds and changes meetings and items, keeps time and place, and warns of the dates", async () => {
    const { as } = await openProduct(tables);
    const csv = [
      PLAN_HEADER,
      '2019-10-10,committee meeting,1,"Minutes, amended",N Mills,-,27/09/2019,04/10/2019,no,no,,,',
      "2020-06-18,committee meeting,1,White Ribbon,R Hill,-,2020-06-05,2020-06-10,*,+,,,Plan",
      "2020-06-18,committee meeting,2,Finance,R Hill,-,2020-06-05,2020-06-10,no,no,,,Plan",
    ].join("\n");
    const form = await as(OFFICER).say("import agenda plan");
    const preview = await as(OFFICER).press(...press(form, "Preview", { csv }));
    const before = await as(MEMBER).say("agenda");
    const done = await as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(preview)).toContain("becomes “Minutes, amended”");
    expect(wordsOn(preview)).toContain(
      "Publication on 4 October 2019 leaves less than five clear days",
    );
    expect(wordsOn(preview)).toContain("not on the list: 12. They stay.");
    expect(wordsOn(before)).not.toContain("amended");
    expect(wordsOn(done)).toContain("Written: 5.");
    expect(wordsOn(await as(MEMBER).say("next meeting"))).toContain("Cambridgeshire Archives, Ely");
    expect(wordsOn(await as(MEMBER).say("agenda 18 June 2020"))).toContain(
      "White Ribbon (private item, goes to full council)\nPrivate item",
    );
  });

  it("refuses a meeting that was moved, two numbers alike, and dates that differ", async () => {
    const { as } = await openProduct(tables);
    const asked = await as(OFFICER).say("move meeting 10 October to 17 October");
    await as(OFFICER).press(...press(asked, "Move the meeting"));
    const csv = [
      "meeting_date,meeting_type,item_order,agenda_item,draft_deadline,confidential_marker",
      "2019-10-10,committee meeting,1,Minutes,,no",
      "2020-06-18,committee meeting,1,A,2020-06-05,no",
      "2020-06-18,committee meeting,1,B,2020-06-05,no",
      "2020-06-18,committee meeting,2,C,2020-06-06,no",
      "2020-06-18,party,3,D,2020-06-05,no",
      "2020-06-18,committee meeting,4,,2020-06-05,no",
      "2020-06-18,committee meeting,5,E,2020-06-05,maybe",
    ].join("\n");

    const form = await as(OFFICER).say("import meetings");
    const words = wordsOn(await as(OFFICER).press(...press(form, "Preview", { csv })));

    expect(words).toContain(
      "was moved to 17 October 2019. Write 2019-10-17 in column meeting_date",
    );
    expect(words).toContain("Line 4, column item_order");
    expect(words).toContain("Line 5, column draft_deadline: it differs from line 3");
    expect(words).toContain("Line 6, column meeting_type: “party”");
    expect(words).toContain("Line 7, column agenda_item: it is empty.");
    expect(words).toContain("Line 8, column confidential_marker: “maybe”");
  });

  it("of 2,000 lines works too", async () => {
    const lines = Array.from({ length: 2000 }, (_, at) => {
      const date = `20${20 + Math.floor(at / 400)}-${String(1 + (Math.floor(at / 40) % 10)).padStart(2, "0")}-07`;
      return `${date},workshop,${1 + (at % 40)},Item ${at},N Mills,-,,,no,no,,,`;
    });
    const product = await openProduct(tables);
    const preview = await sayWith(
      product,
      "import meetings",
      file([PLAN_HEADER, ...lines].join("\n")),
    );

    const first = await product.as(OFFICER).press(...press(preview, "Import"));
    await product.finish();
    const done = await product.as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(first)).toMatch(/Imported|The import is under way/);
    expect(wordsOn(done)).toContain("Imported\nWritten: ");
    expect(await store().agendaOf(COMMITTEE, "2024-10-07")).toHaveLength(40);
  }, 60_000);

  it("has a template whose columns it reads", async () => {
    const { as } = await openProduct(tables);
    for (const text of ["agenda plan template", "actions template"]) {
      const template = await as(OFFICER).say(text);
      const form = await as(OFFICER).press(...press(template, "Import a list"));

      const preview = await as(OFFICER).press(
        ...press(form, "Preview", { csv: inputsOf(template)["csv"] ?? "" }),
      );

      expect(titlesOf(preview)).toContain("Change the list");
      expect(wordsOn(preview)).not.toContain("There is a problem");
    }
  });

  it("reads what the export gives", async () => {
    const { as } = await openProduct(tables);
    const offer = await as(OFFICER).say("export agenda plan csv");
    const [council] = await store().committees();
    if (!council) throw new Error("The council is empty");
    const subject = { committee: council, now: createClock("2019-09-25T09:00")() };
    const { list } = await agendaPlanPaper(store()).make(subject, {});
    const file = toCsv(list?.columns ?? [], list?.rows ?? []);

    const form = await as(OFFICER).say("import meetings");
    const preview = await as(OFFICER).press(...press(form, "Preview", { csv: file }));

    expect(wordsOn(offer)).toContain("Agenda plan 25 September 2019");
    expect(wordsOn(preview)).toContain("Everything on the list is there already.");
  });

  it("exports a private item by its title only, and reading that back keeps who leads it", async () => {
    const { as } = await openProduct(tables);
    const [council] = await store().committees();
    if (!council) throw new Error("The council is empty");
    const item = { order: 40, title: "A contract", leadOfficer: "Ann Other", isPrivate: true };
    await store().saveAgendaItem(COMMITTEE, "2019-10-10", { ...item, goesToFullCouncil: false });
    const subject = { committee: council, now: createClock("2019-09-25T09:00")() };
    const { list } = await agendaPlanPaper(store()).make(subject, {});
    const file = toCsv(list?.columns ?? [], list?.rows ?? []);

    const form = await as(OFFICER).say("import meetings");
    const preview = await as(OFFICER).press(...press(form, "Preview", { csv: file }));

    expect(file).toContain("A contract");
    expect(file).not.toContain("Ann Other");
    expect(wordsOn(preview)).toContain("Everything on the list is there already.");
  });
});

/** The officer says something with a file beside it. */
async function sayWith(
  product: Awaited<ReturnType<typeof openProduct>>,
  text: string,
  attached: AttachedFile,
) {
  const turn = await product.turnOf(OFFICER, {}, undefined, { text });
  return (await product.say({ ...turn, files: [attached] }, text)).card;
}

function file(content: string | Uint8Array): AttachedFile {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { name: "list.csv", read: async () => bytes };
}

function actionsCsv(): string {
  const rows = actionsFile.actions.map((each) => {
    const [, number = "", letter = ""] = /^(\d+)([a-z]?)$/.exec(each.minute) ?? [];
    return {
      ...{ meeting_date: "meeting" in each ? String(each.meeting) : "", minute_no: number },
      ...{ sub_item: letter, report_title: each.report, action_to_be_taken_by: each.owner },
      ...{ background: each.background, action: each.action, comments: each.comments },
      ...{ status: each.status, log_updated: "2019-10-02", source: "Committee pack" },
    };
  });
  return toCsv(ACTION_HEADER.split(","), rows);
}

function planCsv(): string {
  const mark = (is: boolean) => (is ? "yes" : "no");
  const text = (each: object, name: string) =>
    name in each ? String(Object.entries(each).find(([key]) => key === name)?.[1]) : "";
  const rows = meetingsFile.flatMap((meeting) =>
    meeting.agenda.map((item) => ({
      ...{ meeting_date: meeting.date, meeting_type: meeting.kind, item_order: String(item.order) },
      ...{ agenda_item: item.title, lead_officer: text(item, "leadOfficer"), key_decision: "-" },
      ...{
        draft_deadline: text(meeting, "draftDeadline"),
        agenda_publication: text(meeting, "publication"),
      },
      full_council_marker: mark(item.goesToFullCouncil),
      confidential_marker: mark(item.isPrivate),
      ...{ clear_working_days_derived: "5", note: "", source_paragraph: "Committee pack" },
    })),
  );
  return toCsv(PLAN_HEADER.split(","), rows);
}

function store() {
  return createCommitteeStore(tables);
}
