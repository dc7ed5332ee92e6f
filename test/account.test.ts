import type { Tables } from "../src/tables.ts";
import {
  FRENCH,
  inputsOf,
  OFFICER,
  openProduct,
  press,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";

let tables: Tables;
withSampleCouncil((fresh) => (tables = fresh));

it.each([
  "in March we held a coffee morning for 30 people",
  "at the March library we ran a digital drop in for older people",
  "Coffee morning at the church hall, 30 people came along",
  "in East Cambs we met with the parish council about the bus",
])("puts what a champion tells into the form, and sends nothing: %j", async (text) => {
  const { as, finish } = await openProduct(tables);

  const form = await as(FRENCH).say(text);
  await finish();

  expect(wordsOn(form)).toContain("Monthly update for Fenland");
  expect(wordsOn(form)).toContain("Nothing is sent before you press Submit");
  expect(wordsOn(form)).not.toContain("March 2019");
  expect(inputsOf(form)["updates"]).toBe(text);
  expect(JSON.stringify(await (await tables("questions")).list("2019-09-25"))).not.toContain(text);
});

it("puts it behind the words of a draft, which stay", async () => {
  const { as, finish } = await openProduct(tables);
  const form = await as(FRENCH).say("log update: we visited the food bank in Wisbech");
  const [verb, data] = press(form, "Save draft");
  await as(FRENCH).press(verb, data);
  await finish();

  const longer = await as(FRENCH).say("in March we held a coffee morning for 30 people");

  expect(inputsOf(longer)["updates"]).toBe(
    "we visited the food bank in Wisbech\nin March we held a coffee morning for 30 people",
  );
});

it("leaves out what may tell who somebody is, and says where", async () => {
  const { as } = await openProduct(tables);

  const form = await as(FRENCH).say("we held a lunch and John Carter 07700 900123 cooked for us");

  expect(inputsOf(form)["updates"]).toMatch(/^we held a lunch and .*\[left out/);
  expect(JSON.stringify(form)).not.toContain("900123");
});

it.each([
  [FRENCH, "I met a woman who told me her husband hits her", /Is someone in danger now\?/],
  [FRENCH, "I met a gentleman who needs help with debt in March", /Services in March/],
  [OFFICER, "in March we held a coffee morning for 30 people", /did not understand|Which of these/],
])("takes for no update what is none: %#", async (who, text, words) => {
  const { as } = await openProduct(tables);

  expect(wordsOn(await as(who).say(text))).toMatch(words);
});
