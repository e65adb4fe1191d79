import type { Connection } from "../calls/index.js";
import type { FlyteQueryKey } from "./query-types.js";

/** The names of the resources that queries read, as keys have them. */
export type QueryResource =
  | "executions"
  | "nodeExecutions"
  | "taskExecutions"
  | "launchPlans"
  | "workflows"
  | "tasks"
  | "projects";

/** A client, or its connection. */
export type FlyteClient = Connection | { readonly connection: Connection };

/**
 * Returns the key that all queries of a resource begin with, or all of this package:
 * `queryClient.invalidateQueries({ queryKey: flyteQueryKey("executions") })`.
 */
export function flyteQueryKey(resource?: QueryResource): readonly string[] {
  return resource === undefined ? ["flyte"] : ["flyte", resource];
}

/** Makes the key of a query. The address of FlyteConsole distinguishes servers, where it is known. */
export function makeKey(
  connection: Connection,
  resource: QueryResource,
  verb: string,
  about: Readonly<Record<string, unknown>>,
): FlyteQueryKey {
  const { consoleUrl } = connection;
  return ["flyte", resource, { verb, ...about, ...(consoleUrl !== undefined && { consoleUrl }) }];
}

/** Returns the connection of a client. */
export function connectionOf(client: FlyteClient): Connection {
  return "connection" in client ? client.connection : client;
}
