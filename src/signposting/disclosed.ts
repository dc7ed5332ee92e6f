import type { Hunch } from "../feature.ts";

/** The command that shows the way, by the rule that the text calls for. */
const COMMANDS: Readonly<Record<string, string>> = {
  child: "signposting.child",
  adult: "signposting.adult",
  hate: "signposting.hateCrime",
  domestic: "signposting.signpost",
};

/** Somebody tells of a person. */
const TELLS =
  /\b(?:he|she|they|him|her|hers|his|them|i|me|my|we|resident|neighbour|lady|man|woman|boy|girl|kid|child|baby|mum|dad|mother|father|gran|nan|son|daughter|husband|wife|partner|friend|learner|client|customer|someone|somebody)\b/i;
/** Somebody looks for a service, a number or a paper. */
const ASKS =
  /^\W*(?:find|search|look(?:ing)? for|who (?:can )?helps?|where can|any(?:thing|one|where)?\b|is there|are there|do (?:we|you) have|how many|number of|figures?|kpis?|compare|explain|show|list|what)\b|\b(?:support groups?|helplines?|leaflets?|training|figures|statistics|numbers|report on|policy|referrals|highest|lowest|districts|safeguarding leads?)\b/i;

/**
 * Whether a text tells of abuse or hate that happened to somebody, rather than asking for a service
 * or a number: then the way to the right route comes before anything else, in private.
 *
 * @param rule The rule about abuse or hate that the text's words call for.
 */
export function disclosed(text: string, rule: string | undefined): Hunch | undefined {
  const command = COMMANDS[rule ?? ""];
  if (!command || !TELLS.test(text) || ASKS.test(text)) return undefined;
  return { command, isSure: true, comesFirst: true };
}
