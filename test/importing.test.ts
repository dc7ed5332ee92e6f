import { createClock } from "../src/calendar.ts";
import { readActions } from "../src/committee/action-import.ts";
import { readPlan } from "../src/committee/agenda-import.ts";
import { agendaPlanPaper } from "../src/committee/index.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { toCsv } from "../src/csv.ts";
import { actionsPaper } from "../src/papers/actions.ts";
import type { Tables } from "../src/tables.ts";
import {
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
const NEEDED = "minute_no,report_title,action_to_be_taken_by,action,status";
const PLAN_NEEDED = "meeting_date,meeting_type,item_order,agenda_item";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

type Product = Awaited<ReturnType<typeof openProduct>>;

describe("a line of the action log with several letters", () => {
  it.each(["187 f)/g)", "187f, 187g", "187 f) and g)", "187 f-g"])(
    "%s is an action for each, where each part begins with its letter",
    async (minute) => {
      const product = await openProduct(tables);
      const what = "Capital projects: f) send the list. g) visit the library.";

      const preview = await look(product, "import actions", [
        `${NEEDED},comments`,
        line([minute, "Capital projects", "Christine May", what, "ACTION ONGOING", "Both asked."]),
      ]);
      await product.as(OFFICER).press(...press(preview, "Import"));

      expect(await action("187f")).toMatchObject({
        ...{ action: "Capital projects: send the list.", comments: "Both asked." },
      });
      expect(await action("187g")).toMatchObject({
        action: "Capital projects: visit the library.",
      });
    },
  );

  it("is warned about where its meeting is still to come", async () => {
    const product = await openProduct(tables);

    const preview = await look(product, "import actions", [
      `${NEEDED},meeting_date`,
      line(["199a", "Libraries", "Christine May", "Send the list", "ACTION ONGOING", "2019-11-21"]),
    ]);

    expect(wordsOn(preview)).toContain("199a: the meeting on 21 November 2019 has not been held");
  });

  it("is not read where nothing says which action is which, and says how to mend it", async () => {
    const product = await openProduct(tables);

    const preview = await look(product, "import actions", [
      NEEDED,
      line(["187 a)/b)", "Capital projects", "Christine May", "Send the list", "ACTION ONGOING"]),
    ]);

    expect(wordsOn(preview)).toContain(
      "Line 2, column minute_no: “187 a)/b)” is more than one action. Write each on a line of its own: 187a and 187b. Or begin each part of the action with its letter: a) and b).",
    );
  });
});

describe("a list without some of its columns", () => {
  it("leaves the comments, the background and the meeting of an action as they are", async () => {
    const product = await openProduct(tables);
    const before = await action("187d");
    const { report, owner, action: what } = before;

    const preview = await look(product, "import actions", [
      NEEDED,
      line(["187d", report, owner, what, "ACTION ONGOING"]),
    ]);
    await product.as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(preview)).toContain("Status: “ACTION COMPLETE” becomes “ACTION ONGOING”");
    expect(wordsOn(preview)).not.toContain("Comments:");
    expect(await action("187d")).toEqual({ ...before, status: "ACTION ONGOING" });
  });

  it("empties a cell that is there and empty, and the preview says so", async () => {
    const product = await openProduct(tables);
    const { report, owner, action: what, status } = await action("187d");

    const preview = await look(product, "import actions", [
      `${NEEDED},comments`,
      line(["187d", report, owner, what, status, ""]),
    ]);
    await product.as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(preview)).toMatch(/Comments: “.+” becomes nothing/);
    expect((await action("187d")).comments).toBe("");
  });

  it("shows both markers of an item in the preview", async () => {
    const product = await openProduct(tables);

    const preview = await look(product, "import meetings", [
      `${PLAN_NEEDED},confidential_marker,full_council_marker`,
      line(["2019-11-21", "committee meeting", "55", "Lease", "yes", "yes"]),
    ]);

    expect(wordsOn(preview)).toContain("Lease (private item, goes to full council)");
  });

  it("keeps the key decision of the plan: on the agenda, in its form, in the paper and in the list", async () => {
    const product = await openProduct(tables);
    const listed = [
      `${PLAN_NEEDED},lead_officer,key_decision`,
      line(["2019-10-10", "committee meeting", "55", "Library lease", "C May", "2019/045"]),
    ];

    const preview = await look(product, "import meetings", listed);
    await product.as(OFFICER).press(...press(preview, "Import"));
    const agenda = await product.as(OFFICER).say("agenda");
    const which = await product.as(OFFICER).press(...press(agenda, "Change an item"));
    const form = await product.as(OFFICER).press(...press(which, "Go on", { was: "55" }));
    const [council] = await store().committees();
    if (!council) throw new Error("The council is empty");
    const subject = { committee: council, now: createClock("2019-09-25T09:00")() };
    const { blocks, list } = await agendaPlanPaper(store()).make(subject, {});
    const again = await look(product, "import meetings", [
      toCsv(list?.columns ?? [], list?.rows ?? []),
    ]);

    expect(wordsOn(agenda)).toContain("Library lease (key decision 2019/045)");
    expect(inputsOf(form)).toMatchObject({ keyDecision: "2019/045" });
    const plan = blocks.find((block) => block.kind === "table");
    expect(plan?.columns.map(({ title }) => title)).toEqual([
      ...["Committee date", "Agenda item", "Lead officer", "Key decision"],
      ...["Draft deadline", "Agenda publication"],
    ]);
    expect(plan?.rows[0]?.[0]).toBe("10/10/2019");
    expect(plan?.rows.at(-1)).toEqual(["", "Library lease", "C May", "2019/045", "", ""]);
    expect(JSON.stringify(blocks)).toContain("Part 2, Article 12");
    expect(list?.rows.find((row) => row.agenda_item === "Library lease")).toMatchObject({
      key_decision: "2019/045",
    });
    expect(wordsOn(again)).toContain("Everything on the list is there already.");
  });

  it("keeps an item private, for full council, and with its lead officer", async () => {
    const product = await openProduct(tables);
    const marks = { isPrivate: true, goesToFullCouncil: true, leadOfficer: "C May" };
    await store().saveAgendaItem(COMMITTEE, "2019-10-10", { order: 1, title: "Site", ...marks });

    const preview = await look(product, "import meetings", [
      PLAN_NEEDED,
      "2019-10-10,committee meeting,1,The site",
    ]);
    await product.as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(preview)).toContain("Title: “Site” becomes “The site”");
    expect(wordsOn(preview)).not.toContain("C May");
    const [item] = await store().agendaOf(COMMITTEE, "2019-10-10");
    expect(item).toMatchObject({ title: "The site", ...marks });
  });

  it("can be written from what its form says", async () => {
    const { as } = await openProduct(tables);

    const form = wordsOn(await as(OFFICER).say("import actions"));

    expect(form).toContain("meeting_date,sub_item,background,comments,log_updated,source");
    expect(wordsOn(await as(OFFICER).say("import meetings"))).toContain("confidential_marker");
  });
});

