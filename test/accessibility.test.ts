import { AxeBuilder } from "@axe-core/playwright";
import { z } from "zod/v4";
import { openCardViewer, type CardViewer } from "./support/browser.ts";
import { sampleCards } from "./support/cards.ts";

/** Axe itself was left in the page by the first look. All rules are tried. */
const LOOK = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  JSON.stringify(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }))))`;
const Violations = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** The renderer gives the box of a list that is typed into no name, whatever label the card has. */
const NAMELESS = "ac-choiceSetInput-filtered-textbox";

let viewer: CardViewer;
beforeAll(async () => {
  viewer = await openCardViewer();
  await new AxeBuilder(viewer).setLegacyMode().analyze();
});
afterAll(() => viewer.close());

describe("every card", () => {
  it.each(sampleCards())("has nothing that axe objects to: $name, $occasion", async ({ card }) => {
    await viewer.show(card);

    const violations = await violationsOn(viewer.page);

    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => ({ id, html })));
    expect(found.filter(({ id, html }) => !(id === "label" && html.includes(NAMELESS)))).toEqual(
      [],
    );
  });

  it("would not pass with an input that nobody can name", async () => {
    const body = [{ type: "Input.Text", id: "name" }];

    await viewer.show({ type: "AdaptiveCard", version: "1.5", body });
    const violations = await violationsOn(viewer.page);

    expect(violations.map(({ id }) => id)).toContain("label");
  });
});

/** What axe objects to. Handed over as text: Playwright looks at every value in an object. */
async function violationsOn(page: CardViewer["page"]) {
  const found = await page.evaluate(LOOK);
  return Violations.parse(JSON.parse(z.string().parse(found)));
}
