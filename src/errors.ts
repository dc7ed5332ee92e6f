import type { z } from "zod/v4";

/**
 * A mistake or a situation that the person can do something about. The message says what
 * happened and what to do, in plain words, and is shown to them as it is.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** Somebody asked for what is not theirs to have. It is said plainly, and written down. */
export class NotAllowed extends UserError {}

/**
 * What a card sent back, in the shape that its button promises. Card data are input like any
 * other: a forged or outdated card gets a plain answer. Throws a UserError.
 */
export function checked<Shape>(schema: z.ZodType<Shape>, data: unknown): Shape {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  throw new UserError("This card is out of date. Type help to start again.");
}
