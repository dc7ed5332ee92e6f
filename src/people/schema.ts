import { z } from "zod/v4";

/** The roles that are given and ended, in the order in which they are shown. */
export const ROLES = [
  "champion",
  "officer",
  "chair",
  "safeguarding lead",
  "administrator",
] as const;
const GivenRole = z.enum(ROLES);

/** A role with its term of office. `until` is the last day; without it the role goes on. */
export const DatedRole = z.object({
  role: GivenRole,
  district: z.string().optional(),
  from: z.iso.date(),
  until: z.iso.date().optional(),
  /** The question it was given on. The same one pressed again, even later, gives nothing more. */
  operation: z.string().optional(),
});
export type DatedRole = z.infer<typeof DatedRole>;

/** Somebody with roles in a committee. Everyone else in the tenant is a plain member of staff. */
export const CommitteePerson = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  roles: z.array(DatedRole),
});
export type CommitteePerson = z.infer<typeof CommitteePerson>;

/** A role for somebody, as it is to be given. */
export const Grant = DatedRole.extend({ id: z.string().min(1), name: z.string().min(1) });
export type Grant = z.infer<typeof Grant>;

/** The form for giving a role. Teams leaves empty fields out. */
export const RoleForm = z.object({
  role: z.string().default(""),
  district: z.string().default(""),
  /** Chosen from the people on offer, or from the council's directory in Teams. */
  person: z.string().default(""),
  id: z.string().default(""),
  name: z.string().default(""),
  from: z.string().default(""),
  until: z.string().default(""),
  operation: z.string().max(200).default(""),
});
export type RoleForm = z.infer<typeof RoleForm>;

/** The form for ending a role: which one (`id/role/district/from`) and its last day. */
export const EndForm = z.object({ holding: z.string().default(""), until: z.string().default("") });
export type EndForm = z.infer<typeof EndForm>;

/** A pasted list of roles. */
export const ImportForm = z.object({ csv: z.string().default("") });
