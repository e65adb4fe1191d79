import type { AuthorizationServer } from "oauth4webapi";
import { isFlyteError } from "../../errors/index.js";
import type { IssuerEndpoints, SignInServer } from "../discovery/index.js";
import { oneLine, signInError } from "../errors.js";
import type { ClientSecret, DeviceGrant, IssuerRequests, PendingSignIn } from "../flow.js";
import { type AuthToken, isTokenText, tokenOf } from "../token.js";
import type { IssuerContext } from "../ask-issuer.js";
import { finishAuthorization, startAuthorization } from "./authorization.js";
import {
  clientCredentials,
  type GrantAnswer,
  type GrantParts,
  pollDevice,
  refresh,
  startDevice,
} from "./grants.js";
import { loadOAuth } from "./load.js";
import { oauthFetch, type OAuthRequestInit } from "./oauth-fetch.js";

/** Dependencies of requests to an issuer. */
export interface OAuthRequestsParts extends Omit<IssuerContext, "signal"> {
  readonly server: SignInServer;
  readonly nowMs: () => number;
}

/** Asks an issuer, as one client, through the OAuth library. */
export class OAuthRequests implements IssuerRequests {
  readonly #parts: OAuthRequestsParts;

  constructor(parts: OAuthRequestsParts) {
    this.#parts = parts;
  }

  clientCredentials(signal: AbortSignal, client: ClientSecret): Promise<AuthToken> {
    return this.#grant(signal, clientCredentials, client);
  }

  refresh(signal: AbortSignal, refreshToken: string): Promise<AuthToken> {
    return this.#grant(signal, (parts) => refresh(parts, refreshToken));
  }

  startAuthorization(signal: AbortSignal, redirectUri?: string): Promise<PendingSignIn> {
    return this.#run(signal, (parts) => startAuthorization(parts, redirectUri));
  }

  finishAuthorization(
    signal: AbortSignal,
    pending: PendingSignIn,
    callbackUrl: string,
  ): Promise<AuthToken> {
    return this.#grant(signal, (parts) => finishAuthorization(parts, pending, callbackUrl));
  }

  startDevice(signal: AbortSignal): Promise<DeviceGrant> {
    return this.#run(signal, startDevice);
  }

  pollDevice(signal: AbortSignal, deviceCode: string): Promise<AuthToken> {
    return this.#grant(signal, (parts) => pollDevice(parts, deviceCode));
  }

  async #grant(
    signal: AbortSignal,
    work: (parts: GrantParts) => Promise<GrantAnswer>,
    credentials?: ClientSecret,
  ): Promise<AuthToken> {
    const answer = await this.#run(signal, work, credentials);
    if (!isTokenText(answer.access_token)) {
      throw signInError(
        "the issuer's answer has a token that cannot be sent in a header",
        "Check the issuer: a token is one word of printable characters.",
        { reason: "failed" },
      );
    }
    return tokenOf(
      {
        accessToken: answer.access_token,
        refreshToken: answer.refresh_token,
        expiresInSeconds: answer.expires_in,
      },
      this.#parts.nowMs(),
    );
  }

  async #run<T>(
    signal: AbortSignal,
    work: (parts: GrantParts) => Promise<T>,
    credentials?: ClientSecret,
  ): Promise<T> {
    const { server, fetch, timeoutMs } = this.#parts;
    const [library, endpoints] = await Promise.all([loadOAuth(), server.endpoints()]);
    const clientId = credentials?.clientId ?? server.clientId;
    if (clientId === undefined || clientId === "") {
      throw signInError("the server names no client id", "Set clientId.", {
        reason: "unsupported",
      });
    }
    const issuer: AuthorizationServer = {
      issuer: endpoints.issuer,
      ...named("token_endpoint", endpoints.tokenEndpoint),
      ...named("authorization_endpoint", endpoints.authorizationEndpoint),
      ...named("device_authorization_endpoint", endpoints.deviceAuthorizationEndpoint),
      authorization_response_iss_parameter_supported: endpoints.namesIssuer,
    };
    const { clientSecret } = credentials ?? {};
    const takesForm =
      endpoints.tokenEndpointAuthMethods.includes("client_secret_post") &&
      !endpoints.tokenEndpointAuthMethods.includes("client_secret_basic");
    const context = {
      fetch,
      timeoutMs,
      signal,
      isFlyteAdmin: isFlyteAdmins(endpoints),
    };
    const options = {
      // Which addresses may do without TLS is decided where they are read.
      [library.allowInsecureRequests]: true,
      [library.customFetch]: (url: string, init: OAuthRequestInit) =>
        oauthFetch(context, url, init),
    };
    try {
      return await work({
        server,
        library,
        issuer,
        client: { client_id: clientId },
        clientAuth:
          clientSecret === undefined
            ? library.None()
            : takesForm
              ? library.ClientSecretPost(clientSecret)
              : library.ClientSecretBasic(clientSecret),
        options,
      });
    } catch (error) {
      if (isFlyteError(error)) throw error;
      throw unfit(error);
    }
  }
}

/** The error for a fault that the library found. Its errors hold whole answers, so only their text is passed on. */
function unfit(error: unknown): Error {
  const words = error instanceof Error ? oneLine(error.message, 200) : "unknown failure";
  return signInError(`the issuer's answer cannot be used (${words})`, "Check the issuer.", {
    reason: "failed",
  });
}

/** FlyteAdmin's own issuer has its endpoints below the address that it calls itself. */
function isFlyteAdmins({ issuer, tokenEndpoint }: IssuerEndpoints): boolean {
  return tokenEndpoint === `${issuer.replace(/\/+$/, "")}/oauth2/token`;
}

function named<Name extends string>(
  name: Name,
  value: string | undefined,
): Partial<Record<Name, string>> {
  // A computed name widens to a record of any string; there is one name, and it is this one.
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}
