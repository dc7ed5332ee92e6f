import { randomUUID } from "node:crypto";
import { dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { ANYWHERE, EVERYONE, IN_PERSON, type Command, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import * as cards from "./cards.ts";
import type { Surroundings } from "./cards.ts";
import type { NamedPlace, SignpostingParts } from "./index.ts";
import { routesCard, whichKindCard } from "./route-cards.ts";
import * as rules from "./rules.ts";
import { HeldForm, SignpostForm, type Kind } from "./schema.ts";
import type { setting } from "./setting.ts";
import said from "./said.json" with { type: "json" };

/** A name behind these words is meant as a place. */
const IN_A_PLACE = /\b(?:in|at|near|from) [A-Z]\w/;

/** The first thing that a worker sees: 999, the routes that fit, and the way to the count. */
export function pointing(
  { toPerson, placeIn }: SignpostingParts,
  { around }: ReturnType<typeof setting>,
) {
  const anyone = { roles: EVERYONE, places: IN_PERSON } as const;
  /** A kind by its own name, for those who are told of something and know no commands. */
  const ofKind = (action: "hateCrime" | "adult" | "child", short: string, what: string) => ({
    id: `signposting.${action}`,
    name: `signpost ${short}`,
    full: `signpost ${short}[ in {where}]`,
    changes: true,
    saysNo: ["signpost", "log", "record", "count"],
    phrases: [`log signposting ${short}`, `record signposting ${short}`],
    examples: said[action],
    purpose: `See where to point somebody to ${what}, and count that you did.`,
    task: "Pointing somebody to help",
    needs: { roles: EVERYONE, places: ANYWHERE },
    run: (turn: Turn, slots: Slots) => open(turn, slots, short),
  });
  const commands: Command[] = [
    ofKind("hateCrime", "hate crime", "after a hate crime"),
    ofKind("adult", "safeguarding adult", "with a concern for an adult"),
    ofKind("child", "safeguarding child", "with a concern for a child"),
    {
      id: "signposting.signpost",
      name: "signpost",
      full: "signpost[ {need}][ in {where}]",
      changes: true,
      saysNo: ["signpost", "log", "record", "count"],
      examples: said.signpost,
      phrases: [
        "signpost {anything}",
        "log signposting",
        "log signposting {anything}",
        "new signposting",
        "record signposting",
        "record signposting {anything}",
      ],
      purpose: "The same for any kind: signpost domestic abuse.",
      task: "Pointing somebody to help",
      needs: { roles: EVERYONE, places: ANYWHERE },
      run: (turn, slots) => open(turn, slots),
    },
  ];
  const verbs: Record<string, Verb> = {
    "signposting.danger": { needs: anyone, run: danger },
    "signposting.routes": { needs: anyone, run: showRoutes },
    "signposting.leave": { needs: anyone, run: leaveForm },
    "signposting.count": { needs: anyone, run: count },
  };
  return { commands, verbs };

  /** Elsewhere than in a personal chat nothing is said of what it is about. */
  async function open(turn: Turn, slots: Slots, short?: string): Promise<Card> {
    const card = await opened(turn, slots, short);
    if (turn.place.kind === "personal") return card;
    const { outcome } = await toPerson(turn, card);
    return cards.sentCard(outcome === "sent");
  }

  /** A kind that is switched off is not counted, but its routes are shown all the same. */
  async function opened(
    turn: Turn,
    { typed = "", said: words = "", district: named = "" }: Slots,
    short = `${typed} ${words}`,
  ) {
    const about = await around(turn);
    const kinds = rules.allKindsOn(dayOf(turn.now), about.setup);
    const kind = rules.kindIn(short, kinds);
    if (!kind) return whichKindCard(kinds);
    const place = named ? undefined : placeIn(typed, turn.committee);
    const district = named || (place?.district ?? "");
    const form = { kind: kind.id, district, operation: randomUUID() };
    const notice = district ? "" : noticeOf(place, typed);
    return routesCard(SignpostForm.parse(form), kind, about, notice);
  }

  /** The routes once more, for the district that is chosen now. */
  async function showRoutes(turn: Turn, data: unknown): Promise<Card> {
    return routesAround(turn, formHeld(data));
  }

  /** Back from the form. What was chosen there comes along. */
  async function leaveForm(turn: Turn, data: unknown): Promise<Card> {
    return routesAround(turn, checked(SignpostForm, data));
  }

  async function routesAround(turn: Turn, form: SignpostForm): Promise<Card> {
    const about = await around(turn);
    return routesCard(form, kindOf(form, about), about);
  }

  /** The closed choices. The form keeps the card's random number, so each card makes one record. */
  async function count(turn: Turn, data: unknown): Promise<Card> {
    const about = await around(turn);
    const form = formHeld(data);
    const kind = kindOf(form, about);
    const isCounted = rules.kindsOn(dayOf(turn.now), about.setup).includes(kind);
    return isCounted ? cards.formCard(form, kind, about) : routesCard(form, kind, about);
  }
}

/** Only 999, and the way back. */
async function danger(_turn: Turn, data: unknown): Promise<Card> {
  return cards.dangerCard(formHeld(data), "routes");
}

/** What is wrong with the place that was named, if anything. */
function noticeOf(place: NamedPlace | undefined, typed: string): string {
  if (place)
    return `${place.name} is outside the county. What serves the whole country is shown, and this county's police and council.`;
  return IN_A_PLACE.test(typed)
    ? "I do not know the place that you named. Choose the district below."
    : "";
}

/** The form that a button holds, with the district that stands in the card's own choice. */
export function formHeld(data: unknown): SignpostForm {
  const { form, district } = checked(HeldForm, data);
  try {
    const held = SignpostForm.parse(JSON.parse(form));
    return district === undefined ? held : { ...held, district };
  } catch {
    throw new UserError("This card is out of date. Type signpost to start again.");
  }
}

/** The form's kind, whether or not it is counted now. */
export function kindOf({ kind: id }: SignpostForm, { setup, now }: Surroundings): Kind {
  const kind = rules.allKindsOn(dayOf(now), setup).find((each) => each.id === id);
  if (!kind) throw new UserError("This card is out of date. Type signpost to start again.");
  return kind;
}
