import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium, type Browser, type Page } from "playwright-core";
import type { Card } from "../../src/card-template.ts";

/** A card as a browser shows it. */
interface Shown {
  /** What the renderer complains about. */
  readonly faults: readonly string[];
  /** The elements in order, `<p`, the words in them, `"Hello`, and what else a person is told. */
  readonly parts: readonly string[];
}

/** A page that draws one card at a time, as Microsoft's own renderer does. */
export interface CardViewer {
  show(card: Card): Promise<Shown>;
  /** The page itself, for checks such as axe. */
  readonly page: Page;
  close(): Promise<void>;
}

const RENDERER = createRequire(import.meta.filename).resolve(
  "adaptivecards/dist/adaptivecards.min.js",
);
const PAGE = `<!doctype html><html lang="en-GB"><head><title>A chat</title></head>
  <body><main><h1>A chat</h1><div id="card"></div></main></body></html>`;

/** Where @sparticuz/chromium puts its program, and how it is asked to. */
const BINARY = join(tmpdir(), "chromium");
const UNPACK = `await (await import("@sparticuz/chromium")).default.executablePath();`;

/** Runs in the page. The Markdown of a card comes with it, made into HTML here. */
const SHOW = `
  const { AdaptiveCard, GlobalSettings, HostConfig, SerializationContext } = AdaptiveCards;
  // As in Teams: Markdown is read in text blocks and facts, not in choices.
  GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;

  function show(json, html) {
    const faults = [];
    AdaptiveCard.onProcessMarkdown = (text, result) => {
      if (!Object.hasOwn(html, text)) faults.push("The renderer changed a text to " + text);
      result.outputHtml = html[text] ?? "";
      result.didProcess = true;
    };
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig({ textBlock: { headingLevel: 2 } });
    const context = new SerializationContext();
    card.parse(json, context);
    for (let at = 0; at < context.eventCount; at += 1) faults.push(context.getEventAt(at).message);
    const place = document.getElementById("card");
    place.replaceChildren(card.render());
    place.normalize();
    return { faults, parts: partsOf(place) };
  }

  function partsOf(node) {
    if (node.nodeType === Node.TEXT_NODE) return ['"' + node.data];
    const told = ["href", "alt", "title", "placeholder", "aria-label"].filter((name) => node.hasAttribute(name));
    const attributes = told.map((name) => name + "=" + node.getAttribute(name));
    const typed = /^(input|textarea|option)$/.test(node.localName) ? ["value=" + node.value] : [];
    return ["<" + node.localName, ...attributes, ...typed, ...[...node.childNodes].flatMap(partsOf), ">"];
  }
`;

/** Starts the browser that comes from npm; it needs no installed one. */
export async function launchBrowser(): Promise<Browser> {
  await unpackBrowser();
  return chromium.launch({
    executablePath: BINARY,
    headless: true,
    // Not the package's own arguments: with them, closing one page ends the browser.
    args: ["--no-sandbox", "--disable-gpu", "--headless=shell", "--font-render-hinting=none"],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(tmpdir(), "al2023", "lib"),
      FONTCONFIG_PATH: join(tmpdir(), "fonts"),
    },
  });
}

/**
 * Unpacks the browser, once on a computer. Test files run side by side, so each unpacks to a
 * folder of its own and moves what is whole, the program itself last: whoever sees it sees all.
 */
async function unpackBrowser(): Promise<void> {
  if (existsSync(BINARY)) return;
  const folder = mkdtempSync(join(tmpdir(), "browser-"));
  // Makes the package unpack the system libraries that Chromium needs.
  const lambda = { AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" };
  // In a process of its own, because the package is an ES module and jest loads only CommonJS.
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", UNPACK], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...lambda, TMPDIR: folder },
  });
  const names = readdirSync(folder).filter((name) => name !== "chromium");
  for (const name of [...names, "chromium"])
    moveUnlessThere(join(folder, name), join(tmpdir(), name));
  rmSync(folder, { recursive: true });
}

function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // A folder that another test file has put there in the meantime cannot be replaced.
    if (!existsSync(to)) throw error;
  }
}

/** Opens a browser with an empty page for cards. One for each test file. */
export async function openCardViewer(): Promise<CardViewer> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.setContent(PAGE);
  await page.addScriptTag({ path: RENDERER });
  await page.addScriptTag({ content: SHOW });
  return { show, page, close: () => browser.close() };

  async function show(card: Card): Promise<Shown> {
    const html = Object.fromEntries(textsOn(card).map((text) => [text, markdownToHtml(text)]));
    return page.evaluate(`show(${JSON.stringify(card)}, ${JSON.stringify(html)})`);
  }
}

