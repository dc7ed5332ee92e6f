import {
  addMonths,
  dayOf,
  longDate,
  monthName,
  monthOf,
  monthsBackFrom,
  type Month,
} from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { districtWithId } from "../council.ts";
import { checked, NotAllowed, UserError } from "../errors.ts";
import { EVERYONE, holds, IN_PERSON, type Command, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import {
  historyCard,
  stateLine,
  updateCard,
  whichDistrictCard,
  yearCard,
  type UpdateRights,
} from "./cards.ts";
import { keptDrafts } from "./drafts.ts";
import type { ChampionParts } from "./index.ts";
import { UpdateReference, type Update } from "./schema.ts";
import { updateStatus } from "./status.ts";
import { districtOfChampion } from "./whose.ts";
import { meetingLine } from "./written-for.ts";
import said from "./said.json" with { type: "json" };

const MONTHS_IN_A_YEAR = 12;
/** How far back an update's items are looked for, to carry them forward. */
const MONTHS_REMEMBERED = 6;
/** Those who may read an update before it is attached to the minutes. */
export const COMMITTEE_ROLES = ["champion", "officer", "chair", "administrator"] as const;

/** Finding updates: one's own year, one update, its versions, and who has written. */
export function reading(parts: ChampionParts, tryNoticesAgain: (turn: Turn) => void) {
  const { store, planFor, championOf } = parts;
  const { showStatus } = updateStatus(parts, tryNoticesAgain);
  const drafts = keptDrafts(store);
  const anyone = { roles: EVERYONE, places: IN_PERSON };
  const committeeOnly = { roles: COMMITTEE_ROLES, places: IN_PERSON };
  const task = "Updates of the districts";
  const commands: Command[] = [
    {
      id: "champions.mine",
      name: "my updates",
      examples: said.mine,
      phrases: [
        "my updates {district}",
        "show my updates",
        "list my updates",
        "what have i sent",
        "updates",
      ],
      purpose: "See what you have sent in the last 12 months, and open your drafts.",
      task: "Your monthly update",
      needs: { roles: ["champion"], places: IN_PERSON },
      run: showYear,
    },
    {
      id: "champions.show",
      name: "show update",
      full: "show update {whose}[ {month}][ {date}]",
      examples: said.show,
      phrases: [
        "show update {district}",
        "show update {district} {month}",
        "show {district} update",
        "show {district} update {month}",
        "{district} update",
        "{district} update {month}",
        "update {district}",
        "update {district} {month}",
        "read update {district}",
        "read update {district} {month}",
        "show update {month} {district}",
        // A place that is no district is answered with those there are.
        "show update {anything}",
      ],
      purpose: "Read one district's update: show update Fenland August 2019.",
      task,
      needs: anyone,
      run: showUpdate,
    },
    {
      id: "champions.status",
      name: "update status",
      full: "update status[ for {meeting}]",
      days: "near",
      examples: said.status,
      phrases: [
        "status",
        "updates status",
        "show update status",
        "status of updates",
        "who has submitted",
        "who has not submitted",
        "who hasn't submitted",
        "who is missing",
        "who has sent update",
        "who has sent updates",
        "missing updates",
      ],
      purpose: "See who has written for the next meeting.",
      task,
      needs: committeeOnly,
      run: showStatus,
    },
  ];
  const verbs: Record<string, Verb> = {
    "champions.show": { needs: anyone, run: showReferenced },
    "champions.history": { needs: committeeOnly, run: showHistory },
    "champions.version": { needs: committeeOnly, run: showVersion },
  };
  return { commands, verbs, rightsOver, lastWritten };

  async function showYear(turn: Turn, slots: Slots): Promise<Card> {
    const { committee, person, now } = turn;
    const own = person.holdings.find(({ role }) => role === "champion")?.district ?? "";
    const district =
      slots.district && holds(person, "champion", slots.district) ? slots.district : own;
    // The open month may be the next one already, so the year ends a month ahead.
    const latest = addMonths(monthOf(now), 1);
    const months = monthsBackFrom(latest, MONTHS_IN_A_YEAR + 1);
    const unsent = await drafts.unsent(turn, district);
    const lines = await Promise.all(
      months.map(async (month) => {
        const stored = await store.find(committee.id, month, district);
        const isBegun = unsent.some(({ draft }) => draft.month === month);
        const state = stored ? stateLine(stored.update) : isBegun ? "Draft" : "Nothing";
        return { month, district, state, canShow: Boolean(stored) };
      }),
    );
    const [ahead, ...past] = lines;
    const shown = ahead && ahead.state !== "Nothing" ? [ahead, ...past.slice(0, -1)] : past;
    return yearCard(districtWithId(district, committee)?.name ?? district, shown, unsent);
  }

  async function showUpdate(turn: Turn, slots: Slots): Promise<Card> {
    const { committee, person, now } = turn;
    const said = slots.district ? undefined : (slots.person ?? slots.unread);
    const ofSomebody = said ? await districtOfChampion(championOf, turn, said) : undefined;
    const { district = ofSomebody, month } = slots;
    const unread = ofSomebody ? "" : (slots.unread ?? "");
    if (!district) return whichDistrictCard(committee, unread);
    const name = districtWithId(district, committee)?.name ?? district;
    if (unread)
      throw new UserError(
        `I did not understand “${unread}”. Name the month and the year: show update ${name} August 2019.`,
      );
    const months = month ? [month] : await monthsAsked(turn, slots);
    const updates = await Promise.all(
      months.map((each) => store.find(committee.id, each, district)),
    );
    const found =
      updates.find((stored) => stored?.update.status === "submitted") ?? updates.find(Boolean);
    if (found) return showReadable(turn, found.update);
    const when = month ? monthName(month) : "the last six months";
    const unsent = holds(person, "champion", district) ? await drafts.unsent(turn, district) : [];
    const draft = unsent.find((each) => months.includes(each.draft.month))?.draft;
    if (draft)
      throw new UserError(
        `You have a draft for ${monthName(draft.month)} that you have not sent. Only you can see it. Type log update ${monthName(draft.month)} to go on with it.`,
      );
    const holder = await championOf(committee.id, district, dayOf(now));
    const next = holder
      ? "Try another month."
      : "It has no champion at the moment, so nobody writes for it.";
    throw new UserError(`There is no update from ${name} for ${when}. ${next}`);
  }

  /** Those of the meeting that is named, or else the last ones. */
  async function monthsAsked({ committee, now }: Turn, { dates: [date] = [] }: Slots) {
    const plan = date ? await planFor(committee.id, now) : undefined;
    const months = date && plan?.on(date) ? plan.monthsFor(date) : [];
    return months.length > 0 ? months : monthsBackFrom(monthOf(now), MONTHS_REMEMBERED);
  }

  async function showReferenced(turn: Turn, data: unknown): Promise<Card> {
    const { month, district } = checked(UpdateReference, data);
    return showUpdate(turn, { month, district });
  }

  /** Before the meeting an update is the committee's; then it is attached to the minutes. */
  async function showReadable(turn: Turn, update: Update): Promise<Card> {
    const isCommittee = COMMITTEE_ROLES.some((role) => holds(turn.person, role));
    const plan = await planFor(turn.committee.id, turn.now);
    const meeting = plan.meetingOf(update)?.date ?? update.meeting;
    if (!isCommittee && meeting >= dayOf(turn.now))
      throw new NotAllowed(
        `The update for ${monthName(update.month)} goes to the meeting on ${longDate(meeting)}. You can read it here after that meeting.`,
      );
    if (update.status === "withdrawn" && !mayReadWithdrawn(turn, update.district))
      throw new NotAllowed(`The update for ${monthName(update.month)} was withdrawn.`);
    return updateCard(update, turn.committee, {
      ...rightsOver(turn, update),
      meeting: meetingLine(update, plan),
    });
  }

  async function showHistory(turn: Turn, data: unknown): Promise<Card> {
    const { month, district } = checked(UpdateReference, data);
    return historyCard(await readableVersions(turn, month, district), turn.committee);
  }

  async function showVersion(turn: Turn, data: unknown): Promise<Card> {
    const { month, district, version } = checked(UpdateReference, data);
    const versions = await readableVersions(turn, month, district);
    const update = versions.find((each) => each.version === (version ?? 1));
    if (!update)
      throw new UserError("There is no such version. Press History again to see those there are.");
    return updateCard(update, turn.committee, {
      canEdit: false,
      canSeeHistory: true,
      newest: versions[0]?.version ?? update.version,
    });
  }

  /** The newest first. What was withdrawn is not the rest of the committee's any more, even in old versions. */
  async function readableVersions(turn: Turn, month: Month, district: string): Promise<Update[]> {
    const versions = await store.versions(turn.committee.id, month, district);
    const withdrawal = versions.findIndex(({ status }) => status === "withdrawn");
    if (versions.length === 0)
      throw new UserError("There is no such update. Type my updates to see yours.");
    if (withdrawal === -1 || mayReadWithdrawn(turn, district)) return versions;
    if (withdrawal === 0) throw new NotAllowed(`The update for ${monthName(month)} was withdrawn.`);
    return versions.slice(0, withdrawal);
  }

  /** The district's last written update before a month. */
  async function lastWritten(committee: string, district: string, before: Month) {
    // Nearly always it is the month before, so the older ones are asked for only where it is not.
    for (const month of monthsBackFrom(addMonths(before, -1), MONTHS_REMEMBERED)) {
      const update = (await store.find(committee, month, district))?.update;
      if (update?.status === "submitted" && update.kind === "written") return update;
    }
    return undefined;
  }

  function rightsOver({ person }: Turn, { district, kind }: Update): UpdateRights {
    return {
      canEdit: kind === "written" && holds(person, "champion", district),
      canSeeHistory: COMMITTEE_ROLES.some((role) => holds(person, role)),
    };
  }
}

function mayReadWithdrawn({ person }: Turn, district: string): boolean {
  return holds(person, "champion", district) || holds(person, "officer");
}
