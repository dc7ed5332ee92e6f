import {
  inputsOf,
  MEMBER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import type { Tables } from "../src/tables.ts";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

const CALM = "Nobody in danger: find a service for this";

describe("a text that is answered with 999", () => {
  it("leads back to the search with its words, and stays there from page to page", async () => {
    const { as } = await openProduct(tables);
    const text = "there is a fire in the flat of a family, and a library";
    const card = await as(MEMBER).say(text);

    const found = await as(MEMBER).press(...press(card, CALM));
    const more = await as(MEMBER).press(...press(found, "Search there", { district: "fenland" }));
    const one = await as(MEMBER).press(...press(found, "Tell me more"));
    const back = await as(MEMBER).press(...press(one, "Back to the list"));

    expect(wordsOn(card)).toContain("Call 999 now");
    expect(titlesOf(card)).toContain("Nobody in danger: where to point them");
    for (const each of [found, more, back]) {
      expect(wordsOn(each)).toContain(`“${text}”`);
      expect(wordsOn(each)).not.toContain("Call 999 now");
    }
  });

  it("carries nothing that tells who somebody is", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say(
      "there is a fire in the flat of Jane Smith, 01632 960123, call jane@example.org",
    );

    const found = await as(MEMBER).press(...press(card, CALM));

    expect(JSON.stringify(card)).not.toMatch(/Jane|960123|example\.org/);
    expect(wordsOn(found)).not.toMatch(/Jane|960123|example\.org/);
  });

  it("is heard again where other words are typed", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).press("directory.find", { text: "zorbing", calm: "true" });

    const again = await as(MEMBER).press(
      ...press(card, "Search again", { text: "there is a fire in the flat" }),
    );

    expect(inputsOf(card)).toMatchObject({ text: "zorbing" });
    expect(wordsOn(again)).toContain("Call 999 now");
  });
});
