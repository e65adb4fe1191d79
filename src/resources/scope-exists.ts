import type { CallOptions, Client } from "@connectrpc/connect";

import type { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { NotFoundError } from "../errors/index.js";
import type { Scope } from "../values/identifiers/index.js";

/**
 * Asks whether there is such a project, and such a domain in it.
 *
 * @throws NotFoundError when there is not
 */
export async function requireScopeExists(
  admin: Client<typeof AdminService>,
  { project, domain }: Scope,
  options: CallOptions,
): Promise<void> {
  const { domains } = await admin.getProject({ id: project }, options);
  if (domains.some(({ id }) => id === domain)) return;
  const known = domains.map(({ id }) => id).join(", ");
  throw new NotFoundError(
    `There is no domain ${JSON.stringify(domain)} in project ${JSON.stringify(project)}; it has ${known}`,
    { rpc: "GetProject" },
  );
}
