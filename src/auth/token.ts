import { isRecord } from "../internal/validation/index.js";

/** A token and how long it may be used. Times are milliseconds since 1970, by this machine's clock. */
export interface AuthToken {
  /** The access token that calls carry. */
  readonly accessToken: string;
  /** The refresh token, which gets another access token without a person. */
  readonly refreshToken?: string | undefined;
  /** When the token was obtained, in milliseconds since 1970. */
  readonly obtainedAtMs: number;
  /** When the token expires. `undefined` where the issuer did not say: then it is used until it is refused. */
  readonly expiresAtMs?: number | undefined;
}

/** The answer of an issuer or a command about a token. */
export interface TokenAnswer {
  /** The access token. Secret. */
  readonly accessToken: string;
  /** The refresh token, where the issuer returned one. Secret. */
  readonly refreshToken?: string | undefined;
  /** The life of the token from now, in seconds. */
  readonly expiresInSeconds?: number | undefined;
}

/** The longest time before its end that a token is no longer sent, in milliseconds. */
const maxSkewMs = 10_000;
/** The longest time before its end that another token is asked for while this one still serves, in milliseconds. */
const maxMarginMs = 300_000;

/**
 * Makes a token of an answer. Its end is counted from now by `expires_in`, so that the issuer's
 * clock does not matter; without it, by the `exp` claim. An `exp` that has passed by this clock
 * is taken for a wrong clock and left out: the server decides.
 */
export function tokenOf(answer: TokenAnswer, nowMs: number): AuthToken {
  const { accessToken, refreshToken, expiresInSeconds } = answer;
  const exp = claimsOf(accessToken)?.["exp"];
  const ends =
    expiresInSeconds !== undefined && Number.isFinite(expiresInSeconds)
      ? nowMs + expiresInSeconds * 1000
      : typeof exp === "number"
        ? exp * 1000
        : undefined;
  return {
    accessToken,
    refreshToken,
    obtainedAtMs: nowMs,
    expiresAtMs: ends !== undefined && ends > nowMs ? ends : undefined,
  };
}

/** Whether a token may still be sent. It stops a little before its end: FlyteAdmin allows no clock error at all. */
export function isUsable(token: AuthToken, nowMs: number): boolean {
  const { expiresAtMs } = token;
  return expiresAtMs === undefined || nowMs < expiresAtMs - lastPart(token, 0.1, maxSkewMs);
}

/** Whether it is time to get another token while this one still serves. */
export function isDue(token: AuthToken, nowMs: number): boolean {
  const { expiresAtMs } = token;
  return expiresAtMs !== undefined && nowMs >= expiresAtMs - lastPart(token, 0.2, maxMarginMs);
}

function lastPart(token: AuthToken, part: number, maxMs: number): number {
  // Not `exp - iat`: a refreshed token of FlyteAdmin keeps the first one's iat.
  const lifeMs = (token.expiresAtMs ?? Infinity) - token.obtainedAtMs;
  return Math.min(maxMs, Math.max(0, lifeMs) * part);
}

/** The longest token that is looked into, in characters. */
const maxLength = 65_536;

/** Whether a string can be sent as a token in a header. */
export function isTokenText(text: unknown): text is string {
  return typeof text === "string" && /^[\x21-\x7e]{1,65536}$/.test(text);
}

/**
 * The claims of a JSON web token, unverified: for its end and for messages, never for a decision
 * about trust. `undefined` for an opaque token.
 */
function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature] = token.length > maxLength ? [] : token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const base64 = payload.replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The scopes that a token carries, as FlyteAdmin reads them: the claim `scp`, an array or one
 * string. `undefined` where the token does not say.
 */
export function scopesOf(token: string): readonly string[] | undefined {
  const scp = claimsOf(token)?.["scp"];
  if (typeof scp === "string") return [scp];
  if (!Array.isArray(scp)) return undefined;
  return scp.filter((scope) => typeof scope === "string").slice(0, 50);
}
