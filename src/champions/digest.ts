import { dayOf, monthName } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { districtWithId } from "../council.ts";
import { checked, NotAllowed, UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  holds,
  type Audience,
  type DigestBlock,
  type DigestSection,
  type DigestSubject,
  type Turn,
  type Verb,
} from "../feature.ts";
import { stateLine, updateBody } from "./cards.ts";
import type { ChampionParts } from "./index.ts";
import { COMMITTEE_ROLES } from "./reading.ts";
import { SECTION_NAMES } from "./length.ts";
import { DigestReference, SECTIONS, type Update } from "./schema.ts";
import { inShort } from "./rules.ts";

/** The updates in the digest: in short there, and whole for whoever presses. */
export function updatesInDigest({ store, planFor, championOf, audienceOf }: ChampionParts) {
  const verbs: Record<string, Verb> = {
    "champions.read": {
      needs: { roles: EVERYONE, places: ANYWHERE },
      run: readWhole,
      justForMe: true,
    },
  };
  return { source, verbs };

  async function source({ committee, meeting, now }: DigestSubject) {
    const plan = await planFor(committee.id, now);
    const updates = await store.submittedIn(committee.id, plan.monthsFor(meeting));
    const districts = await Promise.all(
      committee.districts.map(async ({ id, name }) => ({
        name,
        holder: await championOf(committee.id, id, dayOf(now)),
        written: updates.filter((each) => each.district === id),
      })),
    );
    const missing = districts
      .filter(({ written }) => written.length === 0)
      .map(({ name, holder }) => (holder ? `${name}: ${holder.name}` : `${name}: vacant`));
    return (audience: Audience): DigestSection[] => {
      const blocks = districts.flatMap(({ name, written }) =>
        written.map((update) => blockOf(update, name, audience)),
      );
      return [
        { title: "Updates from the districts", blocks, isLong: true },
        {
          title: "No update yet",
          blocks: missing.length > 0 ? [{ head: "", lines: missing }] : [],
        },
      ].filter((section) => section.blocks.length > 0);
    };
  }

  /** Shown only to whoever pressed, and only where the update may be read. */
  async function readWhole(turn: Turn, data: unknown): Promise<Card> {
    const { month, district, meeting, page } = checked(DigestReference, data);
    const isCommittee = COMMITTEE_ROLES.some((role) => holds(turn.person, role));
    const audience = turn.place.kind === "channel" ? await audienceOf(turn) : "public";
    if (audience === "public" && !(isCommittee && turn.place.kind === "personal"))
      throw new NotAllowed(
        "Updates can be read only by the committee until they are attached to the minutes.",
      );
    const stored = await store.find(turn.committee.id, month, district);
    if (stored?.update.status !== "submitted")
      throw new UserError("This update was withdrawn after the digest was posted.");
    const { update } = stored;
    return fill("champions/whole", {
      ...updateBody(update, turn.committee),
      districtName: districtWithId(district, turn.committee)?.name ?? district,
      monthName: monthName(month),
      state: stateLine(update),
      meeting,
      page,
    });
  }
}

function blockOf(update: Update, name: string, audience: Audience): DigestBlock {
  const { month, district, champion, kind } = update;
  const head = `${name}, ${champion}${kind === "oral" ? " (spoken at the meeting)" : ""}`;
  if (audience === "public")
    return { head, lines: ["Received. It can be read here after it is attached to the minutes."] };
  const lines = SECTIONS.flatMap((section) =>
    audience === "chair"
      ? update.sections[section].map((item) => `${SECTION_NAMES[section]}: ${item}`)
      : inShort(section, update.sections[section]),
  );
  return {
    head,
    lines: lines.length > 0 ? lines : ["See the minutes of the meeting."],
    whole: { title: `Read ${name}`, verb: "champions.read", data: { month, district } },
  };
}
