import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import { callUnary, type Connection } from "../../calls/index.js";
import type { CallOptions } from "../../internal/index.js";
import { getExecutionMethod } from "../../../gen/flyteidl/service/methods.js";
import { executionFilters, toFilterString, toSort } from "../../lists/filters/index.js";
import { fetchRows, listExecutionsRpc } from "../../lists/index.js";
import type { Scope } from "../../values/identifiers/index.js";
import { isTerminal } from "../../values/index.js";
import { mapConcurrent } from "../bulk/index.js";

/** The calls that a poll makes. */
export interface PollCall {
  readonly connection: Connection;
  readonly scope: Scope;
  readonly options: CallOptions & { readonly signal: AbortSignal };
}

/** The result of a look-up: an execution, or why there is none. */
export type Polled = Execution | { readonly error: unknown };

/** Asks for one execution. */
export function getPolled(
  { connection, scope, options }: PollCall,
  name: string,
): Promise<Execution> {
  return callUnary(connection, getExecutionMethod, { id: { ...scope, name } }, options);
}

/**
 * Asks for several executions with one call, and apart for those that the list does not have, to
 * learn why, and for those that failed, whose errors lists cut to 100 bytes.
 */
export async function listPolled(
  call: PollCall,
  names: readonly string[],
): Promise<ReadonlyMap<string, Polled>> {
  const filters = toFilterString(executionFilters, (f) => [
    f.name.in(names),
    // Archived ones are hidden unless the state is named.
    f.state.in(["EXECUTION_ACTIVE", "EXECUTION_ARCHIVED"]),
  ]);
  const page = {
    limit: names.length,
    token: "",
    filters,
    sortBy: toSort(executionFilters, undefined),
  };
  const { items: executions } = await fetchRows(
    call.connection,
    listExecutionsRpc,
    { id: call.scope },
    page,
    call.options,
  );
  const found = new Map<string, Polled>();
  for (const execution of executions) {
    if (execution.id !== undefined && !hasError(execution)) found.set(execution.id.name, execution);
  }
  const others = names.filter((name) => !found.has(name));
  const ask = async (name: string) => [name, await getOrError(call, name)] as const;
  const { signal } = call.options;
  for await (const [name, polled] of mapConcurrent(others, ask, { signal })) {
    found.set(name, polled);
  }
  return found;
}

function hasError(execution: Execution): boolean {
  return isTerminal(execution) && execution.closure?.outputResult.case === "error";
}

async function getOrError(call: PollCall, name: string): Promise<Polled> {
  try {
    return await getPolled(call, name);
  } catch (error) {
    return { error };
  }
}
