import type { Instant } from "./calendar.ts";
import type { Card } from "./card-template.ts";
import type { Committee } from "./council.ts";
import type { Command, Place, Role, Sent, Turn } from "./feature.ts";
import type { Slots } from "./slots.ts";

/** A part of a paper, as its reader sees it. Text is what somebody typed, or the form's own words. */
export type PaperBlock =
  /** The paper's name, once, at its top. */
  | { readonly kind: "title"; readonly text: string }
  | {
      readonly kind: "heading";
      readonly level: 1 | 2 | 3 | 4;
      readonly text: string;
      readonly startsPage?: boolean;
    }
  | { readonly kind: "text"; readonly text: string }
  /** What the bot says of the paper, so that nobody takes it for a person's words. */
  | { readonly kind: "note"; readonly text: string }
  /** The lines at the head of a form: "Place:", then what is filled in. */
  | { readonly kind: "facts"; readonly facts: readonly (readonly [string, string])[] }
  /** A list with bullets, or with the marks that are given: "a)". */
  | { readonly kind: "items"; readonly items: readonly string[] }
  /** The first row of a table is its header, repeated on each page. Widths are shares of the page. */
  | {
      readonly kind: "table";
      readonly columns: readonly { readonly title: string; readonly share: number }[];
      readonly rows: readonly (readonly string[])[];
      /** Long texts side by side are printed a size smaller. */
      readonly isSmall?: boolean;
    }
  /** A PNG; width and height in pixels. Whoever cannot see it gets the description. */
  | {
      readonly kind: "picture";
      readonly png: Uint8Array;
      readonly width: number;
      readonly height: number;
      readonly description: string;
    };

/** A paper, made: what is in it, and what a person reads of it before they take it. */
export interface PaperDocument {
  /** Also the file's name. */
  readonly title: string;
  readonly isWide?: boolean;
  readonly blocks: readonly PaperBlock[];
  /** What is in it, a line each. */
  readonly summary: readonly string[];
  /** The same as a list for a spreadsheet, where it is one. */
  readonly list?: {
    readonly columns: readonly string[];
    readonly rows: readonly Readonly<Record<string, string>>[];
  };
}

/** What a paper is made for. */
export interface PaperSubject {
  readonly committee: Committee;
  readonly now: Instant;
}

/** What was asked for, in the few words that a button can carry: `{ meeting: "2019-08-08" }`. */
export type Wish = Readonly<Record<string, string>>;

/** A document that can be asked for. It is made anew each time it is fetched. */
export interface Paper {
  /** Its name on buttons and in rows: "updates". */
  readonly name: string;
  /** What a person types for it. */
  readonly command: Pick<Command, "id" | "name" | "phrases" | "examples" | "full" | "purpose">;
  readonly roles: readonly Role[];
  /** What the words ask for. Throws a `UserError`. */
  wish(turn: Turn, slots: Slots): Promise<Wish>;
  /** Makes it from the rows as they stand. The wish is input like any other. Throws a `UserError`. */
  make(subject: PaperSubject, wish: Wish): Promise<PaperDocument>;
}

/** A file, made. */
export interface MadeFile {
  /** With its ending, and safe in every file system. */
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A question in somebody's chat: may this file be put where their own files are? */
export interface FileQuestion {
  readonly name: string;
  readonly description: string;
  /** Bytes. */
  readonly size: number;
  /** What comes back with the answer. */
  readonly offer: string;
}

/** A file that was put where the person's own files are, as Teams names it. */
export interface SavedFile {
  readonly contentUrl: string;
  readonly name: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

/** Hands files to people. Only personal chats have it. */
export interface Files {
  /** Whether the client can ask for consent. The local one cannot. */
  readonly canAsk: boolean;
  ask(person: string, chat: Place, question: FileQuestion): Promise<Sent>;
  /** Puts a file where Teams says. Throws a `UserError` when it is not sure that it is there. */
  upload(address: string, file: MadeFile): Promise<void>;
  /** Shows in the chat that the file is there, one press from opening it. */
  show(person: string, chat: Place, file: SavedFile): Promise<Sent>;
  /** Puts a card where the question was, so that it is not answered twice. */
  replace(chat: Place, message: string, card: Card): Promise<void>;
  /** The address of a download, or undefined where the bot gives none. */
  linkTo(token: string): string | undefined;
}
