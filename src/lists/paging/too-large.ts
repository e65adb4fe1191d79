import { isFlyteError } from "../../errors/index.js";

/**
 * Returns whether a page was too large, for the server, a gateway or this client.
 *
 * `RESOURCE_EXHAUSTED` alone does not say so: proxies limit the rate of requests with it, and asking
 * again at once, as for a smaller page, is what they do not want.
 */
export function isTooLarge(error: unknown): boolean {
  return (
    isFlyteError(error, "RESOURCE_EXHAUSTED") &&
    /larger than (max|configured)/.test(error.serverMessage ?? error.message)
  );
}
