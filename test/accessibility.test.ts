import { AxeBuilder } from "@axe-core/playwright";
import { openCardViewer, type CardViewer } from "./support/browser.ts";
import { sampleCards } from "./support/cards.ts";

/** In place of axe's half a megabyte, which the first look has left in the page. */
const ALREADY_THERE = "void axe";

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

async function violationsOn(page: CardViewer["page"]) {
  const { violations } = await new AxeBuilder({ page, axeSource: ALREADY_THERE })
    // Without frames there is nothing to gather in a second page, which costs half the time.
    .setLegacyMode()
    // All rules are tried. Only what they find is described, not each element that is as it should be.
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations;
}
