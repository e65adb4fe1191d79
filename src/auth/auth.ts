import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import type { AuthCall, CallAuth, CallCredentials } from "../calls/index.js";
import { CanceledError, errorText, type FlyteError, InvalidOptionError } from "../errors/index.js";
import {
  checkFunction,
  requireKnownOptions,
  requireObject,
  requireTimeLimit,
} from "../internal/validation/index.js";
import { authOptionNames, type AuthOptions, headerFor, tell } from "./auth-options.js";
import { checkAddress, type SignInServer } from "./discovery/index.js";
import { missingScopeError, signedOutError } from "./errors.js";
import type { PendingSignIn } from "./flow.js";
import { type Discovery, SignInWork } from "./sign-in-work.js";
import type { AuthToken } from "./token.js";
import { TokenCache } from "./token-cache.js";

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
  readonly #work: SignInWork;
  readonly #tokens: TokenCache;

  /** @internal */
  constructor(options: AuthOptions) {
    requireKnownOptions(options, authOptionNames, "options", "an object with flow");
    requireObject(options.flow, "flow", "a way to sign in, such as clientCredentials({ … })");
    checkFunction(options.onEvent, "onEvent");
    requireTimeLimit(options.requestTimeoutMs, "requestTimeoutMs");
    const { baseUrl, flow, storage, tokenUrl, authorizationServerUrl } = options;
    if (tokenUrl !== undefined) checkAddress("tokenUrl", tokenUrl);
    if (authorizationServerUrl !== undefined)
      checkAddress("authorizationServerUrl", authorizationServerUrl);
    this.#options = options;
    this.#work = new SignInWork(options);
    const store =
      storage === undefined ? undefined : { storage, key: storageKey(baseUrl, options) };
    const parts = this.#work.cacheParts(flow);
    this.#tokens = new TokenCache({ ...parts, store, listener: options.onEvent });
  }

  /** Returns the headers of a call. Calls for the server's metadata carry the proxy's token only. */
  async credentialsFor({ service }: AuthCall): Promise<CallCredentials | undefined> {
    const proxyToken = await this.#work.proxyTokens?.get();
    if (service === AuthMetadataService.typeName) {
      return proxyToken && this.#credentials({ proxyToken });
    }
    const discovery = this.#work.discover();
    const server = await discovery;
    const token = server && (await this.#tokens.get());
    return this.#credentials({ discovery, server, token, proxyToken });
  }

  /** A description of the sign-in in progress; `undefined` when there is none. */
  signInState(): string | undefined {
    return this.#work.state();
  }

  /**
   * Signs in now, asking the person where the flow does, in place of whatever session there is.
   * Nothing happens where the server runs without authentication.
   *
   * @throws SignInError when the sign-in brings no token
   */
  async signIn(): Promise<void> {
    const server = await this.#work.discover();
    if (server === undefined) return;
    const token = await this.#work.run(server, (context) => this.#options.flow.signIn(context));
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
    if ((await this.#work.discover()) === undefined) return false;
    await this.#tokens.get();
    return true;
  }

  /**
   * Ends the session here: drops the token, also from the storage, and ends a sign-in in flight with
   * `SignedOutError`. The issuer is not notified.
   */
  async signOut(): Promise<void> {
    this.#work.end(signedOutError("the session was ended"));
    await this.#tokens.drop();
    tell(this.#options.onEvent, { kind: "signedOut", reason: "signOut was called" });
  }

  /**
   * Ends a sign-in in flight, such as one that waits for a person, and any later one, with a
   * `CanceledError`. A session in the storage stays there.
   */
  close(): void {
    this.#work.close(
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
    return this.#work.run(await this.#work.requireServer(), ({ oauth, signal }) =>
      oauth.startAuthorization(signal, redirectUri),
    );
  }

  /**
   * Finishes a sign-in that {@link startSignIn} began.
   *
   * @param callbackUrl The page's address, with the query that the issuer added.
   * @throws SignInError when the answer does not belong to this sign-in, or the issuer refuses
   */
  async finishSignIn(pending: PendingSignIn, callbackUrl: string): Promise<void> {
    const token = await this.#work.run(await this.#work.requireServer(), ({ oauth, signal }) =>
      oauth.finishAuthorization(signal, pending, callbackUrl),
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
    this.#work.forget(discovery);
    const scopeError =
      token === undefined ? undefined : missingScopeError(refusal, token.accessToken);
    if (scopeError !== undefined) throw scopeError;
    if (isLast) return undefined;
    // Which of the two was refused is unknown. The proxy's is renewed first, since the issuer is behind it.
    const nextProxy = proxyToken && (await this.#work.proxyTokens?.replace(proxyToken));
    const next = await this.#other(sent);
    if (next === undefined && nextProxy === undefined) return undefined;
    return this.#credentials({ ...sent, ...next, proxyToken: nextProxy ?? proxyToken });
  }

  /** The token to send in place of one that was refused, or to a server that was taken for one without authentication. */
  async #other({ discovery: before, token: refused }: Sent): Promise<Sent | undefined> {
    if (before === undefined) return undefined;
    const token = refused && (await this.#tokens.replace(refused));
    if (refused !== undefined && token === undefined) return undefined;
    const discovery = this.#work.discover();
    const server = await discovery;
    if (server === undefined) return undefined;
    return { discovery, server, token: token ?? (await this.#tokens.get()) };
  }
}

/** The tokens that a call carried. */
interface Sent {
  readonly discovery?: Discovery | undefined;
  readonly server?: SignInServer | undefined;
  readonly token?: AuthToken | undefined;
  readonly proxyToken?: AuthToken | undefined;
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
