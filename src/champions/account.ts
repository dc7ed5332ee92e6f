import { holds, type Hunch, type Turn } from "../feature.ts";
import type { Draft } from "./schema.ts";

/** Shorter than that, it is an answer or a question. */
const FEWEST_WORDS = 6;
/** What fits into a form beside what may be in it already. */
const LONGEST = 4000;
const DONE =
  "held|ran|hosted|organi[sz]ed|arranged|visited|met|attended|launched|opened|started|set up|put on|delivered|helped|supported|raised|trained|recruited|gave|made|brought|worked|spoke|talked|planted|distributed|completed|finished|won|celebrated|joined|introduced|welcomed|invited|collected|cooked|painted|cleaned|walked";
/** "In March we held", "I have visited", "our group ran", "Held a coffee morning", "30 people came". */
const TELLS = new RegExp(
  String.raw`\b(?:we|i|our \w+|the (?:group|club|team|project|volunteers))(?:['’]ve| have| all| also| both)?(?: (?:also|then|recently|just|finally|really|all))? (?:${DONE})\b|^\W*(?:held|ran|hosted|visited|attended|organi[sz]ed|launched)\b|\b\d+ \w+ (?:came|attended|took part|turned up|joined)\b`,
  "i",
);
const ASKS =
  /\?\s*$|^\W*(?:what|who|whose|how|when|where|why|which|can|could|do|does|did|has|have|had|is|are|was|were|show|find|tell me|any)\b/i;
/** Somebody needs something, or it is about the writing and not about what was done. */
const WANTS =
  /\b(?:needs?|needing|wants?|wanted|looking for|looks for|struggling|requests?|signpost\w*|anyone|anything|somewhere|(?:my|the|an?|this|that|last) (?:update|report|form|draft|digest|reminders?))\b/i;
/** The command may stand before the words: "log update: we held …". */
const LEAD = /^\W*(?:please\s+)?(?:(?:log|write|add|submit|my|new)\s+)*update\s*[:,–-]?\s*/i;

/** A champion tells what was done: that is their update, and its words belong into the form. */
export async function told({ person, place }: Turn, text: string): Promise<Hunch | undefined> {
  const account = text.replace(LEAD, "").trim();
  const isTold =
    account.length <= LONGEST &&
    account.split(/\s+/).length >= FEWEST_WORDS &&
    TELLS.test(account) &&
    !ASKS.test(account) &&
    !WANTS.test(account);
  if (!isTold || place.kind !== "personal" || !holds(person, "champion")) return undefined;
  return { command: "champions.log", isSure: true, slots: { account } };
}

/** The form with what was told behind what is in it. Nothing is saved by that. */
export function withAccount<Form extends Pick<Draft, "updates">>(form: Form, account = ""): Form {
  const updates = [form.updates, account].filter(Boolean).join("\n");
  return { ...form, updates };
}