describe("a list pasted behind the words", () => {
  it.each([
    [
      "import actions",
      `${NEEDED}\n995,NEW,Jo Lee,"He hit her and she is bleeding",ACTION ONGOING`,
      "995 NEW",
    ],
    [
      "Import meetings:",
      `${PLAN_NEEDED}\n2020-06-18,workshop,1,Post the digest`,
      "18 June 2020, item 1",
    ],
  ])("goes into the preview: %s", async (words, list, shown) => {
    const { as } = await openProduct(tables);

    const preview = await as(OFFICER).say(`${words}\n${list}`);

    expect(titlesOf(preview)).toEqual(["Import", "Change the list"]);
    expect(wordsOn(preview)).toContain(shown);
  });

  it("that is none is told how it begins, and nobody else reads it", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(OFFICER).say("import actions\nnext meeting\nfood bank Wisbech"));

    expect(words).toContain("The first line must name the columns");
  });

  it("is for officers", async () => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say(`import actions\n${NEEDED}`))).toContain("is for officers");
  });
});

describe("what an officer says of the log and the plan", () => {
  it("takes the place of “Awaiting update.”, and stands behind any other comment", async () => {
    const { as } = await openProduct(tables);

    const form = await as(OFFICER).say("action 187a complete: list sent");

    expect((await action("187a")).comments).toBe("Awaiting update.");
    expect(inputsOf(form)).toMatchObject({ comments: "list sent" });
  });

  it("may name the order that the list has anyway", async () => {
    const { as } = await openProduct(tables);

    const all = wordsOn(await as(OFFICER).say("actions still open longest first"));
    const own = wordsOn(await as(OFFICER).say("actions for Christine May longest first"));

    expect(all).toContain("Open actions: 7");
    expect(own).toContain("Open actions for Christine May: 2");
  });

  it("exports the actions of one person, or says that the log does not name them", async () => {
    const { as } = await openProduct(tables);

    const own = wordsOn(await as(OFFICER).say("export actions for Christine May"));
    const all = wordsOn(await as(OFFICER).say("export actions for Ann Other"));

    expect(own).toContain("For Christine May");
    expect(own).toContain("Actions: 5");
    expect(all).toContain("The log names no Ann Other. All actions are in it");
  });

  it("moves a meeting, whose new date no paper is named for", async () => {
    const { as } = await openProduct(tables);
    const asked = await as(OFFICER).say("move meeting 21 November to 28 November 2019");
    await as(OFFICER).press(...press(asked, "Move the meeting"));

    const moved = wordsOn(await as(OFFICER).say("meeting 28 November 2019"));

    expect(moved).toContain("Moved from 21 November 2019 by Nick Mills on 25 September 2019");
  });

  it("says of an agenda that is still to be published that it is due", async () => {
    const { as } = await openProduct(tables);

    const before = wordsOn(await as(OFFICER).say("meetings"));
    const after = wordsOn(await as(OFFICER, { clock: "2019-10-02T09:00" }).say("meetings"));

    expect(before).toContain("agenda due to be published 2 October 2019");
    expect(after).toContain("agenda published 2 October 2019");
  });

  it("asks for the digest of a day that is over, and is told so", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(OFFICER).say("preview digest 8 August 2019"));

    expect(words).toContain("8 August 2019 is over");
  });
});

