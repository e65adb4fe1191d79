import { InvalidOptionError } from "../errors/index.js";
import { version } from "../internal/index.js";

/**
 * Returns the `user-agent` of calls.
 *
 * @throws InvalidOptionError when the application's name cannot be part of a header
 */
export function userAgent(application: string | undefined): string {
  const own = `flyte-admin-client/${version}`;
  if (application === undefined) return own;
  const given: unknown = application;
  if (typeof given === "string" && /^[!-~]+(?: [!-~]+)*$/.test(given)) return `${given} ${own}`;
  throw new InvalidOptionError(
    `application must be a name of visible ASCII characters, such as "billing/1.4", got ${JSON.stringify(given)}.`,
    { option: "application" },
  );
}
