import { dayOf, longDate, readInstant, timeAndDate } from "../calendar.ts";
import type { Audience, DigestSection } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import { factsOf, shortHash } from "./facts.ts";
import { mayStand } from "./rules.ts";
import type { Post, PostKind } from "./schema.ts";
import type { DigestStore } from "./store.ts";

/** So many of the same kind are named; the others are counted. */
const MOST_NAMED = 3;
const LONGEST_NAME = 80;
/** A table holds 32,768 characters in one property. */
const LONGEST_SAID = 30_000;
/** What a channel gets by itself; the later of the two says what has changed since the other. */
const IN_CHANNEL: readonly PostKind[] = ["digest", "publication"];
const PLACE_AND_TIME = "meeting";

/** A line by the words it begins with, its text in short, and whether it is what somebody sent. */
type Line = readonly [name: string, text: string, isSent?: boolean];
type Said = Readonly<Record<string, readonly Line[]>>;

/** What a digest says, short enough for its row: undefined where it is not. */
export function saidIn(
  meeting: DigestMeeting,
  sections: readonly DigestSection[],
): string | undefined {
  const said = JSON.stringify(saidOf(meeting, sections));
  return said.length <= LONGEST_SAID ? said : undefined;
}

/** Over the later one of two digests of a meeting in the same channel; empty over the first. */
export function sinceEarlier({ postsOf }: Pick<DigestStore, "postsOf">) {
  return async function since(
    committee: string,
    meeting: DigestMeeting,
    sections: readonly DigestSection[],
    post: Pick<Post, "kind" | "to" | "at"> & { readonly audience: Audience },
  ): Promise<string> {
    if (!IN_CHANNEL.includes(post.kind)) return "";
    const all = (await postsOf(committee, meeting.date)).map((stored) => stored.post);
    const earlier = all.find(
      ({ kind, to, state, at }) =>
        IN_CHANNEL.includes(kind) &&
        kind !== post.kind &&
        to === post.to &&
        mayStand(state) &&
        Date.parse(at) < Date.parse(post.at),
    );
    if (!earlier) return "";
    const days = [earlier.at, post.at].map((at) => dayOf(readInstant(at)));
    const [day = "", later] = days;
    const when = day === later ? timeAndDate(earlier.at) : longDate(day);
    // Who may read less, or more, would take all of that for a change.
    if (!earlier.said || earlier.audience !== post.audience)
      return `This follows the digest of ${when}.`;
    // Written by saidIn.
    const before = JSON.parse(earlier.said) as Said;
    const changes = changesBetween(before, saidOf(meeting, sections));
    return changes.length > 0
      ? `Since ${when}: ${changes.join(" ")}`
      : `Nothing has changed since ${when}.`;
  };
}

function saidOf(meeting: DigestMeeting, sections: readonly DigestSection[]): Said {
  const parts = sections
    .filter(({ isRest }) => !isRest)
    .map(({ title, blocks }): [string, readonly Line[]] => [
      // "Open actions: 7", "Finance, August 2019": what follows is a number or a month.
      title.split(/[:,]/)[0] ?? title,
      blocks.flatMap(({ head, lines, about }): Line[] =>
        head === ""
          ? lines.map((line): Line => [nameOf(line), shortly(line)])
          : [[about ?? head, shortly(lines.join("\n")), about !== undefined]],
      ),
    ]);
  return { ...Object.fromEntries(parts), [PLACE_AND_TIME]: [["", factsOf(meeting)]] };
}

function changesBetween(before: Said, now: Said): string[] {
  const titles = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return titles.flatMap((title) => {
    const [was, is] = [byName(before[title]), byName(now[title])];
    const names = [...new Set([...is.keys(), ...was.keys()])];
    const changed = names.filter((name) => was.get(name)?.text !== is.get(name)?.text);
    if (title === PLACE_AND_TIME)
      return changed.length > 0 ? ["The time or the place of the meeting has changed."] : [];
    const isSent = (name: string) => (is.get(name) ?? was.get(name))?.isSent === true;
    const sent = changed.filter(isSent).map((name) => {
      if (!was.has(name)) return `${name} came in.`;
      return is.has(name) ? `${name} was changed.` : `${name} was taken back.`;
    });
    const others = changed.filter((name) => !isSent(name));
    const parts = [
      named(
        "new",
        others.filter((name) => !was.has(name)),
      ),
      named(
        "changed",
        others.filter((name) => was.has(name) && is.has(name)),
      ),
      named(
        "no longer there",
        others.filter((name) => !is.has(name)),
      ),
    ].filter((part) => part !== "");
    return parts.length > 0 ? [...sent, `${title}: ${parts.join("; ")}.`] : sent;
  });
}

function byName(lines: readonly Line[] = []) {
  const found = new Map<string, { readonly text: string; readonly isSent: boolean }>();
  for (const [name, text, isSent = false] of lines)
    found.set(name, { text: `${found.get(name)?.text ?? ""}${text}`, isSent });
  return found;
}

function named(what: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const more = names.length - MOST_NAMED;
  const rest = more > 0 ? ` and ${more} more` : "";
  return `${what}: ${names.slice(0, MOST_NAMED).join(", ")}${rest}`;
}

/** "187a", "Number of visits", "7, Financial pressures": the words up to the first comma or colon. */
function nameOf(line: string): string {
  if (/^And \d+ more\b/.test(line)) return "some that are not named here";
  const [name = line] = /^(?:\d+, )?[^,:]+/.exec(line) ?? [];
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)} …` : name;
}

function shortly(text: string): string {
  return shortHash(text).slice(0, 10);
}
