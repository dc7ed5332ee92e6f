import type { Settings } from "../config.ts";
import { ok, unchecked, wrong, type Finding } from "../finding.ts";

/** Who can give the first roles, and whether the council's own people are let in. */
export function checkPeople({ mode, firstAdministrators, identity }: Settings): Finding[] {
  if (mode === "local")
    return [
      ok(
        "on this machine the sample council has its administrator; a council of its own has nobody yet.",
      ),
    ];
  const isShutOut =
    identity.kind !== "off" &&
    identity.tenant !== undefined &&
    !identity.tenants.includes(identity.tenant);
  const first =
    firstAdministrators.length > 0
      ? ok(`first administrators in the settings: ${firstAdministrators.length}.`)
      : unchecked(
          "FIRST_ADMINISTRATORS names nobody, so in a new council nobody could give the first role.",
          "Put the Entra object ids of one or two people there, unless somebody is administrator already.",
        );
  const shutOut = wrong(
    "TENANTS does not hold TENANT_ID, so the council's own people would be refused.",
    "Add TENANT_ID to TENANTS, or leave TENANTS out.",
  );
  return isShutOut ? [first, shutOut] : [first];
}
