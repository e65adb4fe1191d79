import { InvalidOptionError } from "../errors/index.js";
import { requireObject } from "../internal/require-object.js";
import { durationOf, type SecondsAndNanos } from "../values/times/index.js";

/** How long a signed URL lives. */
export interface Expiry {
  /**
   * At least 1, and at most what the server allows, which is an hour by default.
   * @defaultValue what the server allows
   */
  readonly expiresInSeconds?: number;
}

/**
 * The field of the requests that sign.
 *
 * @throws InvalidOptionError below a second: the storage would sign a URL that is dead on arrival.
 */
export function expiresIn(expiry: Expiry): { expiresIn?: SecondsAndNanos } {
  const { expiresInSeconds } = requireObject(expiry, "expiry", "an object with expiresInSeconds");
  if (expiresInSeconds === undefined) return {};
  if (Number.isFinite(expiresInSeconds) && expiresInSeconds >= 1) {
    return { expiresIn: durationOf(Math.round(expiresInSeconds * 1000)) };
  }
  throw new InvalidOptionError(
    `expiresInSeconds is ${expiresInSeconds}: give at least 1, or leave it out for the longest that the server allows`,
    { option: "expiresInSeconds" },
  );
}
