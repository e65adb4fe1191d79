import type { Transport } from "@connectrpc/connect";

import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { type FlyteError, InvalidOptionError } from "../errors/index.js";
import type { AuthCall, CallAuth, CallCredentials } from "../calls/index.js";
import { sleep } from "../internal/cancellation/index.js";
import type { FetchContext } from "../transports/fetch-once.js";
import { requestHeaders } from "../transports/request-headers.js";
import { createRestTransport } from "../transports/rest/index.js";
import type { AuthOptions } from "./auth-options.js";
import { discover } from "./discovery/discover.js";
import { checkAddress } from "./discovery/safe-endpoint.js";
import type { SignInServer } from "./discovery/sign-in-server.js";
import { signedOutError, signInError } from "./errors.js";
import { tell } from "./events.js";
import type { FlowContext, PendingSignIn, SignInFlow } from "./flow.js";
import { headerFor } from "./header-choice.js";
import { missingScopeError } from "./missing-scope.js";
import { OAuthRequests } from "./oauth/oauth-requests.js";
import { type Token } from "./token.js";
import { TokenCache } from "./token-cache.js";

const defaultRequestTimeoutMs = 15_000;

/**
 * Signs the calls of a client: give it to the client as `auth`. One token serves all calls; it is
 * renewed before it ends, once for all that wait, and a refused call is tried once more. Where
 * the server runs without authentication nothing is sent.
 *
 * @example
 * ```ts
 * const baseUrl = "https://flyte.example.com";
 * const auth = createAuth({ baseUrl, flow: clientCredentials({ clientId, clientSecret }) });
 * const admin = new AdminClient({ baseUrl, auth });
 * ```
 * @throws InvalidOptionError for an option that cannot be
 */
export function createAuth(options: AuthOptions): Auth {
  return new Auth(options);
}

/** A signed-in client's session; see {@link createAuth}. */
export class Auth implements CallAuth {
  readonly #options: AuthOptions;
  readonly #transport: Transport;
  readonly #tokens: TokenCache;
  readonly #proxyTokens: TokenCache | undefined;
  #server: Promise<SignInServer | undefined> | undefined;
  #life = new AbortController();

