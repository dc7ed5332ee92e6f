import type { Tables } from "../src/tables.ts";
import {
  CHAIR,
  FRENCH,
  OFFICER,
  openProduct,
  press,
  sampleCouncil,
  startTables,
  wordsOn,
} from "./support/council.ts";

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
beforeAll(async () => {
  service = await startTables();
  tables = await sampleCouncil(service, { withNumbers: true });
});
afterAll(() => service.stop());

it("says which numbers are new, which risks are high, and how the money stands", async () => {
  const { as } = await openProduct(tables);

  const words = wordsOn(await as(OFFICER).say("preview digest"));

  expect(words).toContain("Numbers since the last meeting");
  expect(words).toContain("Type kpi status to see them.");
  expect(words).toContain("more than");
  expect(words).not.toMatch(/- .*period not stated in the paper/);
  expect(words).toContain("Risks at or above appetite");
  expect(words).toMatch(/- 7, .*: 16, appetite 16/);
  expect(words).not.toMatch(/- 2, Information/);
  expect(words).toContain(
    "Total, in thousands of pounds: budget 6,215 (2019/20), actual 1,988 (August 2019), forecast outturn variance 178.",
  );
});

it("says the same in the chair's own, with every line of every update", async () => {
  const { as } = await openProduct(tables);
  const form = await as(FRENCH).say("log update");
  await as(FRENCH).press(...press(form, "Submit", { updates: "First thing\nSecond thing" }));

  const words = wordsOn(await as(CHAIR).say("preview chair digest"));

  expect(words).toContain("Updates: Second thing");
  expect(words).toContain("Finance, August 2019");
  expect(words).toContain("Open actions: 7");
});
