import { FlyteError } from "./flyte-error.js";
import type { StatusCode } from "./status-code.js";

/** Whether a caught value is a {@link FlyteError}, of this code if one is given, from whichever copy of this package. */
export function isFlyteError(error: unknown, code?: StatusCode): error is FlyteError {
  return error instanceof FlyteError && (code === undefined || error.code === code);
}
