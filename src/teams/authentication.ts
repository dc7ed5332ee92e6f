import {
  AuthenticationError,
  type ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from "botframework-connector";
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type Activity,
} from "botbuilder";
import type { Identity } from "../config.ts";
import { createTransport } from "./transport.ts";

type Authenticated = Awaited<
  ReturnType<ConfigurationBotFrameworkAuthentication["authenticateRequest"]>
>;

/** The adapter that lets in only Teams, only this app and only this council's tenant. */
export function createAdapter(identity: Identity): CloudAdapter {
  return new CloudAdapter(new CouncilAuthentication(identity));
}

/**
 * The SDK's own checks of the Bot Connector's token, and what they leave open: a missing service
 * URL, an empty channel, somebody else's tenant. Whatever is wrong is answered with 401 and
 * nothing more. Only settings of local mode turn sign-in off, and they hold the bot to loopback.
 */
class CouncilAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #identity: Identity;
  readonly #clients = new Map<string, Promise<ConnectorClient>>();
  #userTokens: Promise<UserTokenClient> | undefined;

  constructor(identity: Identity) {
    const options = optionsOf(identity);
    // Positions three to five: no claims validator, no authentication transport, our own sending.
    super(options, new ConfigurationServiceClientCredentialFactory(options), undefined, undefined, {
      httpClient: createTransport(),
    });
    this.#identity = identity;
  }

  /** The bot signs nobody in, so the client for it that the SDK makes in every turn is made once. */
  override createUserTokenClient(claims: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= super.createUserTokenClient(claims);
    return this.#userTokens;
  }

  override async authenticateRequest(activity: Activity, header: string): Promise<Authenticated> {
    const authenticated = await this.#authenticate(activity, header);
    const { connectorFactory } = authenticated;
    if (!connectorFactory) return authenticated;
    return { ...authenticated, connectorFactory: this.#keepClients(connectorFactory) };
  }

  /** Building a client takes the SDK a tenth of a turn, and one serves them all. */
  #keepClients(factory: ConnectorFactory): ConnectorFactory {
    const clients = this.#clients;
    return { create };

    function create(serviceUrl: string, audience: string): Promise<ConnectorClient> {
      const name = `${audience} ${serviceUrl}`;
      const client = clients.get(name) ?? factory.create(serviceUrl, audience);
      clients.set(name, client);
      client.catch(() => clients.delete(name));
      return client;
    }
  }

  async #authenticate(activity: Activity, header: string): Promise<Authenticated> {
    if (this.#identity.kind === "off") return super.authenticateRequest(activity, header);
    if (activity.channelId !== "msteams" || !activity.serviceUrl) throw refusal();
    const authenticated = await this.#check(activity, header);
    const tenants = [activity.conversation?.tenantId, tenantOf(activity.channelData)];
    if (tenants.some((tenant) => tenant !== this.#tenant)) throw refusal();
    return authenticated;
  }

  async #check(activity: Activity, header: string): Promise<Authenticated> {
    try {
      return await super.authenticateRequest(activity, header);
    } catch (error) {
      throw Object.assign(refusal(), { cause: error });
    }
  }

  get #tenant(): string | undefined {
    return this.#identity.kind === "off" ? undefined : this.#identity.tenant;
  }
}

function optionsOf(identity: Identity): Record<string, string | undefined> {
  if (identity.kind === "off") return {};
  return {
    MicrosoftAppId: identity.appId,
    MicrosoftAppType: identity.kind === "UserAssignedMsi" ? "UserAssignedMsi" : "SingleTenant",
    MicrosoftAppTenantId: identity.tenant,
    MicrosoftAppPassword: identity.password,
  };
}

function tenantOf(channelData: unknown): unknown {
  if (typeof channelData !== "object" || channelData === null) return undefined;
  const tenant: unknown = "tenant" in channelData ? channelData.tenant : undefined;
  return typeof tenant === "object" && tenant !== null && "id" in tenant ? tenant.id : undefined;
}

function refusal(): AuthenticationError {
  return new AuthenticationError("Unauthorized", 401);
}
