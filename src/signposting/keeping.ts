import {
  addMonths,
  dayOf,
  longDate,
  monthName,
  monthOf,
  monthsBackFrom,
  type Instant,
  type Month,
} from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import {
  IN_PERSON,
  type Command,
  type Job,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Committee } from "../council.ts";
import { personalDataIn } from "../personal-data.ts";
import { doneCard } from "./cards.ts";
import type { SignpostingParts } from "./index.ts";
import type { publishing } from "./publishing.ts";
import { beginningOf } from "./rules.ts";
import { HoldForm, type Settings, type Setup } from "./schema.ts";
import type { setting } from "./setting.ts";
import said from "./said.json" with { type: "json" };

/** Months on one card. */
const MONTHS_SHOWN = 12;

/** How long records are kept, what deletes them, and what holds that. */
export function keeping(
  { store, setupStore, audit, auditByItself }: SignpostingParts,
  { around }: ReturnType<typeof setting>,
  { numbersOf, keepRoutes }: ReturnType<typeof publishing>,
) {
  const administrator = { roles: ["administrator"], places: IN_PERSON } as const;
  const task = "Signposting settings";
  const commands: Command[] = [
    {
      id: "signposting.retention",
      name: "retention",
      examples: said.retention,
      phrases: ["signposting retention", "show retention"],
      purpose: "See which signposting records will be deleted, and when.",
      task,
      needs: administrator,
      run: showRetention,
    },
    {
      id: "signposting.hold",
      name: "hold retention",
      changes: true,
      saysNo: ["hold", "stop", "pause"],
      examples: said.hold,
      phrases: ["hold retention {anything}", "stop retention"],
      purpose:
        "Stop the deleting of signposting records, for a reason: hold retention because of a request.",
      task,
      needs: administrator,
      run: async (_turn, { typed = "" }) => holdCard("hold", reasonIn(typed)),
    },
    {
      id: "signposting.release",
      name: "release retention",
      changes: true,
      saysNo: ["release", "delete", "touch", "let"],
      ends: true,
      examples: said.release,
      phrases: ["start retention", "release hold"],
      purpose: "Let signposting records be deleted in their time again.",
      task,
      needs: administrator,
      run: async () => holdCard("release", ""),
    },
  ];
  const verbs: Record<string, Verb> = {
    "signposting.hold": { needs: administrator, run: hold, again: showHoldAgain },
    "signposting.release": { needs: administrator, run: release, again: showReleaseAgain },
  };
  const job: Job = {
    name: "signposting retention",
    due: (_committee, now) => [dayOf(now)],
    run: deleteOld,
  };
  return { commands, verbs, job };

  async function showRetention(turn: Turn): Promise<Card> {
    const { setup } = await around(turn);
    const { retentionMonths, hold: reason } = setup.settings;
    const oldest = monthsToGo(setup, turn.now).slice(0, MONTHS_SHOWN);
    return fill("signposting/retention", {
      months: retentionMonths,
      hasProblem: false,
      problem: "",
      isHeld: reason !== "",
      isFree: reason === "",
      hold: reason,
      next: "What goes next, where there is any:",
      gone: oldest.map((month) => ({
        line: `Records of ${monthName(month)}: from ${longDate(goesOn(month, retentionMonths))}`,
      })),
    });
  }

  async function hold(turn: Turn, data: unknown): Promise<Card> {
    const { reason } = checked(HoldForm, data);
    const text = reason.trim();
    if (text === "") throw new UserError("Enter the reason.");
    if (personalDataIn(text).parts.length > 0)
      throw new UserError("The reason seems to name somebody. Take that out. Nothing was saved.");
    await change(turn, (settings) => ({ ...settings, hold: text }));
    await audit(turn, "held the deleting of signposting records", "");
    return doneCard("Nothing is deleted until somebody types release retention.");
  }

  async function release(turn: Turn): Promise<Card> {
    await change(turn, (settings) => ({ ...settings, hold: "" }));
    await audit(turn, "released the deleting of signposting records", "");
    return doneCard("Records are deleted in their time again, from the next day on.");
  }

  /** Tried once more when somebody changed the settings at the same moment. */
  async function change(turn: Turn, how: (settings: Settings) => Settings): Promise<void> {
    const id = turn.committee.id;
    const found = await setupStore.read(id);
    if (!found) throw new UserError("Signposting is not set up for this committee yet.");
    if (!(await setupStore.saveSettings(id, how(found.setup.settings), found.etag)))
      await change(turn, how);
  }

  /**
   * Publishes each month that is over, mends what a stop left half written, and deletes what has
   * been kept long enough. Each step can be done again, so it may stop anywhere.
   */
  async function deleteOld(committee: Committee, now: Instant): Promise<void> {
    const read = await setupStore.read(committee.id);
    if (!read) return;
    const about = await around({ committee, now });
    const { retentionMonths, hold: reason } = read.setup.settings;
    await keepRoutes(about);
    // Every month is named, with records or without: what is deleted later tells nothing of them.
    await store.rememberMonth(committee.id, monthOf(now));
    for (const month of await store.months(committee.id)) {
      await numbersOf(month, about);
      if (month >= addMonths(monthOf(now), -1)) await mendMonth(committee, month);
      if (reason === "" && goesOn(month, retentionMonths) <= dayOf(now))
        await deleteMonth(committee, month, now);
    }
  }

  async function mendMonth(committee: Committee, month: Month): Promise<void> {
    for (const signpost of await store.ofMonth(committee.id, month))
      await store.mend(committee.id, signpost);
  }

  /**
   * A hold that comes while it runs is felt at the next page. What is written down names the month
   * and no count, before the first record goes and when all are gone.
   */
  async function deleteMonth(committee: Committee, month: Month, now: Instant): Promise<void> {
    const what = "the signposting records kept long enough";
    await auditByItself(committee, now, `began to delete ${what}`, monthName(month));
    for (let isMore = true; isMore;) {
      const read = await setupStore.read(committee.id);
      if (read?.setup.settings.hold !== "") return;
      isMore = await store.removePage(committee.id, month);
    }
    await store.forgetMonth(committee.id, month);
    await auditByItself(committee, now, `deleted ${what}`, monthName(month));
  }
}

/** The months whose records are kept, by the setting alone: which of them have any is not told. */
function monthsToGo({ kindLists, settings }: Setup, now: Instant): Month[] {
  const beginning = beginningOf({ kindLists });
  return monthsBackFrom(monthOf(now), settings.retentionMonths + 1)
    .filter((month) => month >= beginning)
    .toSorted();
}

/** The first day on which a month's records are deleted. */
function goesOn(month: Month, retentionMonths: number): string {
  return `${addMonths(month, retentionMonths + 1)}-01`;
}

async function showHoldAgain(_turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
  return holdCard("hold", checked(HoldForm, data).reason, problem);
}

async function showReleaseAgain(_turn: Turn, _data: unknown, { problem }: Trouble) {
  return holdCard("release", "", problem);
}

function holdCard(what: "hold" | "release", reason: string, problem = ""): Card {
  const isHold = what === "hold";
  return fill("signposting/hold", {
    title: isHold ? "Hold retention" : "Release retention",
    explanation: isHold
      ? "No signposting record is deleted until somebody releases it again. The reason is shown to administrators."
      : "Signposting records are deleted in their time again.",
    hasProblem: problem !== "",
    problem,
    asksReason: isHold,
    releases: !isHold,
    reason,
  });
}

/** What stands behind "because". */
function reasonIn(typed: string): string {
  return /\bbecause\s+(?:of\s+)?(.+)$/is.exec(typed)?.[1]?.trim() ?? "";
}
