import type { SignInServer } from "./discovery/index.js";
import { SignInError } from "./errors.js";
import type { AuthToken } from "./token.js";

/**
 * A sign-in that a browser is to finish. It holds the verifier, so keep it where only the same
 * browser or process finds it again, such as `sessionStorage`; it is plain data.
 */
export interface PendingSignIn {
  /** The address to open in the browser. */
  readonly url: string;
  /** The address that the issuer sends the browser back to. */
  readonly redirectUri: string;
  /** The `state` that the browser returns, which identifies this sign-in's own answer. */
  readonly state: string;
  /** The PKCE verifier, which proves to the token endpoint that the same client asks. */
  readonly codeVerifier: string;
}

/** A client's id and secret. */
export interface ClientSecret {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A device code that an issuer issued. */
export interface DeviceGrant {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string | undefined;
  readonly expiresInMs: number;
  readonly intervalMs: number | undefined;
}

/**
 * The questions that flows ask an issuer. Each fails with a `SignInError` when the issuer refuses, or
 * returns an invalid answer, and with a `ConnectionError` when it cannot be reached.
 */
export interface IssuerRequests {
  /** Gets a token for a service. */
  clientCredentials(signal: AbortSignal, client: ClientSecret): Promise<AuthToken>;
  /** Gets another token for a refresh token. */
  refresh(signal: AbortSignal, refreshToken: string): Promise<AuthToken>;
  /** Begins the authorization code flow with PKCE. */
  startAuthorization(signal: AbortSignal, redirectUri?: string): Promise<PendingSignIn>;
  /** Ends it with what the browser came back with. */
  finishAuthorization(
    signal: AbortSignal,
    pending: PendingSignIn,
    callbackUrl: string,
  ): Promise<AuthToken>;
  /** Asks for a device code. */
  startDevice(signal: AbortSignal): Promise<DeviceGrant>;
  /** Asks whether the person has entered it. */
  pollDevice(signal: AbortSignal, deviceCode: string): Promise<AuthToken>;
}

/** Dependencies of a flow. */
export interface FlowContext {
  /** The facts for signing in to the server. */
  readonly server: SignInServer;
  /** Asks the issuer. */
  readonly oauth: IssuerRequests;
  /** The clock, in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Waits so many milliseconds, unless the signal ends the wait. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Aborts when the sign-in is given up. No caller's signal: many callers share one sign-in. */
  readonly signal: AbortSignal;
}

/**
 * The result of renewing a token without a person: a token, `impossible` when there is
 * no way to, or `invalid` when the issuer rejects the refresh token.
 */
export type Renewal = AuthToken | "impossible" | "invalid";

/** A way to get tokens. */
export interface SignInFlow {
  /** Whether a person has to act. */
  readonly isInteractive: boolean;
  /** Whether the flow can get another token. A given token cannot be renewed. */
  readonly isRenewable: boolean;
  /** Gets another token without asking a person. */
  renew(context: FlowContext, previous: AuthToken | undefined): Promise<Renewal>;
  /** Gets a token, asking a person where the flow does. */
  signIn(context: FlowContext): Promise<AuthToken>;
}

/**
 * Gets another token by the refresh token. FlyteAdmin's own issuer answers 500 `server_error` for
 * a bad refresh token where others answer `invalid_grant`: it is tried once more a second later, and then means
 * that a person has to sign in, without the refresh token being given up.
 *
 * @throws ConnectionError when the issuer cannot be reached: the session is not over for that
 */
export async function renewByRefreshToken(
  context: FlowContext,
  previous: AuthToken | undefined,
): Promise<Renewal> {
  const refreshToken = previous?.refreshToken;
  if (refreshToken === undefined) return "impossible";
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.oauth.refresh(context.signal, refreshToken);
    } catch (error) {
      if (!(error instanceof SignInError) || error.reason !== "refused") throw error;
      if (error.oauthError === "invalid_grant") return "invalid";
      if ((error.status ?? 0) < 500 || attempt === 2) return "impossible";
      await context.wait(1_000, context.signal);
    }
  }
}
