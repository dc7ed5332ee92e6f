import { AuthenticationConstants } from "botframework-connector";
import { createWebResource } from "botbuilder-stdlib/lib/azureCoreHttpCompat.js";
import type { Identity } from "../config.ts";
import { ok, wrong, type Finding } from "../finding.ts";
import { within } from "../deadline.ts";
import { kindOf, networkTrouble, readTrouble, type Reading } from "../trouble.ts";
import { CONNECTOR_AUDIENCE, credentialsOf, MICROSOFT, type Trust } from "./authentication.ts";
import { countTeamsKeys } from "./bot-connector-token.ts";

/** Microsoft's hosts, except in a test. */
export interface CredentialsEdges {
  readonly trust?: Trust;
  /** Where tokens are fetched, for finding out why it could not be reached. */
  readonly login?: string;
}

type SignedIn = Exclude<Identity, { kind: "off" }>;

const LOGIN = "https://login.microsoftonline.com/";

/** Whether the bot can prove who it is to Teams, and Teams to the bot. */
export async function checkCredentials(
  identity: Identity,
  patience: number,
  { trust = MICROSOFT, login = LOGIN }: CredentialsEdges = {},
): Promise<Finding[]> {
  if (identity.kind === "off")
    return [ok("none are needed: in local mode nobody signs in, and only this machine gets in.")];
  return [await checkToken(identity, patience, { trust, login }), await checkKeys(patience, trust)];
}

/** Gets a token the way the bot's answers get theirs, and lets go of it unread. */
async function checkToken(
  identity: SignedIn,
  patience: number,
  { trust, login }: Required<CredentialsEdges>,
): Promise<Finding> {
  try {
    const isSigned = await within(patience, () => signsRequests(identity, trust));
    return isSigned
      ? ok(`the bot gets its own token, as app ${identity.appId}.`)
      : wrong("the bot's requests go out without a token.", "Check BOT_APP_ID and BOT_APP_TYPE.");
  } catch (error) {
    const reading = readTrouble(error);
    const number = entraNumber(reading);
    if (number) return refusedByEntra(number, identity);
    if (identity.kind === "UserAssignedMsi") return noManagedIdentity(reading, identity);
    return tokenTrouble(await closerLook(reading, login, patience), login);
  }
}

async function signsRequests(identity: SignedIn, trust: Trust): Promise<boolean> {
  const credentials = await credentialsOf(identity, trust).createCredentials(
    identity.appId,
    CONNECTOR_AUDIENCE,
    AuthenticationConstants.ToChannelFromBotLoginUrl,
    true,
  );
  const signed = await credentials.signRequest(createWebResource());
  return /^Bearer \S/.test(signed.headers.get("authorization") ?? "");
}

async function checkKeys(patience: number, { issuer }: Trust): Promise<Finding> {
  const host = new URL(issuer.metadata).host;
  try {
    const keys = await within(patience, () => countTeamsKeys(issuer));
    return keys > 0
      ? ok(`the keys of the Bot Connector can be read at ${host}.`)
      : wrong(
          `${host} publishes no key that vouches for Teams.`,
          "Look for a proxy that answers in its place. Every request from Teams is refused without such a key.",
        );
  } catch (error) {
    const reading = readTrouble(error);
    return (
      networkTrouble(reading, { name: host }) ??
      wrong(
        `${host} does not answer with the keys of the Bot Connector (${kindOf(reading)}).`,
        "Look for a proxy that answers in its place. Every request from Teams is refused without these keys.",
      )
    );
  }
}

/** The number in Microsoft's error codes, AADSTS7000215 and the like. */
function entraNumber({ messages }: Reading): string | undefined {
  return /\bAADSTS(\d{3,10})\b/.exec(messages.join("\n"))?.[1];
}

function refusedByEntra(number: string, { appId, tenant }: SignedIn): Finding {
  const code = `AADSTS${number}`;
  switch (number) {
    case "7000215":
      return wrong(
        `Microsoft Entra does not accept the client secret (${code}).`,
        "Make a new secret in the app registration, under Certificates & secrets. Set BOT_APP_PASSWORD to its value, not to its id.",
      );
    case "7000222":
      return wrong(
        `the client secret has expired (${code}).`,
        "Make a new secret in the app registration, under Certificates & secrets. Set BOT_APP_PASSWORD to its value.",
      );
    case "700027":
      return wrong(
        `Microsoft Entra does not accept the certificate (${code}).`,
        "Upload the certificate of BOT_APP_CERTIFICATE to the app registration, under Certificates & secrets. If it is there, make a new one: it has expired.",
      );
    case "90002":
    case "900023":
      return wrong(
        `Microsoft Entra knows no tenant ${tenant} (${code}).`,
        "Set TENANT_ID to the council's Directory (tenant) ID, from the overview page of Microsoft Entra.",
      );
    case "700016":
      return wrong(
        `Microsoft Entra knows no app ${appId} in the tenant ${tenant} (${code}).`,
        "Set BOT_APP_ID to the Application (client) ID of the bot's app registration, and TENANT_ID to the tenant it is in.",
      );
    case "7000112":
      return wrong(
        `the app ${appId} is disabled (${code}).`,
        "Ask an administrator of Microsoft Entra to enable it, under Enterprise applications.",
      );
    case "7000229":
      return wrong(
        `the app ${appId} has no enterprise application in the tenant ${tenant} (${code}).`,
        "Ask an administrator of Microsoft Entra to make its service principal, or register the bot again in that tenant.",
      );
    default:
      return wrong(
        `Microsoft Entra gives the bot no token (${code}).`,
        `Read what it means at https://login.microsoftonline.com/error?code=${number}`,
      );
  }
}

function noManagedIdentity(reading: Reading, { appId }: SignedIn): Finding {
  return wrong(
    `this machine gets no token for the managed identity ${appId} (${kindOf(reading)}).`,
    "Run the doctor where the bot runs. Assign the user-assigned identity to that machine or app in Azure, and set BOT_APP_ID to the identity's client ID.",
  );
}

/** MSAL keeps to itself why it could not reach its host, so the host is tried once more. */
async function closerLook(reading: Reading, login: string, patience: number): Promise<Reading> {
  if (!reading.codes.includes("network_error")) return reading;
  try {
    const signal = AbortSignal.timeout(patience);
    await fetch(login, { method: "HEAD", redirect: "manual", signal });
    return reading;
  } catch (error) {
    return readTrouble(error);
  }
}

function tokenTrouble(reading: Reading, login: string): Finding {
  const name = new URL(login).host;
  return (
    networkTrouble(reading, { name }) ??
    wrong(
      `${name} gives no token and no reason that the doctor knows (${kindOf(reading)}).`,
      "Look for a proxy that answers in its place, and at the health of Microsoft Entra. Then run the doctor again.",
    )
  );
}
