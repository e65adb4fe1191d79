import { fromBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import { LaunchPlanClosureSchema } from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { WorkflowSpec } from "../../../../../gen/flyteidl/admin/workflow_pb.js";
import type {
  CompiledTask,
  CompiledWorkflowClosure,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { Identifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { identifierText } from "../../../go-format/index.js";
import type { FlyteState } from "../../../store/index.js";
import {
  CompileFailure,
  compileWorkflow,
  type LaunchPlanInterface,
  requirementsOf,
  type WorkflowSource,
} from "../../compiler/index.js";
import { invalidArgument, missing, missingEntity, textOf } from "../../../server-errors.js";
import { lookedUpText } from "../checks/index.js";
import { compiledTaskOf } from "../tasks/index.js";
import { findSomeVersion } from "../versions.js";

/**
 * Compiles the spec of a workflow with the tasks and launch plans that are registered.
 * @throws INVALID_ARGUMENT with the compiler's list of mistakes, or with the first entity that is not there
 */
export function compileSpec(
  state: FlyteState,
  id: Identifier,
  { template, subWorkflows }: WorkflowSpec,
): CompiledWorkflowClosure {
  if (template === undefined) throw missing("spec");
  try {
    return compile(state, { template: { ...template, id }, subWorkflows });
  } catch (error) {
    const refusal = refusalText(error);
    if (refusal === undefined) throw error;
    throw invalidArgument(
      `failed to compile workflow for [${identifierText(id)}] with err: ${refusal}`,
    );
  }
}

function compile(state: FlyteState, source: WorkflowSource): CompiledWorkflowClosure {
  const required = requirementsOf(source);
  return compileWorkflow(source, {
    tasks: required.tasks.map((id) => requireTask(state, id)),
    launchPlans: new Map(
      required.launchPlans.map((id) => [identifierText(id), requireLaunchPlan(state, id)] as const),
    ),
  });
}

/** The text of an error that refuses the workflow. Other errors are not the workflow's. */
function refusalText(error: unknown): string | undefined {
  if (error instanceof CompileFailure) return error.message;
  return error instanceof ConnectError && error.code === Code.NotFound ? textOf(error) : undefined;
}

function requireTask(state: FlyteState, id: Identifier): CompiledTask {
  const row = findSomeVersion(state.tasks, id);
  if (row === undefined) throw missingEntity("TASK", lookedUpText(id));
  return compiledTaskOf(row);
}

function requireLaunchPlan(state: FlyteState, id: Identifier): LaunchPlanInterface {
  const row = findSomeVersion(state.launchPlans, id);
  if (row === undefined) throw missingEntity("LAUNCH_PLAN", lookedUpText(id));
  return fromBinary(LaunchPlanClosureSchema, row.closure);
}