describe("the list of export actions", () => {
  it("goes back in, and all is the same", async () => {
    const product = await openProduct(tables);
    const [council] = await store().committees();
    if (!council) throw new Error("The council is empty");
    const paper = actionsPaper({ actionsOf: store().actionsOf });
    const { list } = await paper.make(
      { committee: council, now: createClock("2019-09-25T09:00")() },
      {},
    );

    const preview = await look(product, "import actions", [
      toCsv(list?.columns ?? [], list?.rows ?? []),
    ]);

    expect(wordsOn(preview)).toContain("Everything on the list is there already.");
    expect(wordsOn(preview)).toContain("The same\n20");
  });
});

describe("what somebody changed after the preview", () => {
  it("stays, and the import says what and by whom", async () => {
    const product = await openProduct(tables);
    const preview = await look(product, "import actions", [
      NEEDED,
      "187d,COMMUNITIES,Somebody,Do it,ACTION ONGOING",
      "995,NEW,Somebody,Do it,ACTION ONGOING",
    ]);
    await change(product, "action 187d complete: Sent by hand.");

    const done = await product.as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(done)).toContain("Written: 1.");
    expect(wordsOn(done)).toMatch(/187d COMMUNITIES, changed since by Nick Mills/);
    expect((await action("187d")).comments).toContain("Sent by hand.");
    expect((await action("995")).report).toBe("NEW");
  });

  it("is never undone by an old Import button", async () => {
    const product = await openProduct(tables);
    const preview = await look(product, "import actions", [
      NEEDED,
      "187d,COMMUNITIES,Somebody,Do it,ACTION ONGOING",
    ]);
    await product.as(OFFICER).press(...press(preview, "Import"));
    await change(product, "action 187d complete: Later work.");

    const again = await product.as(OFFICER).press(...press(preview, "Import"));

    // What the first press did, said again.
    expect(wordsOn(again)).toContain("Written: 1.");
    expect((await action("187d")).comments).toContain("Later work.");
  });

  it("is so for an agenda too: an item that was removed stays removed", async () => {
    const product = await openProduct(tables);
    const { as } = product;
    const preview = await look(product, "import meetings", [
      PLAN_NEEDED,
      "2019-10-10,committee meeting,1,From the list",
      "2019-10-10,committee meeting,30,Once",
    ]);
    const form = await as(OFFICER).press("committee.openItem", { meeting: "2019-10-10", was: "1" });
    await as(OFFICER).press(...press(form, "Save", { title: "By hand" }));

    const done = await as(OFFICER).press(...press(preview, "Import"));
    const { version } = await store().storedAgenda(COMMITTEE, "2019-10-10");
    const item = { meeting: "2019-10-10", was: "30", version };
    const asked = await as(OFFICER).press("committee.askRemoveItem", item);
    const removed = await as(OFFICER).press(...press(asked, "Remove the item"));
    await as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(done)).toContain("10 October 2019, item 1, changed since by Nick Mills");
    expect(wordsOn(removed)).toContain("Removed: Once");
    const titles = (await store().agendaOf(COMMITTEE, "2019-10-10")).map(({ title }) => title);
    expect(titles[0]).toBe("By hand");
    expect(titles).not.toContain("Once");
  });
});

