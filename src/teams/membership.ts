import { TeamsInfo, type TurnContext } from "botbuilder";
import { z } from "zod/v4";
import type { Identity } from "../config.ts";
import { ConnectorError } from "./transport.ts";

/** Whether somebody may talk to the bot at all. */
type Standing = "member" | "stranger" | "not known";

/** A guest made a member, or the reverse, is felt within this time. */
const REMEMBER_MS = 60 * 60 * 1000;
/** Teams can be wrong about somebody for a moment, and nobody waits an hour for that. */
const STRANGER_MS = 60_000;
/** People are few thousands in a council; beyond this the oldest are asked for again. */
const MOST_REMEMBERED = 10_000;

const Member = z.object({
  aadObjectId: z.string().optional(),
  tenantId: z.string().optional(),
  userRole: z.string().optional(),
});

/**
 * Guests and people of other tenants sit in the council's own teams and shared channels, so the
 * tenant of a conversation says nothing about the person. Teams is asked for the person, and the
 * answer is remembered for an hour.
 */
export function createMembership(identity: Identity) {
  const remembered = new Map<string, { standing: Standing; readAt: number }>();
  return standingOf;

  async function standingOf(context: TurnContext): Promise<Standing> {
    if (identity.kind === "off") return "member";
    const { id, aadObjectId } = context.activity.from;
    if (!aadObjectId) return "stranger";
    const known = remembered.get(aadObjectId);
    const longest = known?.standing === "stranger" ? STRANGER_MS : REMEMBER_MS;
    if (known && performance.now() - known.readAt < longest) return known.standing;
    const standing = await ask(context, { id, aadObjectId }, identity.tenants);
    if (standing === "not known") return known?.standing ?? standing;
    const [oldest] = remembered.keys();
    if (remembered.size >= MOST_REMEMBERED && oldest) remembered.delete(oldest);
    remembered.set(aadObjectId, { standing, readAt: performance.now() });
    return standing;
  }
}

async function ask(
  context: TurnContext,
  { id, aadObjectId }: { readonly id: string; readonly aadObjectId: string },
  tenants: readonly string[],
): Promise<Standing> {
  try {
    const { tenantId, userRole, ...member } = Member.parse(await TeamsInfo.getMember(context, id));
    const isOurs = tenantId !== undefined && tenants.includes(tenantId.toLowerCase());
    // One and the same person by both of their names.
    const isSame = [aadObjectId, undefined].includes(member.aadObjectId);
    return isOurs && isSame && userRole === "user" ? "member" : "stranger";
  } catch (error) {
    // Teams does not know them in this conversation.
    if (error instanceof ConnectorError && error.status === 404) return "stranger";
    return "not known";
  }
}
