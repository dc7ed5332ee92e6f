import { z } from "zod/v4";
import type { Card } from "./card-template.ts";
import type { Instant } from "./calendar.ts";
import type { Committee } from "./council.ts";
import type { PublicPage } from "./public-page.ts";
import type { Slots } from "./slots.ts";

/** What somebody may be. `member` is everyone signed in to the council's tenant. */
export type Role =
  "member" | "champion" | "officer" | "chair" | "safeguarding lead" | "administrator";

/** A role held now. A champion's names the district. */
interface Holding {
  readonly role: Role;
  readonly district?: string;
}

/** Who is speaking: the Entra object id of the authenticated activity, never what a card says. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly holdings: readonly Holding[];
}

/** Where a message was written. */
export const PlaceKind = z.enum(["personal", "group", "channel"]);
export type PlaceKind = z.infer<typeof PlaceKind>;

/** A conversation, with what is needed to write to it later. Rows keep it as JSON. */
export const Place = z.object({
  kind: PlaceKind,
  conversation: z.string(),
  tenant: z.string(),
  serviceUrl: z.string(),
  bot: z.object({ id: z.string(), name: z.string() }),
  team: z.string().optional(),
  channel: z.string().optional(),
  /** A channel's name, where Teams has said it. */
  name: z.string().optional(),
});
export type Place = Readonly<z.infer<typeof Place>>;

/** A file that came with a message. Nothing of it is read before a command asks for it. */
export interface AttachedFile {
  readonly name: string;
  /** Throws a `UserError` when it is larger or cannot be fetched. */
  read(mostBytes: number): Promise<Uint8Array>;
}

/** One message or one press, with everything a feature needs to answer it. */
export interface Turn {
  /** The activity's id: the same when Teams delivers the activity again. */
  readonly id: string;
  readonly person: Person;
  readonly place: Place;
  readonly committee: Committee;
  readonly now: Instant;
  readonly files?: readonly AttachedFile[];
}

/** What a command or a card button asks for before it runs. Anything not named is refused. */
export interface Needs {
  /** Any one of these roles is enough. */
  readonly roles: readonly Role[];
  readonly places: readonly PlaceKind[];
}

/** What somebody can type. Help, the buttons for near misses and the app's own list come from it. */
export interface Command {
  /** Its name for programs, `feature.action`: the same whatever people type. */
  readonly id: string;
  /** What a person types, and its name everywhere: "log update". */
  readonly name: string;
  /** Other ways to say it in so many words. `{district}`, `{month}` and `{committee}` are slots. */
  readonly phrases: readonly string[];
  /** How people ask for it in words of their own: what a guess is learned from. */
  readonly examples: readonly string[];
  /**
   * Which one a day or month without its year is, and a weekday: the one to come, the one that has
   * been, or whichever is nearer. Without it, as it is read: months mostly past, weekdays to come.
   */
  readonly days?: "ahead" | "back" | "near";
  /**
   * The command with all that it can be told, what may be left out in brackets:
   * `kpi {indicator}[ in {district}][ {period}]`. A short question after it changes a part of it.
   */
  readonly full?: string;
  /** It writes, posts or sends something in the end: never taken from words that say not to. */
  readonly changes?: boolean;
  /**
   * People say it with a "not" or a "stop": "do not post the digest" pauses digests. Behind a "not",
   * these words of its own say the opposite: "do not pause the digests".
   */
  readonly saysNo?: readonly string[];
  /** It takes something away or puts it off: whoever says to keep that means something else. */
  readonly ends?: true;
  /**
   * Whether what stands behind its words is a list for it. Such a list is this command's alone:
   * nothing in it is taken for anything else that somebody could say.
   */
  readonly takesList?: (list: string) => boolean;
  /** Said before any words, it takes them as they are: a choice between commands keeps them. */
  readonly takesWords?: string;
  /** One plain sentence for help. */
  readonly purpose: string;
  /** The task it belongs to: the heading in help. */
  readonly task: string;
  readonly needs: Needs;
  run(turn: Turn, slots: Slots): Promise<Card>;
}

/** Why a form is shown again. */
export interface Trouble {
  /** What happened and what to do. */
  readonly problem: string;
  /** False after a fault: the tables may be away, so the form is drawn without asking them. */
  readonly canRead: boolean;
}

/** What a card's button does. */
export interface Verb {
  readonly needs: Needs;
  /** Gives the card that takes the pressed one's place. The data are input like any other. */
  run(turn: Turn, data: unknown): Promise<Card>;
  /**
   * The pressed form again, as it was filled in, with the problem on it: a person never loses
   * what they typed. Without it the problem is answered with a message and the form stays.
   */
  again?(turn: Turn, data: unknown, trouble: Trouble): Promise<Card>;
  /** Whether the new card shows only to whoever pressed, and the posted one stays for others. */
  readonly justForMe?: boolean;
  /** It cannot be done twice: its answer is kept, so that no other replica does it again. */
  readonly isDoneOnce?: boolean;
  /** What somebody may have typed in their own words. Where that sounds like danger, 999 is the answer. */
  freeText?(data: unknown): string;
  /** The answer to danger where what was typed is a form to go back to. It asks no table. */
  heard?(turn: Turn, data: unknown): Promise<Card>;
  /**
   * What is on its cards is kept nowhere else, not even until Teams has delivered the press for the
   * last time. So it has to be safe to do twice.
   */
  readonly isPrivate?: boolean;
}

