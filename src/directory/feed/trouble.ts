/** Why a feed could not be read: for good, or for now, and then perhaps with how long to wait. */
export class FeedTrouble extends Error {
  override readonly name = "FeedTrouble";
  readonly kind: "for good" | "for now";
  /** Milliseconds that the feed asked us to wait. */
  readonly wait: number | undefined;

  /** What happened is a plain sentence: it is shown on the card as it is. */
  constructor(what: string, kind: "for good" | "for now", wait?: number) {
    super(what);
    this.kind = kind;
    this.wait = wait;
  }
}
