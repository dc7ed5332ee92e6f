import type { Card } from "../card-template.ts";
import { checked, NotAllowed, UserError } from "../errors.ts";
import type { Turn } from "../feature.ts";
import type { MadeFile } from "../paper.ts";
import { settledCard } from "./cards.ts";
import type { PaperParts } from "./index.ts";
import { wishOf, type Offering } from "./offering.ts";
import { isOver } from "./rules.ts";
import { Consent, type Offer, type Recipe, type Upload } from "./schema.ts";

/** What a person answers to the question whether a file may be saved. */
export function consents(
  { make, paperFor }: Offering,
  { store, files, audit, afterwards }: PaperParts,
) {
  return { accept, decline };

  /** Made and checked first; once it is taken, nobody can take it again. */
  async function accept(turn: Turn, data: unknown): Promise<Card> {
    const { offer: token, message, upload } = checked(Consent, data);
    const found = await open(turn, token);
    const { recipe } = found.offer;
    const file = await make(turn, paperFor(turn, recipe), recipe);
    if (!upload) throw new UserError("Teams did not say where to save the file. Ask for it again.");
    if (!(await store.settle(token, found, "taken"))) throw new UserError(settledAlready("taken"));
    afterwards(save({ turn, message, upload, recipe, file }));
    return settledCard({ outcome: "saving", name: file.name, recipe });
  }

  async function decline(turn: Turn, data: unknown): Promise<Card> {
    const { offer: token } = checked(Consent, data);
    const found = await open(turn, token);
    if (!(await store.settle(token, found, "declined")))
      throw new UserError(settledAlready("taken"));
    const { recipe } = found.offer;
    return settledCard({ outcome: "declined", name: "The file", recipe });
  }

  /** Teams waits 5 seconds for an answer, and a file can take longer. */
  async function save({ turn, message, upload, recipe, file }: Saving): Promise<void> {
    const { place, person } = turn;
    try {
      await files.upload(upload.uploadUrl, file);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { name } = file;
      const card = settledCard({ outcome: "failed", name, recipe, problem: error.message });
      return files.replace(place, message, card);
    }
    await audit(turn, `saved ${recipe.paper} as ${recipe.format} to OneDrive`, wishOf(recipe));
    await files.replace(
      place,
      message,
      settledCard({ outcome: "saved", name: upload.name, recipe }),
    );
    await files.show(person.id, place, upload);
  }

  /** The offer, if it is this person's and was not answered yet. Throws a UserError. */
  async function open({ person, committee, now }: Turn, token: string) {
    const found = await store.find(token);
    if (!found || found.offer.way !== "consent" || found.committee !== committee.id)
      throw new UserError("I do not know this file any more. Ask for it again.");
    const { offer } = found;
    if (offer.person.id !== person.id)
      throw new NotAllowed("This file was offered to somebody else. Ask for it yourself.");
    if (offer.state !== "open") throw new UserError(settledAlready(offer.state));
    if (isOver(offer, now))
      throw new UserError("This was offered more than a day ago. Ask for the file again.");
    return found;
  }
}

interface Saving {
  readonly turn: Turn;
  readonly message: string;
  readonly upload: Upload;
  readonly recipe: Recipe;
  readonly file: MadeFile;
}

function settledAlready(state: Offer["state"]): string {
  return state === "declined"
    ? "You declined this file. Ask for it again to get it."
    : "You accepted this file already. If it is not in your OneDrive, ask for it again.";
}
