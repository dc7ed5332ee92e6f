import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { addDays, dayWritten, type Day } from "./calendar.ts";

/** What a bot without a managed identity proves itself with. When it expires, the bot is silent. */
export interface Credential {
  readonly kind: "client secret" | "certificate";
  readonly expires: Day;
}

/** A certificate and its private key, both as PEM. */
export interface Certificate {
  /** SHA-1 in hexadecimal, as Microsoft Entra names it. */
  readonly thumbprint: string;
  readonly privateKey: string;
  readonly expires: Day;
}

/** So many days before a credential expires somebody is told, the nearest first. */
const WARNINGS = [7, 30, 60] as const;

/** Which warning stands on a day; undefined while there is none. An expired credential has the last. */
export function warningOn(today: Day, expires: Day): (typeof WARNINGS)[number] | undefined {
  return WARNINGS.find((days) => expires <= addDays(today, days));
}

/** The certificate and the key in a PEM file; undefined when it does not hold the two, matching. */
export function readCertificate(file: string): Certificate | undefined {
  try {
    const pem = readFileSync(file, "utf8");
    const certificate = new X509Certificate(pem);
    const key = createPrivateKey(pem);
    const expires = dayWritten(certificate.validTo);
    if (!expires || !certificate.checkPrivateKey(key)) return undefined;
    return {
      thumbprint: certificate.fingerprint.replaceAll(":", ""),
      privateKey: String(key.export({ type: "pkcs8", format: "pem" })),
      expires,
    };
  } catch {
    // Whatever is wrong with it, a setting says which file is asked for; its text is never repeated.
    return undefined;
  }
}

/** What is wrong with the credentials of the settings, each with its mend. */
export function credentialFaults(given: Record<string, string>): string[] {
  const { BOT_APP_TYPE, BOT_APP_PASSWORD, BOT_APP_PASSWORD_EXPIRES, BOT_APP_CERTIFICATE } = given;
  if (BOT_APP_TYPE === "UserAssignedMsi")
    return ["BOT_APP_PASSWORD", "BOT_APP_PASSWORD_EXPIRES", "BOT_APP_CERTIFICATE"]
      .filter((name) => given[name])
      .map(
        (name) =>
          `${name} must be left out with UserAssignedMsi: a managed identity has no secret.`,
      );
  if (BOT_APP_TYPE !== "SingleTenant") return [];
  if (BOT_APP_PASSWORD && BOT_APP_CERTIFICATE)
    return ["BOT_APP_PASSWORD must be left out with BOT_APP_CERTIFICATE: one of them is enough."];
  if (BOT_APP_PASSWORD && !BOT_APP_PASSWORD_EXPIRES)
    return [
      "BOT_APP_PASSWORD_EXPIRES is missing. Enter the day on which the client secret expires, like 2027-03-31: the app registration gives it under Certificates & secrets, and administrators are told before.",
    ];
  if (BOT_APP_PASSWORD || BOT_APP_CERTIFICATE) return [];
  return [
    "BOT_APP_PASSWORD is missing. Enter the client secret of the bot's registration in the environment, not in a file, or register the bot as UserAssignedMsi.",
  ];
}

/** What of checked settings expires; undefined where nothing does. */
export function credentialIn({
  BOT_APP_CERTIFICATE: certificate,
  BOT_APP_PASSWORD: password,
  BOT_APP_PASSWORD_EXPIRES: expires,
}: {
  readonly BOT_APP_CERTIFICATE?: Certificate | undefined;
  readonly BOT_APP_PASSWORD?: string | undefined;
  readonly BOT_APP_PASSWORD_EXPIRES?: Day | undefined;
}): Credential | undefined {
  if (certificate) return { kind: "certificate", expires: certificate.expires };
  return password && expires ? { kind: "client secret", expires } : undefined;
}
