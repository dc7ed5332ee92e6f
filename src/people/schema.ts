import { z } from "zod/v4";

/** A role with its term of office. `until` is the last day; without it the role goes on. */
export const DatedRole = z.object({
  role: z.enum(["champion", "officer", "chair", "safeguarding lead", "administrator"]),
  district: z.string().optional(),
  from: z.iso.date(),
  until: z.iso.date().optional(),
});
export type DatedRole = z.infer<typeof DatedRole>;

/** Somebody with roles in a committee. Everyone else in the tenant is a plain member of staff. */
export const CommitteePerson = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  roles: z.array(DatedRole),
});
export type CommitteePerson = z.infer<typeof CommitteePerson>;
