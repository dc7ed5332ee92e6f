const SECRET_NAME = /PASSWORD|SECRET|KEY|TOKEN|CONNECTION_?STRING|SIGNATURE|IDENTITY_HEADER/i;
const SECRET_PART = /(?:AccountKey|SharedAccessSignature|sig)=([^;&\s]+)/gi;
const TOKEN = /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]+)?/g;
/** Anything shorter would take pieces out of ordinary words. */
const SHORTEST = 6;
const HIDDEN = "(hidden)";

/**
 * Takes secrets out of what is printed. The checks show no message of an SDK, so there should be
 * none: this holds also for a secret in a setting where none belongs.
 */
export function createConcealment(
  values: Record<string, string | undefined>,
): (text: string) => string {
  const secrets = Object.entries(values).flatMap(([name, value = ""]) => [
    ...(SECRET_NAME.test(name) ? [value.trim()] : []),
    ...[...value.matchAll(SECRET_PART)].map(([, part = ""]) => part),
  ]);
  // A secret can be within another one, so the long ones go first.
  const hidden = [...new Set(secrets.flatMap(spellings))]
    .filter((secret) => secret.length >= SHORTEST)
    .toSorted((one, other) => other.length - one.length);
  return (text) =>
    hidden.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text.replace(TOKEN, HIDDEN));
}

/** A secret as it is, and as it stands in an address, a JSON text or a header. */
function spellings(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
  ];
}
