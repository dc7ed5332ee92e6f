import { randomUUID } from "node:crypto";
import { CROWD, somebody } from "../crowd.ts";

/** What somebody does in their minute, each once. */
export const KINDS = ["help", "kpi", "search", "form open", "submit", "digest refresh"] as const;
export type Kind = (typeof KINDS)[number];

/** One turn of one person, and when in the minute it is due. */
export interface PlannedTurn {
  readonly kind: Kind;
  readonly person: number;
  /** From 0 to 1. */
  readonly due: number;
}

export const TENANT = "0c0ffee0-0000-4000-8000-000000000001";
const WORDS: Readonly<Partial<Record<Kind, string>>> = {
  help: "help",
  kpi: "kpi",
  search: "where can somebody in fenland get help with debt",
  "form open": "signpost hate crime",
};
const FORM = {
  kind: "hate-crime",
  details: "race,religion",
  district: "fenland",
  channel: "in person",
  routes: "true-vision,police-101",
  advised999: "not needed",
  agreed: "yes",
  outcome: "information given",
};

/** Everybody's minute: each kind once, at times of their own, the same in every run. */
export function plan(people: number): PlannedTurn[] {
  const turns: PlannedTurn[] = [];
  for (let person = 0; person < people; person += 1)
    for (const [index, kind] of KINDS.entries()) {
      // Spread evenly over the minute without chance: multiples of the golden section.
      const due = ((person * KINDS.length + index + 1) * 0.618_033_988_75) % 1;
      turns.push({ kind, person, due });
    }
  return turns.toSorted((one, other) => one.due - other.due);
}

/** Whether Teams waits for the answer in the same request. */
export function isPress(kind: Kind): boolean {
  return WORDS[kind] === undefined;
}

/** The activity as Teams sends it. Each is a new one. */
export function activityFor(serviceUrl: string, { kind, person }: PlannedTurn): object {
  const base = baseOf(serviceUrl, person);
  const text = WORDS[kind];
  if (text !== undefined) return { ...base, type: "message", text, textFormat: "plain" };
  const action =
    kind === "submit"
      ? { verb: "signposting.submit", data: { ...FORM, operation: randomUUID() } }
      : { verb: "digest.refresh", data: { meeting: "2019-10-10", kind: "digest", page: 1 } };
  return {
    ...base,
    type: "invoke",
    name: "adaptiveCard/action",
    replyToId: "message-of-the-card",
    value: { action: { type: "Action.Execute", ...action }, trigger: "manual" },
  };
}

function baseOf(serviceUrl: string, person: number) {
  const known = somebody(person);
  // Whoever is beyond the crowd is a member of staff without a role.
  const id = person < CROWD ? known.id : known.id.replace("-8000-", "-8001-");
  return {
    id: randomUUID(),
    channelId: "msteams",
    serviceUrl,
    locale: "en-GB",
    from: { id: `user-${id}-${person}`, name: known.name, aadObjectId: id },
    recipient: { id: "bot", name: "Community Champions" },
    conversation: { conversationType: "personal", tenantId: TENANT, id: `chat-${id}-${person}` },
    channelData: { tenant: { id: TENANT } },
  };
}