  /** @internal */
  constructor(options: AuthOptions) {
    this.#options = options;
    const { baseUrl, flow, proxyFlow, storage, tokenUrl, authorizationServerUrl } = options;
    if (tokenUrl !== undefined) checkAddress("tokenUrl", tokenUrl);
    if (authorizationServerUrl !== undefined)
      checkAddress("authorizationServerUrl", authorizationServerUrl);
    this.#proxyTokens =
      proxyFlow === undefined ? undefined : new TokenCache(this.#cacheParts(proxyFlow));
    this.#transport = this.#signedForProxy(metadataTransport(options));
    const store =
      storage === undefined ? undefined : { storage, key: storageKey(baseUrl, options) };
    this.#tokens = new TokenCache({ ...this.#cacheParts(flow), store, listener: options.onEvent });
  }

  /** What a call carries. The questions about the server's metadata carry no token but the proxy's. */
  async credentialsFor({ service }: AuthCall): Promise<CallCredentials | undefined> {
    const isMetadata = service === AuthMetadataService.typeName;
    const server = isMetadata ? undefined : await this.#discover();
    const [token, proxyToken] = await Promise.all([
      server === undefined ? undefined : this.#tokens.get(),
      this.#proxyTokens?.get(),
    ]);
    return this.#credentials(server, token, proxyToken);
  }

  /**
   * Signs in now, asking the person where the flow does, in place of whatever session there is.
   * Nothing happens where the server runs without authentication.
   *
   * @throws SignInError when no token could be had
   */
  async signIn(): Promise<void> {
    const server = await this.#discover();
    if (server === undefined) return;
    const token = await this.#options.flow.signIn(this.#context(server));
    await this.#tokens.put(token);
    tell(this.#options.onEvent, { kind: "signed-in" });
  }

  /**
   * Makes sure that there is a session: takes a stored one, renews it, or signs in.
   *
   * @returns `false` where the server runs without authentication
   * @throws SignInError when no token could be had
   */
  async ensureSignedIn(): Promise<boolean> {
    if ((await this.#discover()) === undefined) return false;
    await this.#tokens.get();
    return true;
  }

  /** Ends the session here: drops the token, also from the storage. The issuer is not told. */
  async signOut(): Promise<void> {
    this.#life.abort(signedOutError("the session was ended"));
    this.#life = new AbortController();
    await this.#tokens.drop();
    tell(this.#options.onEvent, { kind: "signed-out", reason: "signOut was called" });
  }

  /**
   * Begins a sign-in that ends on another load of the page: keep the result, send the browser to
   * its `url`, and give it to {@link finishSignIn} on the page that the issuer sends back to.
   *
   * @param redirectUri Where the issuer sends the browser back to; registered for the client there.
   * @throws SignInError where the server runs without authentication, or names no way to sign in
   */
  async startSignIn(redirectUri?: string): Promise<PendingSignIn> {
    const { oauth, signal } = this.#context(await this.#require());
    return oauth.startAuthorization(signal, redirectUri);
  }

  /**
   * Ends a sign-in that {@link startSignIn} began.
   *
   * @param callbackUrl The page's address, with the query that the issuer gave it.
   * @throws SignInError when the answer does not belong to this sign-in, or the issuer refuses
   */
  async finishSignIn(pending: PendingSignIn, callbackUrl: string): Promise<void> {
    const { oauth, signal } = this.#context(await this.#require());
    await this.#tokens.put(await oauth.finishAuthorization(signal, pending, callbackUrl));
    tell(this.#options.onEvent, { kind: "signed-in" });
  }

  #credentials(
    server: SignInServer | undefined,
    token: Token | undefined,
    proxyToken: Token | undefined,
  ): CallCredentials | undefined {
    const headers: (readonly [string, string])[] = [];
    if (server !== undefined && token !== undefined) {
      const { headerName, wire } = this.#options;
      const name = headerName ?? headerFor(wire ?? "rest", server.metadataKey);
      headers.push([name, `Bearer ${token.accessToken}`]);
    }
    if (proxyToken !== undefined) {
      headers.push(["proxy-authorization", `Bearer ${proxyToken.accessToken}`]);
    }
    if (headers.length === 0) return undefined;
    return {
      headers,
      refused: (refusal, isLast) => this.#refused(refusal, isLast, server, token, proxyToken),
    };
  }

  async #refused(
    refusal: FlyteError,
    isLast: boolean,
    server: SignInServer | undefined,
    token: Token | undefined,
    proxyToken: Token | undefined,
  ): Promise<CallCredentials | undefined> {
    const scopeError =
      token === undefined ? undefined : missingScopeError(refusal, token.accessToken);
    if (scopeError !== undefined) throw scopeError;
    if (isLast) return undefined;
    // Which of the two was refused cannot be told, so both are had anew.
    const [next, nextProxy] = await Promise.all([
      token === undefined ? undefined : this.#tokens.replace(token),
      proxyToken === undefined ? undefined : this.#proxyTokens?.replace(proxyToken),
    ]);
    if (next === undefined && nextProxy === undefined) return undefined;
    return this.#credentials(server, next ?? token, nextProxy ?? proxyToken);
  }

  #cacheParts(flow: SignInFlow) {
    return {
      nowMs: () => this.#nowMs(),
      source: {
        isRenewable: flow.isRenewable,
        renew: async (previous: Token | undefined) =>
          flow.renew(this.#context(await this.#serverFor(flow)), previous),
        signIn: async () => flow.signIn(this.#context(await this.#serverFor(flow))),
      },
    };
  }

  /** A proxy's tokens are had before anything can be asked through the proxy. */
  async #serverFor(flow: SignInFlow): Promise<SignInServer> {
    return flow === this.#options.proxyFlow ? behindProxy : this.#require();
  }

  async #require(): Promise<SignInServer> {
    const server = await this.#discover();
    if (server !== undefined) return server;
    throw signInError(
      "the server runs without authentication",
      "There is nothing to sign in to: call it without auth.",
      { reason: "unsupported" },
    );
  }

  #discover(): Promise<SignInServer | undefined> {
    this.#server ??= discover({
      transport: this.#transport,
      baseUrl: this.#options.baseUrl,
      overrides: this.#options,
      fetch: this.#issuerFetch(),
      timeoutMs: this.#requestTimeoutMs(),
    }).catch((error: unknown) => {
      // A failure is not kept: the server may be back for the next call.
      this.#server = undefined;
      throw error;
    });
    return this.#server;
  }

