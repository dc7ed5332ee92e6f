import { dayOf, longDate, monthName } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { UserError } from "../errors.ts";
import type { Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { briefState } from "./cards.ts";
import type { ChampionParts } from "./index.ts";
import { statusCard } from "./status-cards.ts";
import { meetingLine, secondMeetingOn, whereTheyGo } from "./written-for.ts";

/** District by district: who has written for a meeting. */
export function updateStatus(
  { store, planFor, championOf }: ChampionParts,
  tryNoticesAgain: (turn: Turn) => void,
) {
  return { showStatus };

  /** Who has written for the next meeting, or for the one that is named by its day or month. */
  async function showStatus(turn: Turn, { dates: [day] = [], month }: Slots): Promise<Card> {
    const { committee, now } = turn;
    tryNoticesAgain(turn);
    const plan = await planFor(committee.id, now);
    const named = day ? plan.on(day) : month && plan.forMonth(month);
    if ((day || month) && !named)
      throw new UserError(
        `I know of no meeting ${day ? `on ${longDate(day)}` : `in ${monthName(month ?? "")}`}. Type meetings to see those that are planned.`,
      );
    const meeting = named || plan.next;
    if (!meeting)
      throw new UserError(
        "No meeting is planned. Ask the committee's officer to add the next one.",
      );
    const { date } = meeting;
    const second = secondMeetingOn(date, plan);
    const months = second ? [second.month] : plan.monthsFor(date);
    const all = await store.ofMonths(committee.id, plan.monthsAround(date));
    const updates = all.filter((update) => plan.meetingOf(update)?.date === date);
    const lines = await Promise.all(
      committee.districts.map(async ({ id, name }) => {
        const holder = await championOf(committee.id, id, dayOf(now));
        const own = updates.filter(({ district }) => district === id);
        const update = own.findLast(({ status }) => status === "submitted") ?? own.at(-1);
        const champion = holder?.name ?? "Vacant";
        if (update) return { districtName: name, champion, state: briefState(update) };
        const elsewhere = all.findLast(
          (each) =>
            each.district === id && each.status === "submitted" && months.includes(each.month),
        );
        if (elsewhere) {
          const state = `${briefState(elsewhere)}, for the meeting on ${meetingLine(elsewhere, plan)}`;
          return { districtName: name, champion, state };
        }
        if (second) return { districtName: name, champion, state: "None asked for" };
        const saved = holder ? await store.draftsOf(committee.id, holder.id, id) : [];
        const isBegun = saved.some(({ draft }) => months.includes(draft.month));
        const nothing = isBegun ? "Draft started" : "Nothing yet";
        return { districtName: name, champion, state: holder ? nothing : "Vacant" };
      }),
    );
    return statusCard(meeting, lines, second ? whereTheyGo(second) : "");
  }
}
