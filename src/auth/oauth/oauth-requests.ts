import type { AuthorizationServer, Client, ClientAuth } from "oauth4webapi";

import { isFlyteError } from "../../errors/index.js";
import type { FetchContext } from "../../transports/fetch-once.js";
import type { SignInServer } from "../discovery/sign-in-server.js";
import { signInError } from "../errors.js";
import { type Token, tokenOf } from "../token.js";
import { loadOAuth, type OAuthLibrary } from "./load.js";
import { oauthFetch, type OAuthRequestInit } from "./oauth-fetch.js";

/** What a grant is made with: the library, the issuer, the client, and the options of a request. */
export interface GrantParts {
  readonly library: OAuthLibrary;
  readonly issuer: AuthorizationServer;
  readonly client: Client;
  readonly clientAuth: ClientAuth;
  readonly options: RequestOptions;
}

/** Options of the OAuth library's requests. */
export interface RequestOptions {
  readonly signal: AbortSignal;
}

/** The part of the OAuth library's token answers that is used. */
export interface GrantAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in?: number;
}

/** What requests to an issuer stand on. */
export interface OAuthRequestsParts {
  readonly server: SignInServer;
  readonly fetch: FetchContext["fetch"];
  readonly nowMs: () => number;
  /** The longest time of one request, in milliseconds. */
  readonly timeoutMs: number;
}

/** Asks an issuer, as one client. */
export class OAuthRequests {
  readonly #parts: OAuthRequestsParts;

  constructor(parts: OAuthRequestsParts) {
    this.#parts = parts;
  }

  /**
   * Gets a token by a grant.
   *
   * @param credentials The client's id and secret; without them, the public client of the server.
   * @throws SignInError when the issuer refuses, or when its answer is none
   * @throws ConnectionError when the issuer cannot be reached
   */
  async grant(
    signal: AbortSignal,
    work: (parts: GrantParts) => Promise<GrantAnswer>,
    credentials?: { readonly clientId: string; readonly clientSecret: string },
  ): Promise<Token> {
    const answer = await this.run(signal, work, credentials);
    return tokenOf(
      {
        accessToken: answer.access_token,
        refreshToken: answer.refresh_token,
        expiresInSeconds: answer.expires_in,
      },
      this.#parts.nowMs(),
    );
  }

  /** Runs any exchange with the issuer; see {@link grant}. */
  async run<T>(
    signal: AbortSignal,
    work: (parts: GrantParts) => Promise<T>,
    credentials?: { readonly clientId: string; readonly clientSecret: string },
  ): Promise<T> {
    const { server, timeoutMs } = this.#parts;
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
    const options = {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      // Which addresses may do without TLS is decided where they are read.
      [library.allowInsecureRequests]: true,
      [library.customFetch]: (url: string, init: OAuthRequestInit) =>
        oauthFetch(this.#parts.fetch, url, init),
    };
    try {
      return await work({
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

/** What the library itself finds wrong. Its errors hold whole answers, so nothing of them goes on but the text. */
function unfit(error: unknown): Error {
  const words = error instanceof Error ? error.message.slice(0, 200) : "unknown failure";
  return signInError(`the issuer's answer cannot be used (${words})`, "Check the issuer.", {
    reason: "failed",
  });
}

function named<Name extends string>(
  name: Name,
  value: string | undefined,
): Partial<Record<Name, string>> {
  // A computed name widens to a record of any string; there is one name, and it is this one.
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}
