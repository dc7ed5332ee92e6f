import { longDate } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { MeetingDates } from "./rules.ts";

/** District by district: who has written for a meeting. `note` says where its updates go instead. */
export function statusCard(
  meeting: MeetingDates,
  lines: readonly {
    readonly districtName: string;
    readonly champion: string;
    readonly state: string;
  }[],
  note = "",
): Card {
  return fill("champions/status", {
    meeting: longDate(meeting.date),
    deadline: meeting.draftDeadline
      ? longDate(meeting.draftDeadline)
      : "not given in the agenda plan",
    ...{ note, hasNote: note !== "" },
    lines,
  });
}
