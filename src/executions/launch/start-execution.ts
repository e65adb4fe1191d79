import type { CallOptions } from "@connectrpc/connect";

import { ExecutionMetadata_ExecutionMode } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { ResourceContext } from "../../resources/context.js";
import { createOnce, launchedExecution, rerunExecution } from "./create-once.js";
import { type LaunchTarget, launchRequest } from "./launch.js";

/** How an execution is to be run again. */
export interface RelaunchRequest {
  /**
   * The name of the new execution, at most 63 characters: a letter, then letters, digits and
   * hyphens. With a name, a call whose answer was lost can be told from one that never arrived.
   * @defaultValue one that the server makes
   */
  readonly name?: string;
  /**
   * Whether to run what the cache could answer, and store it anew.
   * @defaultValue `false`
   */
  readonly overwriteCache?: boolean;
}

/** How an execution is to be recovered. */
export interface RecoverRequest {
  /**
   * The name of the new execution.
   * @defaultValue one that the server makes
   */
  readonly name?: string;
}

/** An execution that is to run again, and the name of the new one where it has one. */
export interface Rerun {
  readonly id: WorkflowExecutionIdentifier;
  readonly name?: string;
}

/** Launches a launch plan or a task, once. */
export async function launchExecution(
  context: ResourceContext,
  request: LaunchTarget,
  options?: CallOptions,
): Promise<WorkflowExecutionIdentifier> {
  const message = await launchRequest(context, request, options);
  return createOnce(context, launchedExecution(message), options, (call) =>
    context.clients.admin.createExecution(message, call),
  );
}

/** Runs an execution again, once. */
export function relaunchExecution(
  context: ResourceContext,
  request: Rerun & { readonly overwriteCache: boolean },
  options?: CallOptions,
): Promise<WorkflowExecutionIdentifier> {
  const mode = ExecutionMetadata_ExecutionMode.RELAUNCH;
  const wanted = rerunExecution(request.id, request.name, mode);
  return createOnce(context, wanted, options, (call) =>
    context.clients.admin.relaunchExecution(request, call),
  );
}

/** Runs an execution again from where it failed, once. */
export function recoverExecution(
  context: ResourceContext,
  request: Rerun,
  options?: CallOptions,
): Promise<WorkflowExecutionIdentifier> {
  const mode = ExecutionMetadata_ExecutionMode.RECOVERED;
  const wanted = rerunExecution(request.id, request.name, mode);
  return createOnce(context, wanted, options, (call) =>
    context.clients.admin.recoverExecution(request, call),
  );
}
