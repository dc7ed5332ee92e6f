import { fill, type Card } from "../card-template.ts";
import type { PaperDocument } from "../paper.ts";
import type { Recipe } from "./schema.ts";

/** A file on offer: what is in it, and how to get it. */
export interface OfferedFile {
  readonly recipe: Recipe;
  readonly document: PaperDocument;
  /** The file's. */
  readonly name: string;
  /** Where it is offered by a link. */
  readonly link: { readonly address: string; readonly until: string } | undefined;
  readonly canLink: boolean;
}

const WORDS = {
  saving: {
    heading: "The file is being saved",
    text: (name: string) => `${name} is on its way to your OneDrive.`,
  },
  saved: {
    heading: "The file is saved",
    text: (name: string) => `${name} is in your OneDrive. Open it from the message below.`,
  },
  declined: {
    heading: "Nothing was saved",
    text: () => "You did not want the file. You can get it again at any time.",
  },
  /** It says in its text whether the file is there, is not there, or may be. */
  failed: {
    heading: "There is a problem with the file",
    text: (_name: string, problem: string) => problem,
  },
};

/** What became of a question whether a file may be saved. */
export interface Settled {
  readonly outcome: keyof typeof WORDS;
  readonly name: string;
  readonly recipe: Recipe;
  readonly problem?: string;
}

/** What the file holds, and how to get it: by Allow on the card before, or by a link. */
export function offerCard({ recipe, document, name, link, canLink }: OfferedFile): Card {
  const { paper, wish, format } = recipe;
  return fill("papers/offer", {
    ...{ paper, wish, format, title: document.title, name },
    summary: document.summary.map((line) => ({ line })),
    isAsked: !link,
    isLink: Boolean(link),
    canLink: canLink && !link,
    address: link?.address ?? "",
    until: link?.until ?? "",
    canBeList: Boolean(document.list) && format === "word",
    canBeWord: format === "csv",
  });
}

/** What takes the place of the question. */
export function settledCard({ outcome, name, recipe, problem = "" }: Settled): Card {
  const { heading, text } = WORDS[outcome];
  const canRepeat = outcome === "declined" || outcome === "failed";
  return fill("papers/settled", { ...recipe, heading, text: text(name, problem), canRepeat });
}
