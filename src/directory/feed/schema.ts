import { z } from "zod/v4";
import { Place } from "../../feature.ts";

/** What a reading came to. */
const State = z.enum([
  "reading",
  /** So many services are gone that somebody has to look first. */
  "held",
  "applying",
  /** All is in the directory; what was put aside is being cleared away. */
  "tidying",
  "done",
  /** The feed is away or asks us to wait: goes on later from the page it reached. */
  "paused",
  "failed",
  "discarded",
  /** Somebody takes the feed out, and then has done so. */
  "removing",
  "removed",
]);

const Count = z.number().int().default(0);

/** One reading of a feed: how far it is. It is all that another replica needs to carry on. */
export const Reading = z.object({
  run: z.string(),
  state: State,
  /** The day for which it was begun: a daily one is begun once on each. */
  day: z.iso.date(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  /** The replica that is at work, and when it was last heard of by the computer's clock. */
  holder: z.string().optional(),
  heardAt: z.string().optional(),
  standard: z.string().optional(),
  /** Where the list is, once it is known. */
  list: z.string().optional(),
  firstPage: Count,
  /** Whether each service has to be asked for by itself. */
  isShort: z.boolean().default(false),
  /** Pages read and put aside, and how many of them had not changed. */
  pages: Count,
  unchanged: Count,
  /** Whether the last page is read. */
  isRead: z.boolean().default(false),
  /** Records that came, and what became of them. */
  records: Count,
  accepted: Count,
  refused: Count,
  mended: Count,
  repeated: Count,
  bytes: Count,
  /** How many services the feed says that it has. */
  total: z.number().optional(),
  /** The page at which the feed began to repeat itself. */
  repeatsFrom: z.number().optional(),
  /** Rows of services that were put aside, and how many of them are in the directory. */
  batches: Count,
  applied: Count,
  /** Services of the reading before that are not in the feed any more. */
  vanished: Count,
  added: Count,
  changed: Count,
  same: Count,
  /** Not taken, because the id is an entry's of another origin. */
  kept: Count,
  problem: z.string().optional(),
  /** The reading whose pages can go once this one is in the directory. */
  replaces: z.string().optional(),
  /** Whether somebody asked for it, and so hears of it when all went well too. */
  isAsked: z.boolean().default(false),
  /** How many times in a row it has paused without getting any further. */
  pauses: Count,
  /** The message that tells of the trouble that it is in, renewed until the trouble is over. */
  troubleTold: z.string().optional(),
  /** No request before this time, by the computer's clock. */
  notBefore: z.string().optional(),
});
export type Reading = z.infer<typeof Reading>;

/** A feed, or a list that somebody gave, with its last reading. */
export const Feed = z.object({
  id: z.string(),
  committee: z.string(),
  name: z.string(),
  /** Missing for a list from a file. */
  url: z.string().optional(),
  isDaily: z.boolean(),
  /** Who hears what became of it, and where. Nobody when it came from the command line. */
  hears: z.object({ person: z.string(), place: Place }).optional(),
  /** The press or message that last asked for it: delivered again, it is the same. */
  operation: z.string().optional(),
  /** The reading that is in the directory. */
  applied: z
    .object({
      run: z.string(),
      at: z.string(),
      services: z.number(),
      /** What read it: pages that have not changed are read again by a later reader. */
      reader: z.number(),
    })
    .optional(),
  reading: Reading.optional(),
});
export type Feed = z.infer<typeof Feed>;

/** The form for an import. Teams leaves empty fields out. */
export const ImportForm = z.object({
  address: z.string().trim().max(2000).default(""),
  list: z.string().max(8000).default(""),
  name: z.string().trim().max(100).default(""),
});
export type ImportForm = z.infer<typeof ImportForm>;

/** A feed's id is short. A longer one is forged, and too long to look for: no feed has it. */
const FeedId = z.string().transform((id) => (id.length > 100 ? "" : id));

/** Which feed, and which of its readings, a button is about. */
export const ReadingReference = z.object({ feed: FeedId, run: z.string().default("") });
/** Which of the records that were not taken are shown next. */
export const FaultsReference = ReadingReference.extend({
  from: z.coerce.number().int().min(0).default(0),
});
/** One of the feeds on a card. */
export const FeedChoice = z.object({ feed: FeedId.default("") });
