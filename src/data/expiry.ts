import {
  invalidOption,
  type OptionNames,
  requireKnownOptions,
} from "../internal/validation/index.js";
import { durationOf, type SecondsAndNanos } from "../values/times/index.js";

/** How long a signed URL lives. */
export interface Expiry {
  /**
   * At least 1, and at most what the server allows, which is an hour by default.
   * @defaultValue what the server allows
   */
  readonly expiresInSeconds?: number | undefined;
}

const expiryNames: OptionNames<Expiry> = { expiresInSeconds: true };

/**
 * Checks an argument that is an expiry alone.
 *
 * @throws InvalidOptionError
 */
export function requireExpiry(expiry: Expiry): Expiry {
  return requireKnownOptions(expiry, expiryNames, "expiry", "an object with expiresInSeconds");
}

/**
 * The field of the requests that sign.
 *
 * @throws InvalidOptionError below a second: the storage would sign a URL that has expired already.
 */
export function expiresIn(expiry: Expiry): { expiresIn?: SecondsAndNanos } {
  const { expiresInSeconds } = expiry;
  if (expiresInSeconds === undefined) return {};
  if (Number.isFinite(expiresInSeconds) && expiresInSeconds >= 1) {
    return { expiresIn: durationOf(Math.round(expiresInSeconds * 1000)) };
  }
  const expected = "a number of at least 1 (leave it out for the longest that the server allows)";
  throw invalidOption("expiresInSeconds", expected, expiresInSeconds);
}
