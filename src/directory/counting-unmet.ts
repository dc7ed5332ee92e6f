import { dayOf, monthOf } from "../calendar.ts";
import type { Turn } from "../feature.ts";
import type { Asked } from "./cards.ts";
import { COUNTY } from "./nearness.ts";
import type { Question, Wish } from "./question.ts";
import type { SuggestionStore } from "./suggestion-store.ts";
import { afterTyping } from "./typing-pause.ts";
import { listedKind, unmetWords } from "./unmet.ts";

interface CountingParts {
  readonly suggestions: SuggestionStore;
  /** Whether a text may name or describe a person: then it is not kept. */
  readonly personalDataIn: (text: string) => boolean;
  readonly afterwards: (work: Promise<unknown>) => void;
}

/** What was asked, what was made of it, and which of its wishes nothing was found for. */
interface Unmet {
  readonly asked: Pick<Asked, "text" | "district" | "calm">;
  readonly question: Question;
  readonly wishes: readonly Wish[];
}

/** Counts what nothing was found for. Nobody's name is with it. */
export function countingUnmet({ suggestions, personalDataIn, afterwards }: CountingParts) {
  const typed = afterTyping();
  return { count, countTyped };

  /** Keeps no word of a text that may name a person or point at one. */
  function count(turn: Turn, unmet: Unmet): void {
    add(turn, unmet, unmetWords(unmet.asked.text, unmet.wishes, personalDataIn));
  }

  /**
   * The same of a text that is still being typed, once nobody goes on. Where it ends may be half a
   * name, so no word of it is kept: only the kind of service, as a directory lists it.
   */
  function countTyped(turn: Turn, unmet: Unmet): void {
    typed(turn.person.id, () => add(turn, unmet, listedKind(unmet.wishes)));
  }

  function add({ committee, now }: Turn, { asked, question, wishes }: Unmet, words: string): void {
    // A place alone says nothing of what was needed, and danger is no gap in the directory.
    if (wishes.length === 0 || question.safety || asked.calm === "true") return;
    const district = asked.district || question.place?.district || COUNTY;
    const month = monthOf(dayOf(now));
    afterwards(suggestions.countUnmet(committee.id, month, { words, district }));
  }
}
