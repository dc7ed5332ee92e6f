import { districtWithId, type Committee } from "../council.ts";
import { checked } from "../errors.ts";
import type { Asked } from "./cards.ts";
import { saidOf } from "./elsewhere.ts";
import { COUNTY } from "./nearness.ts";
import type { Question } from "./question.ts";
import { FindForm, ON_A_PAGE } from "./schema.ts";
import type { Found } from "./found.ts";
import { cut } from "./seeking.ts";

/** A search as it begins. */
export function firstPage(text: string, district = ""): Asked {
  return { text, district, page: 1, count: ON_A_PAGE, calm: "" };
}

/** Card data is input: only this committee's districts are searched. */
export function readAsked(committee: Committee, data: unknown): Asked {
  const { text, district, page, count, calm } = checked(FindForm, data);
  return {
    text: cut(text.trim()),
    district: knownDistrict(district, committee),
    page,
    count,
    calm,
  };
}

/** A district that can be searched, or the whole county; empty for anything else. */
export function knownDistrict(district: string, committee: Committee): string {
  return district === COUNTY || districtWithId(district, committee) ? district : "";
}

/** "Fenland", "Ramsey and the rest of Huntingdonshire". Empty where no place was asked for. */
export function placeName(district: string, { place }: Question, committee: Committee): string {
  if (district === COUNTY) return "";
  if (district) return districtWithId(district, committee)?.name ?? "";
  if (!place) return "";
  const name = districtWithId(place.district, committee)?.name ?? "";
  return place.isDistrict || place.name === name ? name : `${place.name} and the rest of ${name}`;
}

/** What was made of the words: a place that is not known, and needs answered one by one. */
export function remarksOn(district: string, found: Found): string[] {
  const { question, needs = [], unanswered = [], total } = found;
  const { elsewhere } = question;
  const missing = (isMentioned: boolean) =>
    unanswered.filter((each) => each.isMentioned === isMentioned).map(({ wish }) => wish.typed);
  const met = needs.filter((need) => !unanswered.some(({ wish }) => wish.typed === need));
  return [
    elsewhere && !district ? saidOf(elsewhere) : "",
    met.length > 1 ? `You spoke of ${quoted(met)}. The best for each comes first.` : "",
    total > 0 && missing(false).length > 0 ? `I found nothing for ${quoted(missing(false))}.` : "",
    missing(true).length > 0
      ? `Nothing there is for ${quoted(missing(true))}: what is shown only mentions it. Try the whole county.`
      : "",
  ].filter(Boolean);
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(" and ");
}
