import { dayOf, longDate, monthName } from "../calendar.ts";
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
import { underOwnHeadings } from "../own-heading.ts";
import { stateLine, updateBody } from "./cards.ts";
import type { ChampionParts } from "./index.ts";
import { COMMITTEE_ROLES } from "./reading.ts";
import { SECTION_NAMES } from "./length.ts";
import { DigestReference, SECTIONS, type Update } from "./schema.ts";
import { inShort } from "./rules.ts";
import { secondMeetingOn, submittedFor, whereTheyGo } from "./written-for.ts";

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
    const updates = await submittedFor(store, plan, committee.id, meeting);
    const districts = await Promise.all(
      committee.districts.map(async ({ id, name }) => ({
        name,
        holder: await championOf(committee.id, id, dayOf(now)),
        written: updates.filter((each) => each.district === id),
      })),
    );
    const second = secondMeetingOn(meeting, plan);
    const elsewhere = second ? [{ head: "", lines: [whereTheyGo(second)] }] : [];
    const missing = (second ? [] : districts)
      .filter(({ written }) => written.length === 0)
      .map(({ name, holder }) => (holder ? `${name}: ${holder.name}` : `${name}: vacant`));
    return (audience: Audience): DigestSection[] => {
      const blocks = districts.flatMap(({ name, written }) =>
        written.flatMap((update) => {
          const isInstead = plan.meetingOf(update)?.isInstead ?? false;
          return blocksOf(update, { name, isInstead }, audience);
        }),
      );
      return [
        { title: "Updates from the districts", blocks: [...blocks, ...elsewhere], isLong: true },
        {
          title: "No update yet",
          blocks: missing.length > 0 ? [{ head: "", lines: missing }] : [],
          isRest: true,
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

/** `isInstead`: the meeting that it was written for was cancelled. */
function blocksOf(
  update: Update,
  { name, isInstead }: { readonly name: string; readonly isInstead: boolean },
  audience: Audience,
): DigestBlock[] {
  const { month, district, champion, kind, sections } = update;
  const spoken = kind === "oral" ? " (spoken at the meeting)" : "";
  const instead = isInstead
    ? ` (written for the meeting on ${longDate(update.meeting)}, which was cancelled)`
    : "";
  const head = `${name}, ${champion}${spoken}${instead}`;
  const received = "Received. It can be read here after it is attached to the minutes.";
  const about = `${name}'s update`;
  if (audience === "public") return [{ head, about, lines: [received] }];
  const whole = { title: `Read ${name}`, verb: "champions.read", data: { month, district } };
  const [first, ...others] =
    audience === "chair"
      ? inFull(update, name, head)
      : [{ head, lines: SECTIONS.flatMap((section) => inShort(section, sections[section])) }];
  const lines = first && first.lines.length > 0 ? first.lines : ["See the minutes of the meeting."];
  return [{ head, about, ...first, lines, whole }, ...others];
}

/** Every line, those under a heading of the champion's own under that heading. */
function inFull({ sections }: Update, name: string, head: string): DigestBlock[] {
  const blocks: { head: string; lines: string[]; isLedIn: boolean }[] = [];
  for (const section of SECTIONS)
    for (const { heading, items } of underOwnHeadings(sections[section])) {
      const title = SECTION_NAMES[section];
      const last = blocks.at(-1);
      const lines = heading ? [...items] : items.map((item) => `${title}: ${item}`);
      const whose = last ? name : head;
      if (heading) blocks.push({ head: `${whose}, ${title}: ${heading}`, lines, isLedIn: true });
      else if (!last || last.isLedIn) blocks.push({ head: whose, lines, isLedIn: false });
      else last.lines.push(...lines);
    }
  return blocks.map(({ head: over, lines }) => ({ head: over, lines }));
}