function textsOn(node: unknown): string[] {
  if (typeof node === "string") return [node];
  return typeof node === "object" && node !== null ? Object.values(node).flatMap(textsOn) : [];
}

/**
 * Markdown to HTML. It sees markup wherever any client might, also where the rules of CommonMark
 * do not (`snake_case_name`), so text that comes through unchanged is safe in all of them.
 */
function markdownToHtml(text: string): string {
  let html = "";
  const lines = text.split("\n");
  while (lines.length > 0) html += takeBlock(lines);
  return html;
}

const BLANK = /^\s*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const RULE = /^ {0,3}([-*_])( *\1){2,} *$/;
const HEADING = /^ {0,3}#{1,6}(?: |$)/;
const QUOTE = /^ {0,3}> ?/;
const BULLET = /^ {0,3}[-+*](?: |$)/;
const NUMBER = /^ {0,3}\d{1,9}[.)](?: |$)/;
const INDENT = /^(?: {4}|\t)/;
const STARTS = [BLANK, FENCE, RULE, HEADING, QUOTE, BULLET, NUMBER];

/** Takes the lines of one block off the front and gives them as HTML. */
function takeBlock(lines: string[]): string {
  const line = lines.shift() ?? "";
  if (BLANK.test(line)) return "";
  if (FENCE.test(line)) return `<pre>${escapeHtml(lines.splice(0).join("\n"))}</pre>`;
  if (RULE.test(line)) return "<hr>";
  if (INDENT.test(line)) return `<pre>${escapeHtml(line)}</pre>`;
  for (const [start, before, after] of [
    [HEADING, "<h1>", "</h1>"],
    [QUOTE, "<blockquote>", "</blockquote>"],
    [BULLET, "<ul><li>", "</li></ul>"],
    [NUMBER, "<ol><li>", "</li></ol>"],
  ] as const)
    if (start.test(line)) return `${before}${inBlock(line.replace(start, ""))}${after}`;
  const paragraph = [line];
  while (lines.length > 0 && !STARTS.some((start) => start.test(lines[0] ?? "")))
    paragraph.push(lines.shift() ?? "");
  return `<p>${inline(paragraph.map((each) => each.trim()).join("\n"))}</p>`;
}

/** A list item with one paragraph holds its words without a `<p>`. */
function inBlock(text: string): string {
  return markdownToHtml(text).replace(/^<p>(.*)<\/p>$/s, "$1");
}

const INLINE: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^\\([!-/:-@[-`{-~])/, (_, character = "") => escapeHtml(character)],
  [/^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]*);/i, (entity = "") => entity],
  [/^(`+)(.+?)\1/s, (_, _ticks, code = "") => `<code>${escapeHtml(code)}</code>`],
  [/^!\[((?:\\.|[^\]\\])*)\]\([^)]*\)/s, (_, words = "") => `<img alt="${escapeHtml(words)}">`],
  [/^\[((?:\\.|[^\]\\])*)\]\([^)]*\)/s, (_, words = "") => `<a href="#">${inline(words)}</a>`],
  [/^<[a-z/!?][^>]*>/i, (tag = "") => tag],
  [
    /^(\*\*|__)((?:\\.|[^\\])+?)\1/s,
    (_, _marks, words = "") => `<strong>${inline(words)}</strong>`,
  ],
  [/^(\*|_)((?:\\.|[^\\])+?)\1/s, (_, _mark, words = "") => `<em>${inline(words)}</em>`],
  [/^~~((?:\\.|[^\\])+?)~~/s, (_, words = "") => `<s>${inline(words)}</s>`],
];

function inline(text: string): string {
  let html = "";
  for (let rest = text; rest !== "";) {
    const [found, shown] = takeInline(rest);
    html += shown;
    rest = rest.slice(found);
  }
  return html;
}

/** How many characters the front of a text takes up, and what they become. */
function takeInline(text: string): [number, string] {
  for (const [pattern, show] of INLINE) {
    const found = pattern.exec(text);
    if (found) return [found[0].length, show(...found)];
  }
  const [plain = ""] = /^[^\\&`![<*_~]+|^./su.exec(text) ?? [];
  return [plain.length, escapeHtml(plain)];
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
