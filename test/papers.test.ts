import { writeFileSync } from "node:fs";
import type { Tables } from "../src/tables.ts";
import { CHAIR, OFFICER, openProduct, withSampleCouncil, wordsOn, addressOn } from "./support/council.ts";
let tables: Tables;
withSampleCouncil((own) => (tables = own));
it("tries", async () => {
  const product = await openProduct(tables);
  for (const text of ["export updates for 8 August 2019", "annual review August 2018 to July 2019", "annual review September 2018 to August 2019", "export actions", "export actions csv"]) {
    const card = await product.as(OFFICER).say(text);
    console.log(wordsOn(card), product.lines.filter(l=>/"level":50/.test(l)));
    const pressed = await product.as(OFFICER).press("papers.offer", { ...(card.actions as any)[(card.actions as any).length-1].data });
    const token = addressOn(pressed, "Download").split("/papers/")[1] ?? "";
    const file = await product.download(token, (await product.turnOf(OFFICER)).now);
    console.log(file?.name, wordsOn(pressed));
    if (file) writeFileSync("/tmp/papers-try/" + file.name, file.bytes);
  }
});
