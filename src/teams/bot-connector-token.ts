import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from "jose";
import { z } from "zod/v4";

/** Who signs the tokens that requests to a bot carry, and where its keys are published. */
export interface TokenIssuer {
  readonly name: string;
  readonly metadata: string;
}

/** The Bot Connector of the public cloud. */
export const BOT_CONNECTOR: TokenIssuer = {
  name: "https://api.botframework.com",
  metadata: "https://login.botframework.com/v1/.well-known/openidconfiguration",
};

/** Why a token was refused: for the log alone, never for whoever sent it. */
export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
}

/** The issuer's keys could not be read, so nobody can say yet whether a token is good. */
export class KeysUnreadable extends Error {
  override readonly name = "KeysUnreadable";
}

const CHANNEL = "msteams";
/** What the library says when it could not get the keys, as against when a token is bad. */
const NO_KEYS = new Set(["ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID", "ERR_JOSE_GENERIC"]);
/** The connector's clock and ours may differ so much. */
const CLOCK_TOLERANCE_SECONDS = 300;
const LONGEST_CALL_MS = 3000;
/** Keys change rarely. An unknown key is looked up at once, but at most once in 30 seconds. */
const KEYS_KEPT_MS = 24 * 60 * 60 * 1000;

const Metadata = z.object({ jwks_uri: z.url() });
const KeySet = z.object({ keys: z.array(z.unknown()) });
const Key = z.object({ kid: z.string(), endorsements: z.array(z.string()) });

/**
 * Checks the token of a request: signed by the Bot Connector with RS256 and a key endorsed for
 * Teams, for this app, in force now, and for the very service URL that the activity names. The
 * SDK's own check lets a request without a service URL through and prints to the console.
 */
export function createTokenCheck(appId: string, issuer: TokenIssuer) {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  return check;

  /** The token's claims. Throws a TokenRefused, or KeysUnreadable. */
  async function check(header: string, serviceUrl: string): Promise<JWTPayload> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(header)?.[1];
    if (!token) throw new TokenRefused("no token");
    const keySet = await publishedKeys();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keySet, {
        algorithms: ["RS256"],
        issuer: issuer.name,
        audience: appId,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ["exp"],
      });
      const used = keySet.jwks()?.keys.find(({ kid }) => kid === protectedHeader.kid);
      if (!Key.safeParse(used).data?.endorsements.includes(CHANNEL))
        throw new TokenRefused("the key is not endorsed for Teams");
      if (payload["serviceurl"] !== serviceUrl) throw new TokenRefused("another service URL");
      return payload;
    } catch (error) {
      if (error instanceof TokenRefused) throw error;
      // The library's messages can quote the token, so only its code is kept.
      const code = error instanceof errors.JOSEError ? error.code : undefined;
      if (code === undefined || NO_KEYS.has(code))
        throw new KeysUnreadable("no keys", { cause: code ?? error });
      throw new TokenRefused(code);
    }
  }

  function publishedKeys() {
    keys ??= findKeys();
    return keys.catch((cause: unknown) => {
      // Metadata that could not be read are read again for the next request.
      keys = undefined;
      throw new KeysUnreadable("no metadata", { cause });
    });
  }

  async function findKeys() {
    return createRemoteJWKSet(await addressOfKeys(issuer), {
      timeoutDuration: LONGEST_CALL_MS,
      cacheMaxAge: KEYS_KEPT_MS,
    });
  }
}

/** How many of the issuer's published keys vouch for Teams. For whoever looks whether it can be reached. */
export async function countTeamsKeys(issuer: TokenIssuer): Promise<number> {
  const { keys } = KeySet.parse(await readJson(await addressOfKeys(issuer)));
  return keys.filter((key) => Key.safeParse(key).data?.endorsements.includes(CHANNEL)).length;
}

async function addressOfKeys({ metadata }: TokenIssuer): Promise<URL> {
  return new URL(Metadata.parse(await readJson(new URL(metadata))).jwks_uri);
}

async function readJson(address: URL): Promise<unknown> {
  const response = await fetch(address, { signal: AbortSignal.timeout(LONGEST_CALL_MS) });
  if (!response.ok) throw new Error(`The issuer's metadata answered ${response.status}`);
  return response.json();
}
