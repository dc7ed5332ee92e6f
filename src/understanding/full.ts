import { longDate, monthName } from "../calendar.ts";
import { districtWithId, type Committee } from "../council.ts";
import type { Command } from "../feature.ts";
import type { Slots } from "../slots.ts";

/** The parts of a command in full: a piece of text with the slot in it, and whether it can be left out. */
interface Part {
  readonly text: string;
  readonly slot?: string;
  readonly isOptional: boolean;
}

/** What a slot is called where it takes one thing or another. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ where: "place", time: "period", until: "date", moved: "meeting", from: "date" },
};
const parts = new Map<string, readonly Part[]>();

/** The command with what it was told, as somebody would type it: "kpi library visits in Fenland July 2019". */
export function inFull({ name, full = name }: Command, slots: Slots, committee: Committee): string {
  return partsOf(full)
    .map(({ text, slot }) => {
      const value = slot ? inWords(slot, slots, committee) : "";
      return slot && !value ? "" : text.replace(`{${slot}}`, () => value);
    })
    .join("")
    .replaceAll(/ {2,}/g, " ")
    .trim();
}

/** The slots that the command cannot do without and was not told. */
function missingFrom({ full = "" }: Command, slots: Slots, committee: Committee): string[] {
  return partsOf(full).flatMap(({ slot, isOptional }) =>
    slot && !isOptional && !inWords(slot, slots, committee) ? [slot] : [],
  );
}

/** What the command was told, slot by slot in words, and whether that is enough for it to run. */
export function toldTo(command: Command, slots: Slots, committee: Committee) {
  const told = partsOf(command.full ?? "").flatMap(({ slot }) => {
    const value = slot && inWords(slot, slots, committee);
    const name = slot === "whose" ? (slots.district ? "district" : "person") : slot;
    return name && value ? [[NAMES[name] ?? name, value] as const] : [];
  });
  return {
    slots: Object.fromEntries(told),
    isComplete: missingFrom(command, slots, committee).length === 0,
  };
}

/** Whether a short question after the command can change something of it. */
export function takesMore({ full = "" }: Command): boolean {
  return full.includes("{");
}

function inWords(slot: string, slots: Slots, committee: Committee): string {
  const { dates = [], month, period, place } = slots;
  const [date] = dates;
  const last = dates.at(-1);
  const isMovedTo = dates.length === 1 && /\b(?:to|till|until)\b/i.test(slots.typed ?? "");
  const day = date ? longDate(date) : "";
  const district = districtWithId(slots.district ?? "", committee)?.name ?? "";
  const words: Readonly<Record<string, string | undefined>> = {
    district,
    where: place ?? district,
    date: day,
    from: /\b(?:from|since|starting)\b/i.test(slots.typed ?? "") ? day : "",
    role: slots.role,
    status: slots.status,
    whose: district || slots.person,
    // "from Monday until Friday"
    until: last ? longDate(last) : "",
    month: month && monthName(month),
    meeting: day || (month && monthName(month)),
    // "the november meeting to the 28th", "the next meeting to friday"
    moved: month ? monthName(month) : isMovedTo ? "" : day,
    to: last && (month || dates.length > 1 || isMovedTo) ? longDate(last) : "",
    time: period ?? (day || (month && monthName(month))),
    indicator: slots.indicator,
    need: slots.need,
    person: slots.person,
    reference: slots.reference,
    action: slots.action,
  };
  return words[slot] ?? "";
}

function partsOf(full: string): readonly Part[] {
  const known = parts.get(full);
  if (known) return known;
  const read = full.split(/(\[[^\]]*\]|\{\w+\})/).flatMap((piece): Part[] => {
    if (!piece) return [];
    const slot = /\{(\w+)\}/.exec(piece)?.[1];
    const isOptional = piece.startsWith("[");
    const text = isOptional ? piece.slice(1, -1) : piece;
    return [slot ? { text, slot, isOptional } : { text, isOptional }];
  });
  parts.set(full, read);
  return read;
}
