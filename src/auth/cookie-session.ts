import type { CallAuth, CallCredentials } from "../calls/index.js";
import { type FlyteError, InvalidOptionError } from "../errors/index.js";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import { parseBaseUrl } from "../transports/index.js";
import { signedOutError } from "./errors.js";
import { type AuthListener, tell } from "./auth-options.js";

/** Options of FlyteAdmin's own login in a page. */
export interface CookieSessionOptions {
  /** The server's address, as for the client. */
  readonly baseUrl: string;
  /** Called once when the server rejects the session: show the sign-in button, or go to `loginUrl()`. */
  readonly onEvent?: AuthListener | undefined;
}

const optionNames: OptionNames<CookieSessionOptions> = { baseUrl: true, onEvent: true };

/**
 * A session by FlyteAdmin's cookies, for pages. Give it to the client as `auth`, together with
 * `credentials: "include"`. The cookies are out of reach for a page; they are set by navigating to
 * {@link loginUrl} and cleared at {@link logoutUrl}. A call without a session fails with
 * `SignedOutError`. On another origin the server must list the page's origin (`allowedOrigins`)
 * and set its cookies with SameSite=None.
 *
 * @throws InvalidOptionError for a `baseUrl` that cannot be
 */
export class CookieSession implements CallAuth {
  readonly #href: string;
  readonly #onEvent: AuthListener | undefined;
  #isOver = false;

  constructor(options: CookieSessionOptions) {
    requireKnownOptions(options, optionNames, "options", "an object with baseUrl");
    this.#href = parseBaseUrl(options.baseUrl).href;
    this.#onEvent = options.onEvent;
  }

  /**
   * Returns the address to send the window to for a sign-in. Navigate there: `fetch` cannot follow to the provider.
   *
   * @param returnTo The page to come back to: a path, or an address on an origin that the server
   *   lists in `authorizedUris`. Only ever a page of your own: with a live session the server
   *   redirects to whatever is given.
   * @throws InvalidOptionError for an address that is not http or https
   */
  loginUrl(returnTo?: string): string {
    return this.#url("/login", returnTo);
  }

  /**
   * Returns the address to send the window to for a sign-out. It clears the browser's cookies only; copies of them stay valid.
   *
   * @param returnTo The page to come back to. Only ever a page of your own: the server redirects to whatever is given.
   * @throws InvalidOptionError for an address that is not http or https
   */
  logoutUrl(returnTo?: string): string {
    return this.#url("/logout", returnTo);
  }

  /** Nothing is added to a call: the browser sends the cookies. */
  credentialsFor(): Promise<CallCredentials | undefined> {
    return Promise.resolve({ headers: [], refused: (refusal) => this.#refused(refusal) });
  }

  #refused(refusal: FlyteError): Promise<never> {
    if (!this.#isOver) {
      this.#isOver = true;
      tell(this.#onEvent, {
        kind: "signedOut",
        reason: "the server accepted no session of this page",
      });
    }
    return Promise.reject(
      signedOutError("the server found no session in the call's cookies", refusal.rpc, remedy),
    );
  }

  #url(path: string, returnTo: string | undefined): string {
    const url = new URL(this.#href + path);
    if (returnTo !== undefined) {
      const isPath = /^\/(?![/\\])/.test(returnTo);
      const isAddress = URL.canParse(returnTo) && /^https?:$/.test(new URL(returnTo).protocol);
      if (!isPath && !isAddress) {
        throw new InvalidOptionError(
          'returnTo must be a path that begins with one "/", or an http or https address.',
          { option: "returnTo" },
        );
      }
      url.searchParams.set("redirect_url", returnTo);
    }
    return url.href;
  }
}

const remedy =
  'Send the window to loginUrl(). If it comes from there already, the browser withholds the cookies: set credentials: "include", and on another origin let the server list this page (security.allowedOrigins) and set its cookies with SameSite=None and Secure.';
