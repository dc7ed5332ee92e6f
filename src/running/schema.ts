import { z } from "zod/v4";

/** A replica as it last said of itself, by its computer's clock. */
export const Replica = z.object({
  version: z.string(),
  startedAt: z.iso.datetime(),
  at: z.iso.datetime(),
});
export type Replica = Readonly<z.infer<typeof Replica>>;

/** A time in which no replica was at work, by the clock of the first one after it. */
export const Away = z.object({ from: z.iso.datetime(), until: z.iso.datetime() });
export type Away = Readonly<z.infer<typeof Away>>;