  #context(server: SignInServer): FlowContext {
    const nowMs = () => this.#nowMs();
    return {
      server,
      nowMs,
      oauth: new OAuthRequests({
        server,
        nowMs,
        fetch: this.#issuerFetch(),
        timeoutMs: this.#requestTimeoutMs(),
      }),
      wait: this.#options.wait ?? sleep,
      signal: this.#life.signal,
    };
  }

  /** The issuer's requests go through the proxy's token only where the proxy stands: on the server's own host. */
  #issuerFetch(): FetchContext["fetch"] {
    const { fetch, baseUrl } = this.#options;
    const proxyTokens = this.#proxyTokens;
    if (proxyTokens === undefined || baseUrl === undefined) return fetch;
    const { host } = new URL(baseUrl);
    return async (url, init) => {
      const send = fetch ?? globalThis.fetch;
      if (new URL(url).host !== host) return send(url, init);
      const headers = await signedForProxy(init.headers, proxyTokens);
      return send(url, { ...init, headers });
    };
  }

  #signedForProxy(transport: Transport): Transport {
    const proxyTokens = this.#proxyTokens;
    if (proxyTokens === undefined) return transport;
    return {
      stream: (...call) => transport.stream(...call),
      unary: async (method, signal, timeoutMs, header, input, contextValues) => {
        const headers = await signedForProxy(header, proxyTokens);
        return transport.unary(method, signal, timeoutMs, headers, input, contextValues);
      },
    };
  }

  #nowMs(): number {
    return (this.#options.now?.() ?? new Date()).getTime();
  }

  #requestTimeoutMs(): number {
    return this.#options.requestTimeoutMs ?? defaultRequestTimeoutMs;
  }
}

/** What a proxy's flow finds: nothing is known of a server that only the proxy's token leads to. */
const behindProxy: SignInServer = {
  clientId: undefined,
  redirectUri: undefined,
  scopes: [],
  audience: undefined,
  metadataKey: undefined,
  endpoints: () =>
    Promise.reject(
      new InvalidOptionError("A proxy's token comes from a command or a function.", {
        option: "proxyFlow",
      }),
    ),
};

function metadataTransport({ baseUrl, transport, fetch }: AuthOptions): Transport {
  if (transport !== undefined) return transport;
  if (baseUrl !== undefined) return createRestTransport({ baseUrl, fetch });
  throw new InvalidOptionError(
    "createAuth needs baseUrl or transport: the server says how to sign in.",
    { option: "baseUrl" },
  );
}

/** One key per server, client and scopes, so that no session is taken for another. */
function storageKey(baseUrl: string | undefined, options: AuthOptions): string {
  const { clientId, scopes, audience } = options;
  if (baseUrl === undefined) {
    throw new InvalidOptionError("A storage needs baseUrl: tokens are kept by server.", {
      option: "baseUrl",
    });
  }
  return [new URL(baseUrl).href, clientId ?? "", scopes?.join(" ") ?? "", audience ?? ""].join("|");
}

/** The headers of a request, with the token that a proxy asks for. */
async function signedForProxy(
  given: HeadersInit | undefined,
  tokens: TokenCache,
): Promise<Headers> {
  const headers = new Headers(given);
  const { accessToken } = await tokens.get();
  const signed = requestHeaders({ "proxy-authorization": `Bearer ${accessToken}` });
  for (const [name, value] of signed) headers.set(name, value);
  return headers;
}
