import type { SignInServer } from "./discovery/sign-in-server.js";
import type { OAuthRequests } from "./oauth/oauth-requests.js";
import type { Token } from "./token.js";

/** What a flow works with. */
export interface FlowContext {
  /** What the server says about signing in. */
  readonly server: SignInServer;
  /** Asks the issuer. */
  readonly oauth: OAuthRequests;
  /** The clock, in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Waits so many milliseconds, unless the signal ends the wait. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Aborts when the sign-in is given up. No caller's signal: many callers share one sign-in. */
  readonly signal: AbortSignal;
}

/**
 * What came of getting another token without asking a person: a token, `impossible` when there is
 * no such way, or `invalid` when the issuer says that the refresh token is not good any more.
 */
export type Renewal = Token | "impossible" | "invalid";

/** A way to get tokens. */
export interface SignInFlow {
  /** Whether a person has to act. */
  readonly isInteractive: boolean;
  /** Whether another token can be had at all. A given token cannot be renewed. */
  readonly isRenewable: boolean;
  /** Gets another token without asking a person. */
  renew(context: FlowContext, previous: Token | undefined): Promise<Renewal>;
  /** Gets a token, asking a person where the flow does. */
  signIn(context: FlowContext): Promise<Token>;
}
