import type { Locator, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";

const CARD = ".ac-adaptiveCard";
const PATIENCE_MS = 20_000;
const NEWEST = "data-newest";
const SEEN = "data-seen";

/** A person at the page of the local Teams client. Whatever they do is done when the bot has answered with a card. */
export interface PersonInTeams {
  /** Sends a message in the personal chat. */
  say(text: string): Promise<void>;
  /** Starts a conversation in the channel that is open, with the bot mentioned before the text. */
  post(text: string): Promise<void>;
  goToChannel(name: string): Promise<void>;
  goToPersonalChat(): Promise<void>;
  /** The text of the newest card: of the last answer, or after going elsewhere of the newest message there. */
  lastCard(): Promise<string>;
  /** The texts of all cards of the chat or channel that is open. */
  cards(): Promise<string[]>;
  /** Waits for a card that nobody asked for, such as a digest, and makes it the newest. Returns its text. */
  cardThatSays(words: string): Promise<string>;
  /** Types into the input with this label in the newest card. A date is typed as 2019-10-10. */
  fill(label: string, text: string): Promise<void>;
  /** What stands in the input with this label in the newest card. */
  valueOf(label: string): Promise<string>;
  /** Ticks a choice in the newest card or, for a drop-down list, picks it from the list with this label. */
  choose(choice: string, listLabel?: string): Promise<void>;
  /** Presses a button of the newest card and waits until that card has changed or another has come. */
  press(title: string): Promise<void>;
  /** Presses a button that only shows or hides a part of the newest card. */
  unfold(title: string): Promise<void>;
  screenshot(path: string): Promise<void>;
  /** The page itself, for checks such as axe. */
  page: Page;
  close(): Promise<void>;
}

/** Opens the page of the local Teams client in a browser from npm, which needs no installed one. */
export async function openTeamsClient(url: string): Promise<PersonInTeams> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  const messageBox = page.locator("[contenteditable=true][role=textbox]").first();
  await messageBox.waitFor();
  await page.getByRole("button", { name: "Hide log panel" }).click();
  const cardsOnPage = page.locator(CARD);
  const postButton = page.getByRole("button", { name: "Post", exact: true });
  return {
    say,
    post,
    goToChannel,
    goToPersonalChat,
    lastCard,
    cards,
    cardThatSays,
    fill,
    valueOf,
    choose,
    press,
    unfold,
    screenshot,
    page,
    close: () => browser.close(),
  };

  async function say(text: string): Promise<void> {
    await markAsSeen();
    await messageBox.click();
    await messageBox.pressSequentially(text);
    await page.keyboard.press("Enter");
    await waitForNewCard(`saying "${text}"`);
  }

  async function post(text: string): Promise<void> {
    await markAsSeen();
    await messageBox.click();
    await messageBox.pressSequentially("@Com");
    // Only a name chosen from the list is a mention; typed out it stays text, and the bot never hears it.
    await page.getByRole("menuitem").first().click();
    await page.keyboard.type(` ${text}`);
    await postButton.click();
    await waitForNewCard(`posting "${text}"`);
  }

  async function goToChannel(name: string): Promise<void> {
    await goTo(page.getByRole("treeitem", { name: new RegExp(` - ${escaped(name)}$`) }), "visible");
  }

  async function goToPersonalChat(): Promise<void> {
    await goTo(page.getByRole("treeitem", { name: "Personal Chat" }), "hidden");
  }

  async function goTo(item: Locator, postButtonIs: "visible" | "hidden"): Promise<void> {
    if (!(await isInSight(item)))
      await page.getByTitle("Toggle app bar and conversation window").click();
    await item.click();
    await postButton.waitFor({ state: postButtonIs });
    // The list lies over the cards until something beside it is clicked.
    await messageBox.click();
    await until(async () => !(await isInSight(item)), "The list of chats and channels stays open.");
  }

  async function lastCard(): Promise<string> {
    const card = await newestCard();
    await card.waitFor();
    return card.innerText();
  }

  function cards(): Promise<string[]> {
    return cardsOnPage.allInnerTexts();
  }

  async function cardThatSays(words: string): Promise<string> {
    const card = cardsOnPage.filter({ hasText: words }).first();
    await card.waitFor();
    await becomeNewest(card);
    return card.innerText();
  }

  async function fill(label: string, text: string): Promise<void> {
    const input = await inputOf(label);
    await input.fill(text);
    // Typing a date opens a calendar over the card; a number counts once the input is left.
    const opensCalendar = (await input.getAttribute("aria-haspopup")) === "dialog";
    await input.press(opensCalendar ? "Escape" : "Tab");
  }

  async function valueOf(label: string): Promise<string> {
    return (await inputOf(label)).inputValue();
  }

  async function choose(choice: string, listLabel?: string): Promise<void> {
    if (listLabel === undefined) {
      await (await labelIn(await newestCard(), choice)).click();
    } else {
      await (await inputOf(listLabel)).click();
      await page.getByRole("option", { name: choice, exact: true }).click();
    }
  }

  async function press(title: string): Promise<void> {
    await markAsSeen();
    const pressed = await newestCard();
    const before = await drawing(pressed);
    const answer = page.waitForResponse((response) =>
      /\/_conversation\/v1\/(invoke|submit)$/.test(response.url()),
    );
    await Promise.all([answer, pressed.getByRole("button", { name: title, exact: true }).click()]);
    const status = (await answer).status();
    if (status >= 400) throw new Error(`The bot answered ${status} when "${title}" was pressed.`);
    await until(
      async () => (await newCards().count()) > 0 || (await drawing(pressed)) !== before,
      () => unanswered(`pressing "${title}"`),
    );
    await becomeNewest((await newCards().count()) > 0 ? newCards().last() : pressed);
  }

  async function unfold(title: string): Promise<void> {
    await (await newestCard()).getByRole("button", { name: title, exact: true }).click();
  }

  async function screenshot(path: string): Promise<void> {
    await page.screenshot({ path });
  }

  function newCards(): Locator {
    return page.locator(`${CARD}:not([${SEEN}])`);
  }

  async function waitForNewCard(action: string): Promise<void> {
    await until(
      async () => (await newCards().count()) > 0,
      () => unanswered(action),
    );
    await becomeNewest(newCards().last());
  }

  async function markAsSeen(): Promise<void> {
    await cardsOnPage.evaluateAll(
      (all, name) => all.forEach((card) => card.setAttribute(name, "")),
      SEEN,
    );
  }

  async function becomeNewest(card: Locator): Promise<void> {
    await card.evaluate((newest, name) => {
      for (const other of newest.ownerDocument.querySelectorAll(`[${name}]`))
        other.removeAttribute(name);
      newest.setAttribute(name, "");
    }, NEWEST);
  }

  // In a channel the newest conversation stands first, and its newest card last.
  async function newestCard(): Promise<Locator> {
    const marked = page.locator(`${CARD}[${NEWEST}]`);
    if ((await marked.count()) > 0) return marked;
    if (!(await postButton.isVisible())) return cardsOnPage.last();
    return page.getByRole("group").filter({ has: cardsOnPage }).first().locator(CARD).last();
  }

  async function inputOf(label: string): Promise<Locator> {
    const card = await newestCard();
    const id = await (await labelIn(card, label)).getAttribute("for");
    return card.locator(`[id="${id}"]`);
  }

  async function unanswered(action: string): Promise<string> {
    return `No card came after ${action}. The page shows:\n${await page.locator("body").innerText()}`;
  }
}

// The label's own text, because the name of an input also holds its error message. A star means required.
async function labelIn(card: Locator, text: string): Promise<Locator> {
  const label = card
    .locator("label")
    .filter({ hasText: new RegExp(`^\\s*${escaped(text)}\\s*\\*?\\s*$`) });
  await label.first().waitFor();
  return label.first();
}

// Every time the page draws a card it gives its parts new ids, even when the words are the same.
function drawing(card: Locator): Promise<string> {
  return card.evaluate((drawn) => drawn.querySelector("[id]")?.id ?? "");
}

async function isInSight(item: Locator): Promise<boolean> {
  const place = (await item.count()) > 0 ? await item.boundingBox() : null;
  return place !== null && place.x + place.width > 0;
}

async function until(
  condition: () => Promise<boolean>,
  complaint: string | (() => Promise<string>),
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(typeof complaint === "string" ? complaint : await complaint());
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