/** Who can read a channel, as far as Teams says. */
export type Readers = "team" | "private channel" | "outsiders" | "not known";

/**
 * Who reads something. A channel that Teams does not vouch for counts as public. The chair reads
 * a digest of their own in personal chat, and may see what is not published yet.
 */
export type Audience = "committee" | "private" | "public" | "chair";

/** What became of a card sent without being asked for. */
export type Sent =
  | { readonly outcome: "sent"; readonly activity: string }
  /** It did not arrive, and trying again will not help until somebody changes something. */
  | { readonly outcome: "refused"; readonly reason: string }
  /** It may have arrived: the answer was lost. Never sent again without asking. */
  | { readonly outcome: "unknown" };

/**
 * No card is on its way longer than this: the posting gives up before (after 40 seconds at most),
 * and the rest allows for the clocks of two replicas.
 */
export const LONGEST_SENDING_MS = 60_000;

/** Writes into conversations on the bot's own account. */
export interface Posting {
  /** Starts a new conversation in a channel. */
  toChannel(channel: Place, card: Card): Promise<Sent>;
  /** Puts a newer card where one was posted. `activity` is what Teams said of the first. */
  renewInChannel(channel: Place, activity: string, card: Card): Promise<Sent>;
  /** The same in somebody's personal chat. */
  renewForPerson(person: string, from: Place, activity: string, card: Card): Promise<Sent>;
  /** Asks Teams who can read a channel. */
  readersOf(channel: Place): Promise<Readers>;
  /** Asks Teams what a channel is called; undefined where it does not say. */
  nameOf(channel: Place): Promise<string | undefined>;
  /** Writes to somebody's personal chat, reached through a place of the same tenant. */
  toPerson(person: string, from: Place, card: Card): Promise<Sent>;
}

/**
 * Writes down who did what to which record, never the text itself. Append only. Called after the
 * change is made; a trouble with it is logged and undoes nothing.
 */
export type AuditRecord = (turn: Turn, what: string, record: string) => Promise<void>;

/** What a digest is about. */
export interface DigestSubject {
  readonly committee: Committee;
  /** `2019-10-10` */
  readonly meeting: string;
  readonly now: Instant;
}

/** One part of a digest. A part with nothing to say is left out. */
export interface DigestSection {
  readonly title: string;
  readonly blocks: readonly DigestBlock[];
  /** Long texts, which the chair reads after everything that is short. */
  readonly isLong?: boolean;
  /** What another section does not say: a change of it is said of that one. */
  readonly isRest?: boolean;
}

/** A few lines that stay together, and the press that shows the whole of it. */
export interface DigestBlock {
  /** Empty where the lines speak for themselves. */
  readonly head: string;
  readonly lines: readonly string[];
  /** What somebody has sent: "Fenland's update". */
  readonly about?: string;
  readonly whole?: { readonly title: string; readonly verb: string; readonly data: object };
}

/** What a feature has to say in a digest: read once, and said to each audience as it may see it. */
export type DigestSource = (about: DigestSubject) => Promise<(to: Audience) => DigestSection[]>;

type Due = string | readonly string[] | undefined;

/**
 * How a run ended. "changed": what was due is not as it was when it was found, so nothing was done.
 * That is no failure: it is taken up at once as it is now, or left to the next look.
 */
export type Done = "changed" | undefined;

/** Work that nobody asks for: done once each time it is due, by whichever replica takes it. */
export interface Job {
  /** "signposting retention": its name in the table of jobs. */
  readonly name: string;
  /** The runs that are due for the committee now: "2026-11-22" for a daily job. */
  due(committee: Committee, now: Instant): Due | Promise<Due>;
  /** One run. A replica can stop half-way and another begin again, so each step can be repeated. */
  run(committee: Committee, now: Instant, run: string): Promise<Done | void>;
}

/** What a text says of a matter that the feature knows, where no command is named. */
export interface Hunch {
  /** The id of the command that it asks for. */
  readonly command: string;
  /** Whether the text can hardly mean anything else. */
  readonly isSure: boolean;
  /** What it is told there, where the text says it in other words. */
  readonly slots?: Slots;
  /** It goes before whatever else the text may mean: somebody tells of abuse. */
  readonly comesFirst?: boolean;
}

/** A vertical slice of the product. */
export interface Feature {
  readonly commands: readonly Command[];
  /** Keyed `feature.action`. */
  readonly verbs: Readonly<Record<string, Verb>>;
  readonly jobs?: readonly Job[];
  /** What a text that names no command asks for, when it speaks of what the feature is about. */
  readonly hunch?: (turn: Turn, text: string) => Promise<Hunch | undefined>;
  readonly pages?: readonly PublicPage[];
}

export const EVERYONE: readonly Role[] = ["member"];
export const ANYWHERE: readonly PlaceKind[] = ["personal", "group", "channel"];
export const IN_PERSON: readonly PlaceKind[] = ["personal"];

/** Whether the person holds the role now, for that district if one is named. */
export function holds({ holdings }: Person, role: Role, district?: string): boolean {
  if (role === "member") return true;
  return holdings.some(
    (holding) => holding.role === role && (!district || holding.district === district),
  );
}
