import {
  CallerIdConstants,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type Activity,
  type TurnContext,
} from "botbuilder";
import {
  AuthenticationConstants,
  AuthenticationError,
  ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type ServiceClientCredentialsFactory,
  type UserTokenClient,
} from "botframework-connector";
import type { Logger } from "pino";
import { isLoopback } from "../address.ts";
import type { Identity } from "../config.ts";
import { counted, measured } from "../measuring.ts";
import {
  BOT_CONNECTOR,
  createTokenCheck,
  KeysUnreadable,
  TokenRefused,
  type TokenIssuer,
} from "./bot-connector-token.ts";
import { createTransport } from "./transport.ts";

type Authenticated = Awaited<
  ReturnType<ConfigurationBotFrameworkAuthentication["authenticateRequest"]>
>;
type SignedIn = Exclude<Identity, { kind: "off" }>;

/** Whose tokens are believed, and how the bot proves itself. Microsoft's own, except in a test. */
export interface Trust {
  readonly issuer: TokenIssuer;
  readonly credentials?: ServiceClientCredentialsFactory;
}

/** Microsoft's own token issuer and credentials. */
export const MICROSOFT: Trust = { issuer: BOT_CONNECTOR };
/** What the bot's own tokens are for. */
export const CONNECTOR_AUDIENCE = "https://api.botframework.com";

/** What goes back over HTTP. */
interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** The adapter that lets in only Teams, only for this app, and only this council's tenants. */
export class CouncilAdapter extends CloudAdapter {
  readonly #authentication: CouncilAuthentication;

  constructor(identity: Identity, log: Logger, trust = MICROSOFT) {
    const authentication = new CouncilAuthentication(identity, log, trust);
    super(authentication);
    this.#authentication = authentication;
  }

  /** The SDK's own way in prints every refusal to the console and answers with its inner words. */
  async receive(
    activity: Activity,
    header: string,
    run: (context: TurnContext) => Promise<void>,
  ): Promise<HttpAnswer> {
    try {
      const authenticated = await this.#authentication.authenticateRequest(activity, header);
      return (await this.processActivity(authenticated, activity, run)) ?? { status: 200 };
    } catch (error) {
      if (error instanceof AuthenticationError) return { status: error.statusCode ?? 401 };
      throw error;
    }
  }
}

/**
 * Lets in what the Bot Connector vouches for, and nothing else. Whatever is wrong is answered
 * with 401 and nothing more, or with 503 while the issuer's keys cannot be read. Only settings of local mode turn sign-in off, and they hold both the
 * bot and its client to loopback.
 */
class CouncilAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #identity: Identity;
  readonly #log: Logger;
  readonly #checkToken: ReturnType<typeof createTokenCheck>;
  readonly #clients = new Map<string, Promise<ConnectorClient>>();
  #userTokens: Promise<UserTokenClient> | undefined;

  constructor(identity: Identity, log: Logger, trust: Trust) {
    const options = optionsOf(identity);
    const factory = credentialsOf(identity, trust);
    // Positions three to five: no claims validator, no authentication transport, our own sending.
    super(options, factory, undefined, undefined, { httpClient: createTransport() });
    this.#identity = identity;
    this.#log = log;
    this.#checkToken = createTokenCheck(
      identity.kind === "off" ? "" : identity.appId,
      trust.issuer,
    );
  }

  /** The bot signs nobody in, so the client for it that the SDK makes in every turn is made once. */
  override createUserTokenClient(claims: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= super.createUserTokenClient(claims);
    return this.#userTokens;
  }

  override async authenticateRequest(activity: Activity, header: string): Promise<Authenticated> {
    try {
      const authenticated = await measured("authentication", {}, () =>
        this.#authenticate(activity, header),
      );
      const connectorFactory = this.createConnectorFactory(authenticated.claimsIdentity);
      return { ...authenticated, connectorFactory };
    } catch (error) {
      // A token is no secret of ours to keep, but who sends what is nobody's to read in a log.
      const reason = error instanceof TokenRefused ? error.message : "not to be checked";
      counted("refusal", { reason });
      if (error instanceof TokenRefused) this.#log.warn({ reason }, "refused a request");
      else this.#log.error({ err: error }, "a request could not be checked");
      // While nobody can say whether a token is good, Teams is to come again, not to give up.
      const canBeAskedAgain = error instanceof KeysUnreadable;
      throw new AuthenticationError("Unauthorized", canBeAskedAgain ? 503 : 401);
    }
  }

  async #authenticate(activity: Activity, header: string): Promise<Authenticated> {
    const { channelId, serviceUrl } = activity;
    if (channelId !== "msteams") throw new TokenRefused("another channel");
    if (!serviceUrl) throw new TokenRefused("no service URL");
    checkOrigin(serviceUrl, this.#identity);
    if (this.#identity.kind === "off") return super.authenticateRequest(activity, header);
    const claims = await this.#checkToken(header, serviceUrl);
    checkTenant(activity, this.#identity);
    const identity = new ClaimsIdentity(
      Object.entries(claims).map(([type, value]) => ({ type, value: String(value) })),
      "Bearer",
    );
    return {
      audience: CONNECTOR_AUDIENCE,
      callerId: CallerIdConstants.PublicAzureChannel,
      claimsIdentity: identity,
    };
  }

  /**
   * Building a client takes the SDK a tenth of a turn, and one serves them all. A stored service
   * URL is looked at like one that just came: the bot's token goes with whatever is sent there.
   */
  override createConnectorFactory(claims: ClaimsIdentity): ConnectorFactory {
    const factory = super.createConnectorFactory(claims);
    const clients = this.#clients;
    const identity = this.#identity;
    return { create };

    async function create(serviceUrl: string, audience: string): Promise<ConnectorClient> {
      checkOrigin(serviceUrl, identity);
      const name = `${audience} ${serviceUrl}`;
      const client = clients.get(name) ?? factory.create(serviceUrl, audience);
      clients.set(name, client);
      client.catch(() => clients.delete(name));
      return client;
    }
  }
}

/** The bot's own token goes with every answer, so it must not leave for just any host. */
function checkOrigin(serviceUrl: string, identity: Identity): void {
  const url = URL.parse(serviceUrl);
  const isListed =
    identity.kind === "off"
      ? isLoopback(serviceUrl)
      : identity.serviceOrigins.includes(url?.origin ?? "");
  // A blob has the origin of its maker, and a name before the host is there only to mislead.
  const isPlain = /^https?:$/.test(url?.protocol ?? "") && !url?.username && !url?.password;
  if (!isListed || !isPlain) throw new TokenRefused("a service URL that is not on the list");
}

/** The token says nothing of the tenant, so both fields that do must agree and be on the list. */
function checkTenant({ conversation, channelData }: Activity, { tenants }: SignedIn): void {
  const named = [conversation?.tenantId, tenantOf(channelData)].map((tenant) =>
    typeof tenant === "string" ? tenant.toLowerCase() : tenant,
  );
  if (named[0] !== named[1]) throw new TokenRefused("two tenants");
  if (typeof named[0] !== "string" || !tenants.includes(named[0]))
    throw new TokenRefused("another tenant");
}

/** How the bot gets its own tokens. Throws when the SDK cannot work with such an identity. */
export function credentialsOf(
  identity: Identity,
  { credentials }: Trust,
): ServiceClientCredentialsFactory {
  return credentials ?? new ConfigurationServiceClientCredentialFactory(optionsOf(identity));
}

function optionsOf(identity: Identity): Record<string, string | undefined> {
  if (identity.kind === "off") return {};
  return {
    MicrosoftAppId: identity.appId,
    MicrosoftAppType: identity.kind,
    MicrosoftAppTenantId: identity.tenant,
    MicrosoftAppPassword: identity.password,
    [AuthenticationConstants.CertificateThumbprint]: identity.certificate?.thumbprint,
    [AuthenticationConstants.CertificatePrivateKey]: identity.certificate?.privateKey,
  };
}

function tenantOf(channelData: unknown): unknown {
  if (typeof channelData !== "object" || channelData === null) return undefined;
  const tenant: unknown = "tenant" in channelData ? channelData.tenant : undefined;
  return typeof tenant === "object" && tenant !== null && "id" in tenant ? tenant.id : undefined;
}
