import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from "jose";
import type { Trust } from "../../src/teams/authentication.ts";

const ISSUER = "https://issuer.example";

/** What a token may differ in from a good one. Times are seconds from now. */
export interface TokenWishes {
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: number | "never";
  readonly notBefore?: number;
  readonly serviceUrl?: string | undefined;
  /** Which key signs: a published one, one not endorsed for Teams, or somebody else's. */
  readonly key?: "published" | "not endorsed" | "unknown" | "somebody else's";
  readonly signedWith?: "RS256" | "HS256" | "nothing";
}

/** A token issuer on loopback with real RS256 keys, published as the Bot Connector publishes its own. */
export async function startTokenIssuer(appId: string) {
  const published = await generateKeyPair("RS256", { extractable: true });
  const foreign = await generateKeyPair("RS256", { extractable: true });
  const keys = [
    await publicKey(published.publicKey, "published", ["msteams"]),
    await publicKey(published.publicKey, "not endorsed", ["skype"]),
  ];
  let isAway = false;
  const server = createServer((request, response) => {
    if (isAway) response.statusCode = 500;
    const body = request.url === "/keys" ? { keys } : { jwks_uri: `${url}/keys` };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const trust: Trust = {
    issuer: { name: ISSUER, metadata: `${url}/openid` },
    credentials: {
      isValidAppId: async (id) => id === appId,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({
        signRequest: async (request) => {
          request.headers.set("authorization", "Bearer the-bots-own");
          return request;
        },
      }),
    },
  };
  return {
    trust,
    token,
    /** Whether the keys cannot be read. */
    setAway: (away: boolean) => void (isAway = away),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function token(serviceUrl: string, wishes: TokenWishes = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const { issuer = ISSUER, audience = appId, key = "published", signedWith = "RS256" } = wishes;
    const { expires = 3600, notBefore = -60 } = wishes;
    const claim = "serviceUrl" in wishes ? wishes.serviceUrl : serviceUrl;
    const claims: JWTPayload = {
      ...(claim === undefined ? {} : { serviceurl: claim }),
      ...{
        iss: issuer,
        aud: audience,
        ...(expires === "never" ? {} : { exp: now + expires }),
        nbf: now + notBefore,
      },
    };
    if (signedWith === "nothing") return new UnsecuredJWT(claims).encode();
    const kid = key === "somebody else's" ? "published" : key;
    const signing = new SignJWT(claims).setProtectedHeader({ alg: signedWith, kid });
    if (signedWith === "HS256")
      // The public key as a shared secret: the classic confusion of algorithms.
      return signing.sign(new TextEncoder().encode(JSON.stringify(keys[0])));
    const isOurs = key === "published" || key === "not endorsed";
    return signing.sign(isOurs ? published.privateKey : foreign.privateKey);
  }
}

async function publicKey(key: CryptoKey, kid: string, endorsements: string[]): Promise<JWK> {
  return { ...(await exportJWK(key)), kid, use: "sig", endorsements } as JWK;
}
