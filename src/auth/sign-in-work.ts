import type { Transport } from "@connectrpc/connect";

import { InvalidOptionError } from "../errors/index.js";
import { abortable, sleep } from "../internal/cancellation/index.js";
import type { FetchContext } from "../transports/index.js";
import { createRestTransport } from "../transports/rest/index.js";
import type { IssuerContext } from "./ask-issuer.js";
import type { AuthOptions } from "./auth-options.js";
import { discover, type SignInServer } from "./discovery/index.js";
import { signInError } from "./errors.js";
import type { FlowContext, SignInFlow } from "./flow.js";
import { OAuthRequests } from "./oauth/index.js";
import { signFetchForProxy, signTransportForProxy } from "./proxy-signing.js";
import type { AuthToken } from "./token.js";
import { TokenCache, type TokenCacheParts } from "./token-cache.js";

const defaultRequestTimeoutMs = 15_000;

/** The sign-in of a server, once discovered; `undefined` where it runs without authentication. */
export type Discovery = Promise<SignInServer | undefined>;

/**
 * The work that brings tokens: discovers how a server wants to be signed in to, and runs flows with its issuer,
 * through a proxy where there is one. It ends together, when the person signs out or the client is closed.
 */
export class SignInWork {
  /** The tokens of the proxy in front of the server, where it wants some. */
  readonly proxyTokens: TokenCache | undefined;
  readonly #options: AuthOptions;
  readonly #transport: Transport;
  readonly #issuerFetch: FetchContext["fetch"];
  readonly #waits = new Set<{ readonly state: string }>();
  #discovery: Discovery | undefined;
  #life = new AbortController();
  #isClosed = false;

  constructor(options: AuthOptions) {
    this.#options = options;
    const { baseUrl, fetch, proxyFlow } = options;
    const proxyTokens = proxyFlow && new TokenCache(this.cacheParts(proxyFlow));
    const transport = metadataTransport(options);
    this.proxyTokens = proxyTokens;
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
  }

  /** Returns a description of the work in flight; `undefined` when there is none. */
  state(): string | undefined {
    return [...this.#waits].at(-1)?.state;
  }

  /** Ends the work in flight. */
  end(reason: Error): void {
    this.#life.abort(reason);
    if (!this.#isClosed) this.#life = new AbortController();
  }

  /** Ends the work in flight, and any later one. */
  close(reason: Error): void {
    this.#isClosed = true;
    this.#life.abort(reason);
  }

  /** Discovers how to sign in to the server, once. */
  discover(): Discovery {
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

  /** Drops what was discovered, unless it was discovered again since. */
  forget(discovery: Discovery | undefined): void {
    if (discovery === this.#discovery) this.#discovery = undefined;
  }

  /**
   * Discovers how to sign in to a server that must have authentication.
   *
   * @throws SignInError where the server runs without it
   */
  async requireServer(): Promise<SignInServer> {
    const server = await this.discover();
    if (server !== undefined) return server;
    throw signInError(
      "the server runs without authentication",
      "There is nothing to sign in to: call it without auth.",
      { reason: "unsupported" },
    );
  }

  /** Runs a part of a sign-in, which `end` and `close` end. */
  run<T>(server: SignInServer, work: (context: FlowContext) => Promise<T>): Promise<T> {
    return this.#whileOpen((signal) => work(this.#contextFor(server, signal)));
  }

  /** Returns the parts of a cache for the tokens of a flow. */
  cacheParts(flow: SignInFlow): TokenCacheParts {
    const state = flow.isInteractive ? "nobody had signed in" : "no token was available";
    const run = <T>(work: (context: FlowContext) => Promise<T>) =>
      this.#whileOpen(async (signal) => {
        const context = this.#contextFor(await this.#serverFor(flow), signal);
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
    return flow === this.#options.proxyFlow ? behindProxy : this.requireServer();
  }

  #contextFor(server: SignInServer, signal: AbortSignal): FlowContext {
    const nowMs = () => this.#nowMs();
    const oauth = new OAuthRequests({ server, nowMs, ...this.#issuerContext(signal) });
    return { server, nowMs, oauth, wait: this.#wait, signal };
  }

  #issuerContext(signal: AbortSignal): IssuerContext {
    const timeoutMs = this.#options.requestTimeoutMs ?? defaultRequestTimeoutMs;
    return { fetch: this.#issuerFetch, timeoutMs, signal };
  }

  /** Runs work that `end` and `close` end, also where it takes no notice of its signal. */
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
