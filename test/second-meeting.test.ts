import type { Card } from "../src/card-template.ts";
import type { Tables } from "../src/tables.ts";
import {
  FRENCH,
  OFFICER,
  openProduct,
  press,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";

const BEFORE = "2019-09-26T09:00";
const BETWEEN = "2019-10-15T09:00";
const AFTER = "2019-10-25T09:00";
const ELSEWHERE = "The updates for October 2019 are for the meeting on 10 October 2019.";

let tables: Tables;
let added: Card;
withSampleCouncil((own) => (tables = own));
beforeEach(async () => {
  const officer = await officerAt(BEFORE);
  const form = await officer.say("add meeting 24 October 2019");
  added = await officer.press(...press(form, "Check"));
  await officer.press(...press(added, "Add the meeting"));
});

describe("the second meeting of a month", () => {
  it("is said to have no updates of its own when it is added, and when a champion writes", async () => {
    const { as } = await openProduct(tables);
    const words = ["log update October", "log update"];
    const forms = [
      await as(FRENCH, { clock: BEFORE }).say(words[0] ?? ""),
      await as(FRENCH, { clock: BETWEEN }).say(words[1] ?? ""),
    ];

    expect(wordsOn(added)).toContain(`${ELSEWHERE} This meeting has none of its own`);
    for (const form of forms)
      expect(wordsOn(form)).toContain(
        `The meeting on 24 October 2019 has no updates of its own. ${ELSEWHERE}`,
      );
    expect(wordsOn(forms[0])).toContain("10 October 2019");
    expect(wordsOn(forms[1])).toContain("21 November 2019");
  });

  it("shows no update of the first one, and names nobody as missing", async () => {
    await writeForOctober();
    const officer = await officerAt(BETWEEN);

    const digest = wordsOn(await officer.say("preview digest"));
    const status = wordsOn(await officer.say("update status 24 October 2019"));
    const paper = wordsOn(await officer.say("export updates for 24 October 2019"));

    expect(digest).toContain("24 October 2019");
    expect(digest).toContain(ELSEWHERE);
    expect(digest).not.toContain("No update yet");
    expect(digest).not.toContain("Only for the tenth");
    expect(status).toContain(ELSEWHERE);
    expect(status).toContain("for the meeting on 10 October 2019");
    expect(status).not.toContain("Nothing yet");
    expect(paper).toContain("Fenland: None asked for");
  });

  it("loses nothing: the update of the month stays with the first one", async () => {
    await writeForOctober();
    const officer = await officerAt(AFTER);

    const status = wordsOn(await officer.say("update status 10 October 2019"));
    const update = wordsOn(await officer.say("show update Fenland October 2019"));

    expect(status).not.toContain(ELSEWHERE);
    expect(update).toContain("Only for the tenth");
  });

  it("takes what was spoken at it, of a district that wrote nothing for the month", async () => {
    await writeForOctober();
    const officer = await officerAt(AFTER);
    const form = await officer.say("record oral update");
    const spoken = { meeting: "2019-10-24", minuted: "Spoken on the day" };
    const [verb, data] = press(form, "Record", { ...spoken, district: "fenland" });

    const refused = wordsOn(await officer.press(verb, data));
    await officer.press(...press(form, "Record", { ...spoken, district: "huntingdonshire" }));

    expect(refused).toContain(`${ELSEWHERE} Fenland has one there already`);
    const here = wordsOn(await officer.say("update status 24 October 2019"));
    const first = wordsOn(await officer.say("update status 10 October 2019"));
    expect(here).toContain("Oral");
    expect(first).toMatch(/Oral.*, for the meeting on 24 October 2019/);
  });
});

async function writeForOctober(): Promise<void> {
  const { as } = await openProduct(tables);
  const champion = as(FRENCH, { clock: BEFORE });
  const form = await champion.say("log update October");
  await champion.press(...press(form, "Submit", { updates: "Only for the tenth" }));
}

async function officerAt(clock: string) {
  return (await openProduct(tables)).as(OFFICER, { clock });
}
