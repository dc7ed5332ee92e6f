import { strFromU8, unzipSync } from "fflate";
import mammoth from "mammoth";

/** A paragraph of a Word document: its style and its text, a tab and a line's end as such. */
interface WordParagraph {
  readonly style: string;
  readonly text: string;
}

/** A Word document, read back: by its own XML, and by another library. */
export async function readWord(bytes: Uint8Array) {
  const parts = Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]),
  );
  const body = parts["word/document.xml"] ?? "";
  const { value: html, messages } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes) },
    // It reads headings by itself, but not the title.
    { styleMap: ["p[style-name='Title'] => h1.title"] },
  );
  return { parts, body, html, messages, paragraphs: paragraphsIn(body) };
}

/** The names of the elements in a part of a document. */
export function elementNames(xml: string): Set<string> {
  return new Set([...xml.matchAll(/<([\w:]+)/g)].map(([, name = ""]) => name));
}

function paragraphsIn(body: string): WordParagraph[] {
  return [...body.matchAll(/<w:p(?: [^>]*)?>(.*?)<\/w:p>/gs)].map(([, inside = ""]) => ({
    style: /<w:pStyle w:val="(\w+)"/.exec(inside)?.[1] ?? "",
    text: textIn(inside.replace(/<w:pPr>.*?<\/w:pPr>/s, "")),
  }));
}

function textIn(runs: string): string {
  return [...runs.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(tab|br)\/>/g)]
    .map(([, text = "", other]) => (other ? (other === "tab" ? "\t" : "\n") : decoded(text)))
    .join("");
}

function decoded(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
