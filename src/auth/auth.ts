import type { Transport } from "@connectrpc/connect";

import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import type { AuthCall, CallAuth, CallCredentials } from "../calls/index.js";
import { CanceledError, errorText, type FlyteError, InvalidOptionError } from "../errors/index.js";
import { abortable, sleep } from "../internal/cancellation/index.js";
import {
  checkFunction,
  requireKnownOptions,
  requireObject,
  requireTimeLimit,
} from "../internal/validation/index.js";
import type { FetchContext } from "../transports/index.js";
import { createRestTransport } from "../transports/rest/index.js";
import { authOptionNames, type AuthOptions, headerFor, tell } from "./auth-options.js";
import { checkAddress, discover, type SignInServer } from "./discovery/index.js";
import { missingScopeError, signedOutError, signInError } from "./errors.js";
import type { FlowContext, PendingSignIn, SignInFlow } from "./flow.js";
import type { IssuerContext } from "./ask-issuer.js";
import { OAuthRequests } from "./oauth/index.js";
import { signFetchForProxy, signTransportForProxy } from "./proxy-signing.js";
import type { AuthToken } from "./token.js";
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
 * @throws InvalidOptionError for an invalid option
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
  readonly #issuerFetch: FetchContext["fetch"];
  readonly #waits = new Set<{ readonly state: string }>();
  #discovery: Discovery | undefined;
  #life = new AbortController();
  #isClosed = false;

  /** @internal */
  constructor(options: AuthOptions) {
    requireKnownOptions(options, authOptionNames, "options", "an object with flow");
    requireObject(options.flow, "flow", "a way to sign in, such as clientCredentials({ … })");
    checkFunction(options.onEvent, "onEvent");
    requireTimeLimit(options.requestTimeoutMs, "requestTimeoutMs");
    this.#options = options;
    const { baseUrl, fetch, flow, proxyFlow, storage } = options;
    const { tokenUrl, authorizationServerUrl } = options;
    if (tokenUrl !== undefined) checkAddress("tokenUrl", tokenUrl);
    if (authorizationServerUrl !== undefined)
      checkAddress("authorizationServerUrl", authorizationServerUrl);
    const proxyTokens = proxyFlow && new TokenCache(this.#cacheParts(proxyFlow));
    const transport = metadataTransport(options);
    this.#proxyTokens = proxyTokens;
    this.#transport =
      proxyTokens === undefined ? transport : signTransportForProxy(transport, proxyTokens);
    // The issuer's requests carry the proxy's token only to the server's own host, where the proxy is.
    const issuerFetch =
      proxyTokens === undefined || baseUrl === undefined
        ? fetch
        : signFetchForProxy(fetch, new URL(baseUrl).host, proxyTokens);
    this.#issuerFetch = (url, init) =>
      this.#during(`the issuer at ${new URL(url).host} had not answered`, () =>
        // Looked up at each request, so that a page may replace it.
        (issuerFetch ?? globalThis.fetch)(url, init),
      );
    const store =
      storage === undefined ? undefined : { storage, key: storageKey(baseUrl, options) };
    this.#tokens = new TokenCache({ ...this.#cacheParts(flow), store, listener: options.onEvent });
  }

  /** Returns the headers of a call. Calls for the server's metadata carry the proxy's token only. */
  async credentialsFor({ service }: AuthCall): Promise<CallCredentials | undefined> {
    const proxyToken = await this.#proxyTokens?.get();
    if (service === AuthMetadataService.typeName) {
      return proxyToken && this.#credentials({ proxyToken });
    }
    const discovery = this.#discover();
    const server = await discovery;
    const token = server && (await this.#tokens.get());
    return this.#credentials({ discovery, server, token, proxyToken });
  }

  /** A description of the sign-in in progress; `undefined` when there is none. */
  signInState(): string | undefined {
    return [...this.#waits].at(-1)?.state;
  }

  /**
   * Signs in now, asking the person where the flow does, in place of whatever session there is.
   * Nothing happens where the server runs without authentication.
   *
   * @throws SignInError when the sign-in brings no token
   */
  async signIn(): Promise<void> {
    const server = await this.#discover();
    if (server === undefined) return;
    const token = await this.#whileOpen((signal) =>
      this.#options.flow.signIn(this.#context(server, signal)),
    );
    await this.#tokens.put(token);
    tell(this.#options.onEvent, { kind: "signedIn" });
  }

  /**
   * Makes sure that there is a session: takes a stored one, renews it, or signs in.
   *
   * @returns `false` where the server runs without authentication
   * @throws SignInError when the sign-in brings no token
   */
  async ensureSignedIn(): Promise<boolean> {
    if ((await this.#discover()) === undefined) return false;
    await this.#tokens.get();
    return true;
  }

  /**
   * Ends the session here: drops the token, also from the storage, and ends a sign-in in flight with
   * `SignedOutError`. The issuer is not notified.
   */
  async signOut(): Promise<void> {
    this.#life.abort(signedOutError("the session was ended"));
    if (!this.#isClosed) this.#life = new AbortController();
    await this.#tokens.drop();
    tell(this.#options.onEvent, { kind: "signedOut", reason: "signOut was called" });
  }

  /**
   * Ends a sign-in in flight, such as one that waits for a person, and any later one, with a
   * `CanceledError`. A session in the storage stays there.
   */
  close(): void {
    this.#isClosed = true;
    this.#life.abort(
      new CanceledError(errorText("SignIn", "CANCELLED", "the client was closed"), {
        rpc: "SignIn",
      }),
    );
  }

  /**
   * Begins a sign-in that ends on another load of the page: keep the result, send the browser to
   * its `url`, and give it to {@link finishSignIn} on the page that the issuer sends back to.
   *
   * @param redirectUri Where the issuer sends the browser back to; registered for the client there.
   * @throws SignInError where the server runs without authentication, or names no way to sign in
   */
  async startSignIn(redirectUri?: string): Promise<PendingSignIn> {
    const server = await this.#require();
    return this.#whileOpen((signal) =>
      this.#context(server, signal).oauth.startAuthorization(signal, redirectUri),
    );
  }

  /**
   * Finishes a sign-in that {@link startSignIn} began.
   *
   * @param callbackUrl The page's address, with the query that the issuer added.
   * @throws SignInError when the answer does not belong to this sign-in, or the issuer refuses
   */
  async finishSignIn(pending: PendingSignIn, callbackUrl: string): Promise<void> {
    const server = await this.#require();
    const token = await this.#whileOpen((signal) =>
      this.#context(server, signal).oauth.finishAuthorization(signal, pending, callbackUrl),
    );
    await this.#tokens.put(token);
    tell(this.#options.onEvent, { kind: "signedIn" });
  }

  #credentials(sent: Sent): CallCredentials {
    const { server, token, proxyToken } = sent;
    const headers: (readonly [string, string])[] = [];
    if (server !== undefined && token !== undefined) {
      const { headerName, wire } = this.#options;
      const name = headerName ?? headerFor(wire ?? "rest", server.metadataKey);
      headers.push([name, `Bearer ${token.accessToken}`]);
    }
    if (proxyToken !== undefined) {
      headers.push(["proxy-authorization", `Bearer ${proxyToken.accessToken}`]);
    }
    return { headers, refused: (refusal, isLast) => this.#refused(refusal, isLast, sent) };
  }

  async #refused(
    refusal: FlyteError,
    isLast: boolean,
    sent: Sent,
  ): Promise<CallCredentials | undefined> {
    const { discovery, token, proxyToken } = sent;
    // The server may have been reconfigured or replaced.
    if (discovery === this.#discovery) this.#discovery = undefined;
    const scopeError =
      token === undefined ? undefined : missingScopeError(refusal, token.accessToken);
    if (scopeError !== undefined) throw scopeError;
    if (isLast) return undefined;
    // Which of the two was refused is unknown. The proxy's is renewed first, since the issuer is behind it.
    const nextProxy = proxyToken && (await this.#proxyTokens?.replace(proxyToken));
    const next = await this.#other(sent);
    if (next === undefined && nextProxy === undefined) return undefined;
    return this.#credentials({ ...sent, ...next, proxyToken: nextProxy ?? proxyToken });
  }

  /** The token to send in place of one that was refused, or to a server that was taken for one without authentication. */
  async #other({ discovery: before, token: refused }: Sent): Promise<Sent | undefined> {
    if (before === undefined) return undefined;
    const token = refused && (await this.#tokens.replace(refused));
    if (refused !== undefined && token === undefined) return undefined;
    const discovery = this.#discover();
    const server = await discovery;
    if (server === undefined) return undefined;
    return { discovery, server, token: token ?? (await this.#tokens.get()) };
  }

  #cacheParts(flow: SignInFlow) {
    const state = flow.isInteractive ? "nobody had signed in" : "no token was available";
    const run = <T>(work: (context: FlowContext) => Promise<T>) =>
      this.#whileOpen(async (signal) => {
        const context = this.#context(await this.#serverFor(flow), signal);
        return this.#during(state, () => work(context));
      });
    return {
      nowMs: () => this.#nowMs(),
      wait: (ms: number) => this.#wait(ms, this.#life.signal),
      source: {
        isRenewable: flow.isRenewable,
        renew: (previous: AuthToken | undefined) => run((context) => flow.renew(context, previous)),
        signIn: () => run((context) => flow.signIn(context)),
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

  #discover(): Discovery {
    this.#discovery ??= this.#whileOpen((signal) =>
      this.#during("the server had not said how to sign in", () =>
        discover({
          ...this.#issuerContext(signal),
          transport: this.#transport,
          baseUrl: this.#options.baseUrl,
          overrides: this.#options,
          wait: this.#wait,
        }),
      ),
    ).catch((error: unknown) => {
      // A failure is not kept: the server may be back for the next call.
      this.#discovery = undefined;
      throw error;
    });
    return this.#discovery;
  }

  #context(server: SignInServer, signal: AbortSignal): FlowContext {
    const nowMs = () => this.#nowMs();
    const oauth = new OAuthRequests({ server, nowMs, ...this.#issuerContext(signal) });
    return { server, nowMs, oauth, wait: this.#wait, signal };
  }

  #issuerContext(signal: AbortSignal): IssuerContext {
    const timeoutMs = this.#options.requestTimeoutMs ?? defaultRequestTimeoutMs;
    return { fetch: this.#issuerFetch, timeoutMs, signal };
  }

  /** Runs work that `signOut` and `close` end, also where it takes no notice of its signal. */
  async #whileOpen<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#life;
    return abortable(signal, () => work(signal));
  }

  async #during<T>(state: string, work: () => Promise<T>): Promise<T> {
    const wait = { state };
    this.#waits.add(wait);
    try {
      return await work();
    } finally {
      this.#waits.delete(wait);
    }
  }

  get #wait(): NonNullable<AuthOptions["wait"]> {
    return this.#options.wait ?? sleep;
  }

  #nowMs(): number {
    return (this.#options.now?.() ?? new Date()).getTime();
  }
}

/** The sign-in of a server, once discovered; `undefined` where it runs without authentication. */
type Discovery = Promise<SignInServer | undefined>;

/** The tokens that a call carried. */
interface Sent {
  readonly discovery?: Discovery | undefined;
  readonly server?: SignInServer | undefined;
  readonly token?: AuthToken | undefined;
  readonly proxyToken?: AuthToken | undefined;
}

/** The sign-in of a proxy's flow. A server behind the proxy cannot be asked before the proxy's token is there. */
const behindProxy: SignInServer = {
  clientId: undefined,
  redirectUri: undefined,
  scopes: [],
  audience: undefined,
  serviceAudience: undefined,
  metadataKey: undefined,
  endpoints: () =>
    Promise.reject(
      new InvalidOptionError(
        "proxyFlow cannot sign in through the server. Use a flow that brings a token, such as tokenFrom or commandToken.",
        {
          option: "proxyFlow",
        },
      ),
    ),
};

function metadataTransport({ baseUrl, transport, fetch }: AuthOptions): Transport {
  if (transport !== undefined) return transport;
  if (baseUrl !== undefined) return createRestTransport({ baseUrl, fetch });
  throw new InvalidOptionError(
    "createAuth needs baseUrl or transport, since the server says how to sign in. Give one of them.",
    { option: "baseUrl" },
  );
}

/** One key per server, client and scopes, so that no session is taken for another. */
function storageKey(baseUrl: string | undefined, options: AuthOptions): string {
  const { clientId, scopes, audience, useAudienceFromAdmin } = options;
  if (baseUrl === undefined) {
    throw new InvalidOptionError("A storage needs baseUrl: tokens are kept by server.", {
      option: "baseUrl",
    });
  }
  const asked = useAudienceFromAdmin === true ? "audience of the server" : (audience ?? "");
  return [new URL(baseUrl).href, clientId ?? "", scopes?.join(" ") ?? "", asked].join("|");
}
