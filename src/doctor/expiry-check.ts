import { dayOf, longDate, type Clock } from "../calendar.ts";
import type { Identity } from "../config.ts";
import { warningOn } from "../credential.ts";
import { ok, wrong, type Finding } from "../finding.ts";

/** Whether what the bot proves itself with holds for a while yet. A managed identity always does. */
export function checkExpiry(identity: Identity, clock: Clock): Finding[] {
  if (identity.kind === "off") return [];
  const { credential } = identity;
  if (!credential) return [ok("a managed identity has nothing that expires.")];
  const { kind, expires } = credential;
  const today = dayOf(clock());
  const when = longDate(expires);
  if (warningOn(today, expires) === undefined) return [ok(`the ${kind} expires on ${when}.`)];
  return [
    wrong(
      expires < today
        ? `the ${kind} expired on ${when}.`
        : `the ${kind} expires on ${when}. From then on the bot answers nobody.`,
      `Make a new ${kind} in the app registration, set it where the bot runs, and start the bot again. Or register the bot with a managed identity, which never expires.`,
    ),
  ];
}
