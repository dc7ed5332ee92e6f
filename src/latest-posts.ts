import { dayOf, millisecondsBetween, type Day, type Instant } from "./calendar.ts";
import { LONGEST_SENDING_MS } from "./feature.ts";

/** What became of a digest or a reminder, as the outbox has it. */
interface Sending {
  readonly state: string;
  readonly at: string;
  readonly meeting: Day;
}

interface Outboxes {
  /** Every meeting of the plan, the earliest first. */
  readonly meetingsOf: (
    committee: string,
    now: Instant,
  ) => Promise<readonly { readonly date: Day }[]>;
  readonly digestsOf: (committee: string, meeting: Day) => Promise<readonly Sending[]>;
  readonly nudgesOf: (committee: string, meeting: Day) => Promise<readonly Sending[]>;
}

/** So many meetings before a day, and after it, can have had something sent of late. */
const MEETINGS_BEFORE = 3;
const MEETINGS_AFTER = 2;

/** What went out last for the meetings around a day, and how many digests are in doubt. */
export function latestPosts({ meetingsOf, digestsOf, nudgesOf }: Outboxes) {
  return async (committee: string, now: Instant) => {
    const days = (await meetingsOf(committee, now)).map(({ date }) => date);
    const today = dayOf(now);
    const near = [
      ...days.filter((day) => day < today).slice(-MEETINGS_BEFORE),
      ...days.filter((day) => day >= today).slice(0, MEETINGS_AFTER),
    ];
    const of = async (sendings: typeof digestsOf) =>
      (await Promise.all(near.map((day) => sendings(committee, day)))).flat();
    const [digests, nudges] = await Promise.all([of(digestsOf), of(nudgesOf)]);
    return {
      lastDigest: latest(digests),
      lastNudge: latest(nudges),
      doubtful: digests.filter((each) => isInDoubt(each, now)).length,
    };
  };
}

function latest(all: readonly Sending[]): Sending | undefined {
  return all
    .filter(({ state }) => state === "sent")
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .at(-1);
}

/** A claim that has stood longer than any sending takes was left by a replica that is gone. */
function isInDoubt({ state, at }: Sending, now: Instant): boolean {
  return (
    state === "doubtful" ||
    (state === "sending" && millisecondsBetween(at, now) >= LONGEST_SENDING_MS)
  );
}
