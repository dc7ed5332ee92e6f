import { isHidden } from "./disclosure.ts";
import { lengthOf, periodBefore, periodInWords, yearEarlier } from "./periods.ts";
import { datesOf, figureInWords, periodOf } from "./printing.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { hadNotEnded } from "./unfinished.ts";

/** Why a figure has nothing that it can be compared with. */
export function whyNothing(
  figure: StoredFigure,
  series: readonly StoredFigure[],
  indicator: Indicator,
): string {
  const unfit = whyUnfit(figure, indicator);
  if (unfit) return `Nothing: ${unfit}`;
  const period = datesOf(figure);
  if (!period) return "Nothing: the paper gives no period";
  const wanted = [periodBefore(period), yearEarlier(period)];
  const reasons = wanted.flatMap(({ start, end }) => {
    const other = series.find((each) => each.start === start && each.end === end);
    const why = other && whyUnfit(other, indicator);
    return why ? `for ${periodOf(other, indicator)} ${why}` : [];
  });
  if (reasons.length > 0) return `Nothing: ${[...new Set(reasons)].join("; ")}`;
  const hasOthers = series.some((each) => {
    const dates = each === figure ? undefined : datesOf(each);
    return dates && lengthOf(dates) === lengthOf(period);
  });
  return hasOthers
    ? `Nothing: no figure that you can see here is stored for ${[...new Set(wanted.map(periodInWords))].join(" or ")}`
    : "Nothing: no other figure that you can see here covers a period of the same length";
}

/** Why a figure cannot be reckoned with. Empty where it can. */
function whyUnfit(figure: StoredFigure, indicator: Indicator): string {
  if (isHidden(figure)) return "the number is hidden";
  if (figure.qualifier === "about") return "the number is rounded";
  if (figure.status === "not available") return "there is no number";
  if (figure.value === undefined) return "there is a word, not a number";
  if (figure.qualifier === "average") return "the number is an average";
  if (hadNotEnded(figure)) return "the period had not ended when the number was stored";
  return figure.qualifier ? `“${figureInWords(figure, indicator)}” is not an exact number` : "";
}
