import { Parser } from "htmlparser2";

/** What begins a new line where a browser shows it. */
const BLOCKS = new Set(
  "address article blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul".split(
    " ",
  ),
);
const UNSEEN = new Set(["script", "style", "template", "head", "noscript", "iframe", "object"]);
const HTML = /<[a-z!/][^<>]*>|&(?:#\d+|#x[\da-f]+|[a-z]+\d*);/i;
/** Some feeds write `&lt;p&gt;`: markup written as the text of markup. */
const MOST_LAYERS = 2;

/**
 * The text of what may be HTML, as a browser shows it: lines, no markup, entities read. Text
 * without markup stays as it is but for its spaces.
 */
export function plainText(text: string): string {
  let plain = text;
  for (let layer = 0; layer < MOST_LAYERS && HTML.test(plain); layer += 1) plain = unmarked(plain);
  return (
    plain
      // Characters that no reader sees and that can turn a line round.
      .replaceAll(/[[\p{Cc}\p{Cf}]--[\n\t]]/gv, "")
      .replaceAll(/[^\S\n]+/g, " ")
      .replaceAll(/ ?\n ?/g, "\n")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trim()
  );
}

function unmarked(html: string): string {
  let text = "";
  let hidden = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (UNSEEN.has(name)) hidden += 1;
      else if (name === "li") text += "\n• ";
      else if (BLOCKS.has(name)) text += name === "p" ? "\n\n" : "\n";
      // "Write to <info@example.org>" is no markup.
      else if (name.includes("@")) text += name;
    },
    ontext: (piece) => void (text += hidden > 0 ? "" : piece),
    onclosetag(name) {
      if (UNSEEN.has(name)) hidden = Math.max(0, hidden - 1);
      else if (BLOCKS.has(name) && name !== "br" && name !== "li") text += "\n";
    },
  });
  parser.end(html);
  return text;
}
