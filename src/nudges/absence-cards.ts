import { longDate, type Day } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { District } from "../council.ts";
import { holds, type Turn } from "../feature.ts";
import type { AwayForm } from "./schema.ts";

/** A district, its champion, and until when they are away; no name while it cannot be read. */
interface Choice {
  readonly district: District;
  readonly name: string;
  readonly until?: Day | undefined;
}

/** Who is away until when, to be saved. */
export function awayCard(
  { district, until }: AwayForm,
  choices: readonly Choice[],
  { person }: Turn,
  problem = "",
): Card {
  const canChoose = holds(person, "officer");
  const own = choices.find((choice) => choice.district.id === district);
  const standing = own?.until ? `${own.name} is away until ${longDate(own.until)}.` : "";
  return fill("nudges/away", {
    ...{ district, until, problem, canChoose, standing },
    hasProblem: problem !== "",
    isAway: standing !== "",
    isOwn: !canChoose,
    isFor: !canChoose && own !== undefined,
    whose: own ? described(own) : "",
    choices: choices.map((choice) => ({ title: described(choice), value: choice.district.id })),
  });
}

/** Who is away from now on, or back where there is no day. */
export function awayDoneCard({
  isOwn,
  name,
  district,
  until,
}: {
  readonly isOwn: boolean;
  readonly name: string;
  readonly district: District;
  readonly until?: Day;
}): Card {
  const who = isOwn ? "You are" : `${name} is`;
  const whom = isOwn ? "You get" : `${name} gets`;
  const detail = until
    ? `${whom} no reminders before then. What was due in between is not made up.`
    : `${whom} reminders for ${district.name} as set.`;
  return fill("nudges/away-done", {
    title: until ? `${who} away until ${longDate(until)}` : `${who} not away`,
    detail,
    district: district.id,
    isAway: until !== undefined,
    isBack: until === undefined,
    backTitle: isOwn ? "I am back" : `${name} is back`,
  });
}

function described({ district, name }: Choice): string {
  return name ? `${district.name}: ${name}` : district.name;
}
