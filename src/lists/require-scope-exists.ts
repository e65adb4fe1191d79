import { callUnary, type Connection } from "../calls/index.js";
import { getProjectMethod } from "../../gen/flyteidl/service/methods.js";
import { NotFoundError } from "../errors/index.js";
import type { CallOptions } from "../internal/index.js";
import type { Scope } from "../values/identifiers/index.js";

/**
 * Asks whether there is such a project, and such a domain in it.
 *
 * @throws NotFoundError when there is not
 */
export async function requireScopeExists(
  connection: Connection,
  { project, domain }: Scope,
  options: CallOptions,
): Promise<void> {
  const { domains } = await callUnary(connection, getProjectMethod, { id: project }, options);
  if (domains.some(({ id }) => id === domain)) return;
  const known = domains.map(({ id }) => id).join(", ");
  throw new NotFoundError(
    `There is no domain ${JSON.stringify(domain)} in project ${JSON.stringify(project)}; it has ${known}`,
    { rpc: "GetProject" },
  );
}