describe("a wrong file", () => {
  it("of more than 5,000 lines is refused", async () => {
    const lines = Array.from({ length: 5001 }, (_, at) => `${at + 1000},R,O,A,ACTION ONGOING`);

    await expect(readActions([NEEDED, ...lines].join("\n"))).rejects.toThrow("5,000 lines");
    const most = await readActions([NEEDED, ...lines.slice(1)].join("\n"));
    expect(most.actions).toHaveLength(5000);
  });

  it("is read no further than 200 lines that cannot be", async () => {
    const { bad } = await readPlan(`${PLAN_NEEDED}\n${"x,y,z,w\n".repeat(4000)}`, "the list");

    expect(bad).toHaveLength(200);
  });

  it.each([
    ["a first line of commas", ",".repeat(3_900_000), "too long to name columns"],
    ["a line of commas", `${NEEDED}\n${",".repeat(3_900_000)}`, "A line of the list is too long"],
    ["a text that does not end", `${NEEDED}\n"${"x".repeat(3_900_000)}`, "too long"],
    ["a column twice", `${NEEDED},status\n1,2,3,4,5,6`, "There twice: status"],
  ])("is refused at once: %s", async (_what, text, words) => {
    await expect(readActions(text)).rejects.toThrow(words);
  });

  it("lets others be answered while it is checked", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await readActions(`${NEEDED}\n${"1,,,,\n".repeat(150)}${manyLines(4500)}`);
    clearInterval(timer);

    expect(turns).toBeGreaterThan(3);
  });
});

