import {
  errorText,
  escapeControls,
  type FlyteError,
  type FlyteErrorOptions,
  missingScope,
  setFields,
  UnauthenticatedError,
} from "../errors/index.js";
import { scopesOf } from "./token.js";

/**
 * The reason of a failed sign-in:
 * - `refused`: the issuer refused; `oauthError` has its code;
 * - `denied`: the person refused;
 * - `timedOut`: the person did not act in time;
 * - `unsupported`: the server does not offer this way to sign in, or not in a way that can be used;
 * - `failed`: anything else, such as a command that ended with an error.
 */
export type SignInFailure = "refused" | "denied" | "timedOut" | "unsupported" | "failed";

/** Facts about a failed sign-in, beside its text. */
export interface SignInErrorOptions extends FlyteErrorOptions {
  /** The reason of the failure. */
  readonly reason: SignInFailure;
  /** The error that the issuer returned, such as `invalid_grant`. */
  readonly oauthError?: string | undefined;
  /** The HTTP status of the issuer's answer. */
  readonly status?: number | undefined;
}

/** A sign-in that brought no token. Code `UNAUTHENTICATED`, `rpc` is `"SignIn"`. */
export class SignInError extends UnauthenticatedError {
  static override get errorName(): string {
    return "SignInError";
  }

  /** The reason of the failure. */
  readonly reason: SignInFailure;
  /** The issuer's code, such as `"invalid_client"`. `undefined` when it sent none. */
  declare readonly oauthError: string | undefined;
  /** The HTTP status of the issuer's answer. `undefined` when it is not an answer of the issuer. */
  declare readonly status: number | undefined;

  constructor(message: string, options: SignInErrorOptions) {
    super(message, { ...options, rpc: options.rpc ?? "SignIn" });
    this.reason = options.reason;
    setFields<SignInError>(this, { oauthError: options.oauthError, status: options.status });
  }
}

/**
 * The session is over and only a person can begin another one: a page shows its sign-in button.
 * Code `UNAUTHENTICATED`.
 */
export class SignedOutError extends UnauthenticatedError {
  static override get errorName(): string {
    return "SignedOutError";
  }
}

/**
 * The token is good but lacks a scope that FlyteAdmin asks for. A new token of the same kind would
 * lack it too, so nothing is tried again. Code `UNAUTHENTICATED`, as the server's own.
 */
export class MissingScopeError extends UnauthenticatedError {
  static override get errorName(): string {
    return "MissingScopeError";
  }

  /** The scopes that the server asks for and the token lacks. */
  readonly missingScopes: readonly string[];
  /** The scopes of the token. `undefined` when the token does not say. */
  declare readonly grantedScopes: readonly string[] | undefined;

  constructor(
    message: string,
    options: FlyteErrorOptions & {
      readonly missingScopes: readonly string[];
      readonly grantedScopes?: readonly string[] | undefined;
    },
  ) {
    super(message, options);
    this.missingScopes = options.missingScopes;
    setFields<MissingScopeError>(this, { grantedScopes: options.grantedScopes });
  }
}

/** The error of a sign-in that failed: what happened, and what to do. */
export function signInError(
  words: string,
  remedy: string,
  options: SignInErrorOptions,
): SignInError {
  return new SignInError(errorText("SignIn", "UNAUTHENTICATED", words, remedy), options);
}

/** The error of a session that is over. */
export function signedOutError(
  words: string,
  rpc = "SignIn",
  remedy = "Sign in again.",
): SignedOutError {
  return new SignedOutError(errorText(rpc, "UNAUTHENTICATED", words, remedy), { rpc });
}

/** The scope that FlyteAdmin asks for. */
const requiredScope = "all";

/** The error for a refusal for want of a scope, or `undefined` for any other refusal. */
export function missingScopeError(
  refusal: FlyteError,
  accessToken: string,
): MissingScopeError | undefined {
  if (refusal.serverMessage?.includes(missingScope) !== true) return undefined;
  const granted = scopesOf(accessToken);
  const has =
    granted === undefined
      ? ""
      : `; the token has ${granted.length === 0 ? "none" : granted.map((scope) => JSON.stringify(scope)).join(", ")}`;
  return new MissingScopeError(
    errorText(
      refusal.rpc,
      "UNAUTHENTICATED",
      `the token lacks the scope "${requiredScope}" (claim scp)${has}`,
      "Ask for it through scopes, and let the issuer grant it to this client.",
    ),
    {
      rpc: refusal.rpc,
      requestId: refusal.requestId,
      attempts: refusal.attempts,
      serverMessage: refusal.serverMessage,
      missingScopes: [requiredScope],
      grantedScopes: granted,
    },
  );
}

/** Returns the text of an issuer or a library on one line, with control characters escaped, for a message or a terminal. */
export function oneLine(text: string, maxLength: number): string {
  const bounded = text.slice(0, maxLength * 4);
  return escapeControls(bounded.replace(/\s+/g, " ")).slice(0, maxLength);
}
