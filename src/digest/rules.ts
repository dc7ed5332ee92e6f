import type { DigestBlock, DigestSection, Readers } from "../feature.ts";
import type { Acknowledgement, Channel, Post, PostKind, PostReference } from "./schema.ts";

/** Whom the bot names as having posted what nobody asked it for. */
export const BY_ITSELF = "the bot, as set";
/** So often the bot tries something by itself before it asks an officer, or gives up. */
export const MOST_TRIES = 4;
/** Teams refuses for good: trying again helps only after somebody has brought the bot back. */
const FOR_GOOD = /^40[34]\b/;

/**
 * Characters of text on one page. Teams takes 100 KB counted as UTF-16, and the card's own
 * frame and escaping come on top, so a page stays far below it.
 */
const PAGE_CHARACTERS = 9000;

/**
 * Puts sections on pages. Nothing is left out: what does not fit goes to the next page, and a
 * block longer than a page goes on under the same head. An empty digest has one empty page.
 */
export function paginate(sections: readonly DigestSection[]): DigestSection[][] {
  const pages: DigestSection[][] = [[]];
  let room = PAGE_CHARACTERS;
  for (const { title, blocks } of sections)
    for (const block of blocks.flatMap(pieces)) {
      const size = sizeOf(block);
      if (size > room) {
        pages.push([]);
        room = PAGE_CHARACTERS;
      }
      room -= size;
      append(pages.at(-1) ?? [], title, block);
    }
  return pages;
}

/**
 * Only what Teams vouches for widens what is shown: a channel with guests, shared with others, or
 * of unknown kind counts as public.
 */
export function audienceOf(readers: Readers): Channel["audience"] {
  if (readers === "private channel") return "private";
  return readers === "team" ? "committee" : "public";
}

/** Whether it goes to the chair's own chat, and not to a channel. */
export function isForChair(kind: PostKind): boolean {
  return kind === "chair" || kind === "chair correction";
}

/** What arrived, or may have, or is on its way. */
export function mayStand(state: Post["state"]): boolean {
  return state === "sent" || state === "doubtful" || state === "sending";
}

/** Stands there by an officer's word, says something else than what holds, and cannot be changed. */
export function isOutdated({ state, outdated = false }: Pick<Post, "state"> & Partial<Post>) {
  return state === "sent" && outdated;
}

/** Whether it is that post that somebody has said they have read. */
export function isAbout(
  read: Pick<Acknowledgement, "kind" | "to" | "about">,
  post: Pick<PostReference, "kind" | "to" | "about">,
): boolean {
  const isThere = read.to === undefined || read.to === post.to;
  return isThere && read.kind === post.kind && (read.about || "") === (post.about ?? "");
}

/** A word on what has changed, where the digest itself cannot say so. */
export function isCorrection(kind: PostKind): kind is "correction" | "chair correction" {
  return kind === "correction" || kind === "chair correction";
}

/** The bot's own pace, or Teams' word for the same. */
export function isBusy(reason = ""): boolean {
  return reason === "crowded" || reason.startsWith("429");
}

/** Refused for now, and still to be tried by the bot itself. */
export function canTryAgain({ state, reason = "", attempt, by }: Post): boolean {
  return state === "refused" && by === BY_ITSELF && attempt < MOST_TRIES && !FOR_GOOD.test(reason);
}

function append(page: DigestSection[], title: string, block: DigestBlock): void {
  const open = page.at(-1);
  if (open?.title === title) page[page.length - 1] = { title, blocks: [...open.blocks, block] };
  else page.push({ title, blocks: [block] });
}

function pieces(block: DigestBlock): DigestBlock[] {
  const parts: DigestBlock[] = [];
  let lines: string[] = [];
  for (const line of block.lines) {
    if (lines.length > 0 && sizeOf({ ...block, lines: [...lines, line] }) > PAGE_CHARACTERS) {
      parts.push({ head: block.head, lines });
      lines = [];
    }
    lines.push(line);
  }
  return [...parts, { ...block, lines }];
}

function sizeOf({ head, lines }: DigestBlock): number {
  return head.length + lines.reduce((sum, line) => sum + line.length, 0) + 100;
}
