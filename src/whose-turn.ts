import type { Turn } from "./feature.ts";
import type { About, whichCommittee } from "./which-committee.ts";

/** Somebody as Teams signed them in. */
interface SignedIn {
  readonly id: string;
  readonly name: string;
}

interface TurnParts {
  readonly which: ReturnType<typeof whichCommittee>;
  readonly personIn: (
    committee: string,
    signedIn: SignedIn,
    now: Turn["now"],
  ) => Promise<Turn["person"]>;
  /** On one's own machine one speaks as somebody else. */
  readonly whoSpeaks: (signedIn: SignedIn) => Promise<SignedIn>;
}

/** Whose turn it is, and which committee it is about. */
export function whoseTurn({ which, personIn, whoSpeaks }: TurnParts) {
  return turnFor;

  /** With several committees: the named one, the channel's own, or where the person has a role, or the first. */
  async function turnFor(
    signedIn: SignedIn,
    rest: Pick<Turn, "id" | "place" | "now" | "files">,
    about: About = {},
  ): Promise<Turn | undefined> {
    const speaker = await whoSpeaks(signedIn);
    let first: Turn | undefined;
    for (const each of await which.candidates(rest.place, about)) {
      const person = await personIn(each.id, speaker, rest.now);
      const turn = { ...rest, person, committee: each };
      if (person.holdings.length > 0) return turn;
      first ??= turn;
    }
    return first;
  }
}
