import type { Search, SearchAnswer } from "../searching.ts";
import { firstPage, placeName, remarksOn } from "./asked.ts";
import { insteadOf, plainCard } from "./cards.ts";
import type { countingUnmet } from "./counting-unmet.ts";
import type { createLiveDirectory } from "./live.ts";
import { ownOrganization, whereInWords } from "./rules.ts";
import type { Service } from "./schema.ts";
import { cut } from "./seeking.ts";
import { widerSearches } from "./wider.ts";

type WritingParts = Pick<ReturnType<typeof createLiveDirectory>, "ready"> &
  ReturnType<typeof countingUnmet> & {
    readonly harmIn: (text: string) => string | undefined;
    readonly wholeAround: (turn: Parameters<Search>[0]) => Promise<Parameters<typeof plainCard>[1]>;
  };

/** The search for a message extension, a message or a list that is typed into. */
export function whileWriting({
  ready,
  harmIn,
  count,
  countTyped,
  wholeAround,
}: WritingParts): Search {
  return async (turn, text, { skip, count: most, written }): Promise<SearchAnswer> => {
    const index = await ready();
    const { committee } = turn;
    const found = index.search({
      ...{ text: cut(text), committee, skip, count: most },
      heard: harmIn(cut(text)),
    });
    const { question, total, unanswered = [] } = found;
    const around = await wholeAround(turn);
    if (written !== undefined && skip === 0) {
      const wishes = total === 0 ? question.wishes : unanswered.map(({ wish }) => wish);
      const unmet = { asked: firstPage(cut(text)), question, wishes };
      if (written === "whole") count(turn, unmet);
      else countTyped(turn, unmet);
    }
    const needs = total > 0 ? [] : widerSearches(question, "", { search: index.search, committee });
    return {
      results: found.hits.map(({ service }) => ({
        id: service.id,
        title: service.name,
        text: lineOf(service),
        card: plainCard(service, around),
      })),
      place: placeName("", question, committee),
      remarks: remarksOn("", found),
      ...(total > 0 ? {} : { instead: insteadOf(needs, around.instead) }),
    };
  };
}

function lineOf(service: Service): string {
  return [
    service.status === "temporarily closed" ? "Temporarily closed" : "",
    whereInWords(service),
    ownOrganization(service),
  ]
    .filter(Boolean)
    .join(" · ");
}
