import committeeFile from "../../data/committee.json" with { type: "json" };
import { createClock } from "../../src/calendar.ts";
import { Committee } from "../../src/council.ts";
import { expiryCard, statusCard } from "../../src/running/cards.ts";
import type { Sample } from "./cards.ts";

const NOW = createClock("2019-09-25T09:00")();
const committee = Committee.parse(committeeFile);
const at = "2019-09-25T07:30:00Z";
const QUIET = {
  ...{ committee, now: NOW, replicas: [], feeds: [], credential: undefined },
  posts: { lastDigest: undefined, lastNudge: undefined, doubtful: 0 },
};

/** Every card about the bot itself. */
export function runningSamples(): Sample[] {
  const sent = { at, meeting: "2019-10-10" };
  const replica = (version: string) => ({ version, startedAt: at, at });
  const feeds = Array.from({ length: 12 }, (_, number) => ({
    name: `Directory of district ${number}`,
    isDaily: true,
    applied: number === 1 ? undefined : { at: `2019-09-${10 + number}T05:00:00Z`, services: 900 },
  }));
  const full = {
    ...QUIET,
    ...{ replicas: Array.from({ length: 10 }, () => replica("0.1.0")), feeds },
    posts: { lastDigest: sent, lastNudge: sent, doubtful: 2 },
    credential: { kind: "client secret", expires: "2019-10-20" } as const,
  };
  const status = (occasion: string, card = statusCard(QUIET)) => ({
    ...{ name: "running/status", occasion, card },
  });
  return [
    status("with nothing to tell"),
    status("with everything", statusCard(full)),
    status(
      "while it is updated",
      statusCard({ ...full, replicas: [replica("0.1.0"), replica("0.2.0")] }),
    ),
    ...["2019-11-24", "2019-09-26", "2019-09-25", "2019-09-24"].map((expires) => ({
      name: "running/expiry",
      occasion: `on ${expires}`,
      card: expiryCard("certificate", expires, "2019-09-25"),
    })),
  ];
}