describe("a long list", () => {
  it("is imported behind a card, and pressing again tells how it went", async () => {
    const product = await openProduct(tables);
    const text = `${NEEDED}\n${manyLines(600)}`;
    const turn = await product.turnOf(OFFICER, {}, undefined, { text: "import actions" });
    const file = { name: "list.csv", read: async () => new TextEncoder().encode(text) };
    const { card } = await product.say({ ...turn, files: [file] }, "import actions");
    const { list } = JSON.parse(JSON.stringify(card.actions?.[0])).data;

    const [first, second] = await Promise.all([
      product.as(OFFICER).press("committee.import", { list }),
      product.as(OFFICER).press("committee.import", { list }),
    ]);
    await product.finish();
    const after = await product.as(OFFICER).press("committee.import", { list });

    for (const each of [first, second])
      expect(wordsOn(each)).toMatch(/Written: 600|The import is under way/);
    const elsewhere = await (
      await openProduct(tables)
    )
      .as(OFFICER)
      .press("committee.import", { list });
    for (const each of [after, elsewhere]) expect(wordsOn(each)).toContain("Written: 600.");
    expect(await store().actionsOf(COMMITTEE)).toHaveLength(620);
  }, 60_000);
});

describe("an import that was interrupted", () => {
  it("says at its end what was stored in all, and not in its last run", async () => {
    const stopped = await openProduct(stoppedAfter(1));
    const preview = await look(stopped, "import actions", [NEEDED, manyLines(90)]);
    const failed = await stopped.as(OFFICER).press(...press(preview, "Import"));
    const before = (await store().actionsOf(COMMITTEE)).length;

    const product = await openProduct(tables);
    const done = await product.as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(failed)).not.toContain("Imported");
    expect(before).toBeGreaterThan(20);
    expect(before).toBeLessThan(110);
    expect(wordsOn(done)).toContain("Written: 90.");
  });

  it("of an agenda plan says so too, meetings and items together", async () => {
    const lines = Array.from(
      { length: 12 },
      (_, at) => `2020-${String(at + 1).padStart(2, "0")}-28,committee meeting,1,Item`,
    );
    const stopped = await openProduct(stoppedAfter(4));
    const preview = await look(stopped, "import meetings", [PLAN_NEEDED, ...lines]);
    await stopped.as(OFFICER).press(...press(preview, "Import"));

    const done = await (await openProduct(tables)).as(OFFICER).press(...press(preview, "Import"));

    expect(wordsOn(done)).toContain("Written: 24.");
  });

  it("by a second replica at the same time says the same on both", async () => {
    const [one, other] = await Promise.all([openProduct(tables), openProduct(tables)]);
    const preview = await look(one, "import actions", [NEEDED, manyLines(90)]);

    await Promise.all([one, other].map(({ as }) => as(OFFICER).press(...press(preview, "Import"))));
    await Promise.all([one.finish(), other.finish()]);

    for (const { as } of [one, other])
      expect(wordsOn(await as(OFFICER).press(...press(preview, "Import")))).toContain(
        "Written: 90.",
      );
  });
});

/** Tables in which the committee's business cannot be written after so many transactions. */
function stoppedAfter(most: number): Tables {
  let writes = 0;
  return async (name) => {
    const table = await tables(name);
    if (!["actions", "agenda", "meetings"].includes(name)) return table;
    const write: typeof table.write = async (changes) => {
      writes += 1;
      if (writes > most) throw new Error("connect ECONNREFUSED");
      return table.write(changes);
    };
    return { ...table, write };
  };
}

async function look(product: Product, command: string, lines: readonly string[]) {
  const form = await product.as(OFFICER).say(command);
  const csv = lines.filter(Boolean).join("\n");
  return product.as(OFFICER).press(...press(form, "Preview", { csv }));
}

async function change(product: Product, words: string) {
  const form = await product.as(OFFICER).say(words);
  expect(titlesOf(form)).toContain("Save");
  await product.as(OFFICER).press(...press(form, "Save"));
}

function line(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
}

function manyLines(count: number): string {
  return Array.from(
    { length: count },
    (_, at) => `${at + 1000},REPORT ${at},Jo Lee,${"Action: to do. ".repeat(10)},ACTION ONGOING\n`,
  ).join("");
}

async function action(minute: string) {
  const stored = await store().findAction(COMMITTEE, minute);
  if (!stored) throw new Error(`No action ${minute}`);
  return stored.value;
}

function store() {
  return createCommitteeStore(tables);
}
