import { createAuditStore } from "../src/audit/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  EVERY,
  FRENCH,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
  useChannel,
} from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";
const TODAY = "2019-09-25";
const NEW = { id: "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", name: "Sam Okoro" };

let tables: Tables;
withSampleCouncil((own) => (tables = own));

it("says who gave which role to whom, when, and from which kind of place", async () => {
  const { as } = await openProduct(tables);
  await as(ADMINISTRATOR).press("people.give", { ...NEW, role: "officer", from: TODAY });

  const words = wordsOn(await as(ADMINISTRATOR).say("audit"));

  expect(words).toContain("Who did what on 25 September 2019");
  expect(words).toContain(
    `9am, Morgan Reed, personal chat: gave officer, since 25 September 2019 (Sam Okoro, ${NEW.id})`,
  );
});

it("says what was refused, to whom, typed or pressed", async () => {
  const { as } = await openProduct(tables);
  await as(MEMBER).say("post digest");
  await as(FRENCH, { place: "channel" }).press("people.give", { ...NEW, role: "officer" });

  const words = wordsOn(await as(ADMINISTRATOR).say("audit 25 September 2019"));

  expect(words).toContain("Priya Shah, personal chat: was refused: post digest");
  expect(words).toContain("Jan French, channel: was refused: the button people.give");
});

it("says who wrote, withdrew, recorded and posted, and where the digest goes", async () => {
  const { as } = await openProduct(tables);
  const form = await as(FRENCH).say("log update");
  const shown = await as(FRENCH).press(...press(form, "Submit", { updates: "A fair" }));
  const asked = await as(FRENCH).press(...press(shown, "Withdraw"));
  await as(FRENCH).press(...press(asked, "Withdraw it"));
  await useChannel(as(OFFICER, { place: "channel" }));
  const question = await as(OFFICER).say("post digest");
  await as(OFFICER).press(...press(question, "Post the digest"));
  const oral = await as(OFFICER).say("record oral update Cambridge City");
  await as(OFFICER).press(...press(oral, "Record", { minuted: "Spoke of libraries" }));

  const words = wordsOn(await as(ADMINISTRATOR).say("audit"));

  expect(words).toContain("submitted an update (fenland, 2019-09, version 1)");
  expect(words).toContain("withdrew an update (fenland, 2019-09, version 2)");
  expect(words).toContain("Nick Mills, channel: chose the channel for digests (room)");
  expect(words).toContain("posted the digest (2019-10-10)");
});

it("says who tried to write or read what is not theirs", async () => {
  const { as } = await openProduct(tables);
  const form = await as(FRENCH).say("log update");
  await as(EVERY).press(...press(form, "Submit", { updates: "Not mine" }));
  await as(FRENCH).press(...press(form, "Submit", { updates: "A fair" }));
  await as(MEMBER).say("show update Fenland September 2019");

  const words = wordsOn(await as(ADMINISTRATOR).say("audit"));

  expect(words).toContain("Lis Every, personal chat: was refused: the button champions.submit");
  expect(words).toContain("Priya Shah, personal chat: was refused: show update");
});

it("says how a post ended that Teams did not confirm, and what the officer found", async () => {
  const { as, outcomes, finish } = await openProduct(tables);
  outcomes.push({ outcome: "unknown" });
  await useChannel(as(OFFICER, { place: "channel" }));
  const question = await as(OFFICER).say("post digest");
  const doubt = await as(OFFICER).press(...press(question, "Post the digest"));
  await finish();
  await as(OFFICER).press(...press(doubt, "It is there"));

  const words = wordsOn(await as(ADMINISTRATOR).say("audit"));

  expect(words).toContain("tried to post the digest, and Teams did not confirm it (2019-10-10)");
  expect(words).toContain("said that the digest is in the channel (2019-10-10)");
});

it("says what was tried from the wrong place, and with a button that is none", async () => {
  const { as } = await openProduct(tables);
  await as(ADMINISTRATOR, { place: "channel" }).say("give role");
  await as(MEMBER).press("constructor", {});

  const words = wordsOn(await as(ADMINISTRATOR).say("audit"));

  expect(words).toContain("Morgan Reed, channel: was refused: give role, from this kind of place");
  expect(words).toContain("Priya Shah, personal chat: was refused: a button that is not the bot's");
});

it("cannot be buried under the refusals of one person", async () => {
  const { as } = await openProduct(tables);
  for (let time = 0; time < 60; time += 1) await as(MEMBER).press("people.give", {});

  const entries = await createAuditStore(tables).ofDay(COMMITTEE, TODAY);

  expect(entries).toHaveLength(51);
  expect(entries[0]?.what).toBe("more on this day");
});

it("never holds what was typed", async () => {
  const { as } = await openProduct(tables);
  await as(MEMBER).say("PLANTED-4402 give officer PLANTED-4402");
  await as(MEMBER).say("give officer PLANTED-4402");
  const form = await as(FRENCH).say("log update");
  await as(FRENCH).press(...press(form, "Submit", { updates: "PLANTED-4402" }));

  const entries = await createAuditStore(tables).ofDay(COMMITTEE, TODAY);

  expect(entries.length).toBeGreaterThan(0);
  expect(JSON.stringify(entries)).not.toContain("PLANTED-4402");
});

it("is shown to administrators only", async () => {
  const { as } = await openProduct(tables);

  const answers = await Promise.all([CHAIR, EVERY, MEMBER].map((each) => as(each).say("audit")));

  for (const answer of answers) expect(wordsOn(answer)).toContain("Morgan Reed");
  expect(wordsOn(answers)).not.toContain("Who did what");
});

it("pages a long day, and goes back a day", async () => {
  const store = createAuditStore(tables);
  for (let number = 1; number <= 45; number += 1)
    await store.append(COMMITTEE, TODAY, {
      ...{ at: `2019-09-25T08:00:${String(number).padStart(2, "0")}Z`, personId: "x", name: "Jan" },
      ...{ what: `did ${number}.`, record: "", place: "personal", outcome: "done" },
    });
  const { as } = await openProduct(tables);

  const newest = await as(ADMINISTRATOR).say("audit");
  const older = await as(ADMINISTRATOR).press(...press(newest, "Older"));
  const before = await as(ADMINISTRATOR).press(...press(older, "The day before"));

  expect(wordsOn(newest)).toContain("Entries 1 to 40 of 45, the newest first.");
  expect(wordsOn(newest)).toContain("did 45.");
  expect(wordsOn(older)).toContain("did 1.");
  expect(titlesOf(older)).toEqual(["Newer", "The day before"]);
  expect(wordsOn(before)).toContain("Nothing was done or refused on this day.");
});

it("does not undo or hide a change when it cannot be written", async () => {
  const away: Tables = (name) =>
    name === "audit" ? Promise.reject(new Error("connect ECONNREFUSED")) : tables(name);
  const { as, lines } = await openProduct(away);

  const done = await as(ADMINISTRATOR).press("people.give", {
    ...{ ...NEW, role: "officer", from: TODAY },
  });

  expect(wordsOn(done)).toContain("Sam Okoro is officer");
  expect(lines.join("")).toContain("an audit entry could not be written");
  expect(lines.join("")).toContain("gave officer");
});
