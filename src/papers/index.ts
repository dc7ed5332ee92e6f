import { dayOf, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import { checked } from "../errors.ts";
import { IN_PERSON, type AuditRecord, type Feature, type Person, type Verb } from "../feature.ts";
import type { Files, MadeFile, Paper } from "../paper.ts";
import { actionsPaper, type ActionSources } from "./actions.ts";
import { consents } from "./consents.ts";
import { downloads } from "./downloads.ts";
import { offering } from "./offering.ts";
import { reviewPaper, type ReviewSources } from "./review.ts";
import { RecipeForm } from "./schema.ts";
import type { OfferStore } from "./store.ts";
import { updatesPaper, type UpdateSources } from "./updates.ts";

/** What this feature needs from the rest of the product. */
export interface PaperParts extends UpdateSources, ReviewSources, ActionSources {
  readonly store: OfferStore;
  readonly files: Files;
  /** Papers that other features make. */
  readonly others?: readonly Paper[];
  readonly committeeWithId: (id: string) => Promise<Committee | undefined>;
  /** Somebody with the roles that they hold now. */
  readonly personIn: (
    committee: string,
    somebody: { readonly id: string; readonly name: string },
    now: Instant,
  ) => Promise<Person>;
  readonly audit: AuditRecord;
  readonly auditRefusal: (turn: Parameters<AuditRecord>[0], what: string) => Promise<void>;
  /** Work that nobody waits for, until the bot stops. */
  readonly afterwards: (work: Promise<unknown>) => void;
}

/** The feature, and what a link gives. */
export interface Papers extends Feature {
  /** The file of a link, or undefined where the link is none, is over, or its person may not. */
  readonly download: (token: string, now: Instant) => Promise<MadeFile | undefined>;
}

/** The committee's papers as files: offered, asked about, and made anew when they are fetched. */
export function papers(parts: PaperParts): Papers {
  const all = [
    updatesPaper(parts),
    reviewPaper(parts),
    actionsPaper(parts),
    ...(parts.others ?? []),
  ];
  const roles = [...new Set(all.flatMap((paper) => paper.roles))];
  const needs = { roles, places: IN_PERSON };
  const offers = offering(all, parts);
  const answers = consents(offers, parts);
  const verbs: Record<string, Verb> = {
    "papers.offer": {
      needs,
      run: async (turn, data) => offers.offer(turn, checked(RecipeForm, data)),
    },
    "papers.accept": { needs, run: answers.accept },
    "papers.decline": { needs, run: answers.decline },
  };
  return {
    commands: all.map((paper) => ({
      ...paper.command,
      task: "Papers",
      needs: { roles: paper.roles, places: IN_PERSON },
      run: async (turn, slots): Promise<Card> => {
        const wish = await paper.wish(turn, slots);
        const isList = /\b(csv|excel|spreadsheet)\b/i.test(slots.typed ?? "");
        const format = isList ? "csv" : "word";
        return offers.offer(turn, { paper: paper.name, wish, format, way: "consent" });
      },
    })),
    verbs,
    jobs: [
      {
        name: "old offers of files",
        due: (_committee, now) => dayOf(now),
        run: async ({ id }, now) => parts.store.sweep(id, dayOf(now)),
      },
    ],
    download: downloads(offers, parts),
  };
}
