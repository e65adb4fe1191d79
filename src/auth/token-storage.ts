import { isRecord } from "../internal/validation/index.js";
import { type AuthToken, isTokenText } from "./token.js";

/**
 * Keeps one string per key between runs, such as a keychain or a file. The strings are secret.
 * A storage that fails does not fail a call: it is reported as the event `storageFailed`.
 */
export interface TokenStorage {
  /** The text under a key, or `undefined`. */
  load(key: string): Promise<string | undefined>;
  /** Keeps a text under a key, in place of the one before. */
  save(key: string, text: string): Promise<void>;
  /** Forgets what is under a key. A missing key is no failure. */
  remove(key: string): Promise<void>;
  /**
   * Runs work that no other process runs at the same time under this key. Tokens are renewed under it: an issuer that
   * issues each refresh token once may end the session of two processes that send the same one. In a page that is
   * `(key, work) => navigator.locks.request(key, work)`.
   * @defaultValue renewals of other processes are not waited for
   */
  withLock?<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** A token as the text that storages keep. */
export function writeToken(token: AuthToken): string {
  const { accessToken, refreshToken, obtainedAtMs, expiresAtMs } = token;
  return JSON.stringify({ accessToken, refreshToken, obtainedAtMs, expiresAtMs });
}

/** Reads what {@link writeToken} wrote. `undefined` for anything else. */
export function readToken(text: string): AuthToken | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { accessToken, refreshToken, obtainedAtMs, expiresAtMs } = value;
  if (!isTokenText(accessToken) || typeof obtainedAtMs !== "number") return undefined;
  return {
    accessToken,
    refreshToken: typeof refreshToken === "string" ? refreshToken : undefined,
    obtainedAtMs,
    expiresAtMs: typeof expiresAtMs === "number" ? expiresAtMs : undefined,
  };
}
