import { z } from "zod/v4";
import { unchecked, wrong, type Finding } from "./finding.ts";

/** A host that did not answer as it should. */
export interface Host {
  /** Its name, as a person reads it. */
  readonly name: string;
  /** The setting that names it, when it could be misspelt. Microsoft's own hosts have none. */
  readonly setting?: string;
}

const LONGEST_CHAIN = 20;
const NETWORK_AWAY = ["EAI_AGAIN", "ENETUNREACH", "ENETDOWN", "EHOSTUNREACH"];
const CUT_OFF = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"];
const LATE = [
  ...["AbortError", "TimeoutError", "ETIMEDOUT", "ESOCKETTIMEDOUT"],
  ...["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT"],
];
const UNTRUSTED = /CERT|SELF_SIGNED|^UNABLE_TO_/;
/** What may be shown of an error: its kind and its codes, which are single words. Never its message. */
const Code = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{1,59}$/);
const Trouble = z.object({
  name: Code.optional().catch(undefined),
  code: Code.optional().catch(undefined),
  errorCode: Code.optional().catch(undefined),
  message: z.string().catch(""),
  statusCode: z.number().optional().catch(undefined),
  details: z
    .object({ odataError: z.object({ code: Code }) })
    .optional()
    .catch(undefined),
  cause: z.unknown(),
  errors: z.array(z.unknown()).catch([]),
});

/** What an error says of itself, and every error behind it: the SDKs wrap the one that tells. */
export interface Reading {
  /** Kinds and codes, like `RestError`, `ENOTFOUND` and `AuthorizationFailure`. */
  readonly codes: readonly string[];
  /** The first HTTP status among them. */
  readonly status: number | undefined;
  /** Messages can quote secrets. They are for looking into, never for showing. */
  readonly messages: readonly string[];
}

/** Reads an error and those behind it. */
export function readTrouble(error: unknown): Reading {
  const codes: string[] = [];
  const messages: string[] = [];
  let status: number | undefined;
  const waiting = [error];
  for (let read = 0; waiting.length > 0 && read < LONGEST_CHAIN; read += 1) {
    const trouble = Trouble.safeParse(waiting.shift()).data;
    if (!trouble) continue;
    const { name, code, errorCode, details, message, cause, errors } = trouble;
    codes.push(
      ...[name, code, errorCode, details?.odataError.code].filter((word) => word !== undefined),
    );
    messages.push(message);
    status ??= trouble.statusCode;
    waiting.push(cause, ...errors);
  }
  return { codes: [...new Set(codes)], status, messages };
}

/** What to do when a host could not be reached. Undefined when it did answer. */
export function networkTrouble({ codes }: Reading, { name, setting }: Host): Finding | undefined {
  const has = (...some: string[]) => some.some((code) => codes.includes(code));
  if (has(...NETWORK_AWAY) || (has("ENOTFOUND") && !setting))
    return unchecked(
      `the network is away: ${name} cannot be found from this machine.`,
      "Connect this machine to the network, or mend its DNS. Then run the doctor again.",
    );
  if (has("ENOTFOUND"))
    return wrong(
      `there is no host called ${name}, as far as this machine's DNS knows.`,
      `Correct the name in ${setting}. If it is right, mend this machine's network and DNS. A private endpoint needs its private DNS zone.`,
    );
  if (has("ECONNREFUSED"))
    return wrong(
      `nothing listens at ${name}.`,
      setting
        ? `Correct ${setting}, or start what should answer there.`
        : "Look for a firewall or a proxy between this machine and the host.",
    );
  if (has(...LATE))
    return wrong(
      `${name} did not answer in time.`,
      `Let this machine reach ${name}: look for a firewall, a proxy or a private network between. Then run the doctor again.`,
    );
  if (has(...CUT_OFF))
    return wrong(
      `the connection to ${name} was cut off.`,
      `Look for a firewall or a proxy between this machine and ${name}.`,
    );
  if (codes.some((code) => UNTRUSTED.test(code)))
    return wrong(
      `this machine does not trust the certificate of ${name}.`,
      "If the council's proxy reads the traffic, name the file with its certificate in NODE_EXTRA_CA_CERTS.",
    );
  return undefined;
}

/** The kinds and codes of an error, for one that nobody foresaw. */
export function kindOf({ codes, status }: Reading): string {
  const known = [...(status ? [String(status)] : []), ...codes.filter((code) => code !== "Error")];
  return known.length > 0 ? known.slice(0, 4).join(", ") : "an error without a code";
}
