import type { Committee } from "../council.ts";
import type { Command, Turn } from "../feature.ts";
import type { Reading } from "./reading.ts";

const KINDS =
  "(?:sub-?committee|committee|board|council|panel|forum|cabinet|task and finish group|working group)";
/** Bodies that people name in small letters. */
const KNOWN = new RegExp(
  String.raw`\b((?:full|parish|town|district|city|borough) council|(?:planning|licensing|audit|scrutiny|health|adults?|children'?s?|highways(?: and transport)?|pensions?|staffing(?: and appeals)?|economy(?: and environment)?|general purposes|commercial(?: and investment)?|constitution(?: and ethics)?|standards|environment) (?:sub-?)?committee|health (?:and|&) well-?being board|safeguarding (?:\w+ ){0,2}board|(?:local )?pension (?:fund )?board|police and crime panel|schools forum|combined authority|cabinet)\b`,
  "i",
);
/** Words with capital letters before what kind of body it is: "Greater Cambridge Partnership Board". */
const CAPITALS = new RegExp(
  String.raw`(?<![\p{L}'’-])((?:\p{Lu}[\p{L}'’-]+ (?:(?:and|&|of|for|the) )?){1,6}${KINDS.replaceAll(/\b[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)})(?![\p{L}'’-])`,
  "u",
);
/** What tells of this committee, and so of no other body. */
const OF_COMMITTEE = new Set([
  ...["committee.meeting", "committee.meetings", "committee.agenda", "people.who"],
]);
/** So many of the likeliest meanings are looked at. */
const LIKELIEST = 2;
/** How a question begins, in capitals only because it begins: "When is the Committee". */
const BEGINNING =
  /^(?:(?:when|what|who|where|which|how|is|are|does|do|can|has|have|next|our|the|this|show|tell|me|please|agenda|meeting|for|of|s|county|cambridgeshire) )+/i;

/**
 * A committee, board or council that a text names and that is not the bot's: "Full Council", "the
 * Health and Wellbeing Board". Undefined where none is named, or it is this one.
 */
function otherBodyIn(text: string, committee: Committee): string | undefined {
  const [, named = ""] = KNOWN.exec(text) ?? CAPITALS.exec(text) ?? [];
  const body = named.replace(BEGINNING, "").trim();
  // "Committee" alone is this one.
  if (!body.includes(" ") && !/^cabinet$/i.test(body)) return undefined;
  const own = [committee.name, ...committee.aliases].map((name) => name.toLowerCase());
  const lower = body.toLowerCase();
  const isOwn = own.some((name) => name.includes(lower) || lower.includes(name));
  return isOwn ? undefined : body;
}

/** Whether a command tells of the committee's meetings or people. */
export function isOfCommittee({ id }: Command): boolean {
  return OF_COMMITTEE.has(id);
}

/**
 * The other body whose meetings or people a text asks about, if it does. A body that is named in
 * what is to be written down, or looked for in the directory, is another matter.
 */
export function otherBodyAsked(
  { committee }: Turn,
  text: string,
  { meaning, slots }: Reading,
): string | undefined {
  const body = slots.committee ? undefined : otherBodyIn(text, committee);
  if (!body || meaning.kind === "none") return body;
  const likely = meaning.kind === "ask" ? meaning.choices : [meaning.command];
  return likely.slice(0, LIKELIEST).some(isOfCommittee) ? body : undefined;
}
