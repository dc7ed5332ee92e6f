import type { Tables } from "../src/tables.ts";
import { MEMBER, openProduct, sampleCouncil, startTables, wordsOn } from "./support/council.ts";

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
beforeAll(async () => {
  service = await startTables();
  tables = await sampleCouncil(service, { withNumbers: true });
});
afterAll(() => service.stop());

describe("asking for a number", () => {
  it("gives the figure first, with unit and period, and what is needed to take it for what it is", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER, { place: "channel" }).say("kpi hate crime reports"));

    expect(words.split("\n")[0]).toBe("23 reports, July 2019");
    expect(words).toContain("4 more than in June 2019 (19)");
    expect(words).toContain("No target set");
    expect(words).toContain("para 2.4.2");
    expect(words).toContain("January 2019\n10");
  });
});
