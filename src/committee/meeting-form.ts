import { onDay, plannedOn } from "./planning.ts";
import type { Meeting, MeetingForm, Stored } from "./schema.ts";

/** The form of a meeting that is not there yet. */
export const EMPTY_MEETING: MeetingForm = {
  ...{ was: "", version: 0, date: "", time: "", venue: "", kind: "committee meeting" },
  ...{ draftDeadline: "", publication: "" },
};

/** The form of a meeting as it stands. */
export function formOf({ value, version }: Stored<Meeting>): MeetingForm {
  const { date, kind, time = "", venue = "", draftDeadline = "", publication = "" } = value;
  return { was: date, version, date, kind, time, venue, draftDeadline, publication };
}

/** Deadlines of the old date mean nothing for the new one. Those typed anew stay. */
export function withoutOldDeadlines(
  form: MeetingForm,
  stored: readonly Stored<Meeting>[],
): MeetingForm {
  const was = form.was && form.was !== form.date && plannedOn(form.was, stored)?.value;
  if (!was) return form;
  return {
    ...form,
    draftDeadline: form.draftDeadline === was.draftDeadline ? "" : form.draftDeadline,
    publication: form.publication === was.publication ? "" : form.publication,
  };
}

/** A second press of the same button finds everything as it asked for. */
export function alreadyDone(
  form: MeetingForm,
  stored: readonly Stored<Meeting>[],
): Meeting | undefined {
  const there = plannedOn(form.date, stored)?.value;
  if (!there || form.was === form.date) return undefined;
  const was = onDay(form.was, stored)?.value;
  const isMoved = was?.state === "moved" && was.movedTo === form.date;
  const isSame = (there.time ?? "") === form.time && (there.venue ?? "") === form.venue;
  const isDated =
    (there.draftDeadline ?? "") === form.draftDeadline &&
    (there.publication ?? "") === form.publication;
  return (isMoved || form.was === "") && isSame && isDated ? there : undefined;
}
