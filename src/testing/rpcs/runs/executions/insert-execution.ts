import { create, toBinary } from "@bufbuild/protobuf";
import { Code, type ConnectError } from "@connectrpc/connect";

import type { Notification } from "../../../../../gen/flyteidl/admin/common_pb.js";
import {
  ExecutionClosureSchema,
  type ExecutionSpec,
  ExecutionSpecSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import {
  type ExecutionError,
  ExecutionError_ErrorKind,
  ExecutionError_ErrorKindSchema,
  ExecutionErrorSchema,
  WorkflowExecution_Phase,
} from "../../../../../gen/flyteidl/core/execution_pb.js";
import { ResourceType } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  type ExecutionRow,
  type FlyteState,
  joinKey,
  type LaunchPlanRow,
  type TaskRow,
  timestampOf,
  type WorkflowRow,
} from "../../../store/index.js";
import { uniqueViolation } from "../../../server-errors.js";
import { enumName, type ExecutionKey, executionPhaseName } from "../rows/index.js";
import { insertTags, type Tag } from "./execution-tags.js";
import type { Origin } from "./execution-origin.js";
import type { OffloadedInputs } from "./offload-inputs.js";

/** An execution that is about to be made. */
export interface NewExecution extends OffloadedInputs {
  readonly key: ExecutionKey;
  /** The spec as it is stored. */
  readonly spec: ExecutionSpec;
  /** None when a task is launched by itself. */
  readonly launchPlan: LaunchPlanRow | null;
  /** Only when a task is launched by itself. */
  readonly task: TaskRow | null;
  readonly workflow: WorkflowRow;
  readonly notifications: readonly Notification[];
  readonly tags: readonly Tag[];
  readonly origin: Origin;
  /** Why the execution fails before it starts; it is stored all the same. */
  readonly refusal?: ConnectError;
}

/**
 * Adds an execution with its tags. The server writes the tags first, and keeps them when the name
 * turns out to be taken: then the older execution has them too.
 * @throws ALREADY_EXISTS when a tag or the name is taken
 */
export function insertExecution(state: FlyteState, execution: NewExecution): ExecutionRow {
  const { project, domain, name } = execution.key;
  insertTags(state, execution.key, execution.tags);
  const key = joinKey(project, domain, name);
  if (state.executions.get(key) !== undefined) throw uniqueViolation("executions_pkey");
  const row = executionRow(state, execution);
  state.executions.insert(row, key, [joinKey(project, domain)]);
  return row;
}

function executionRow(state: FlyteState, execution: NewExecution): ExecutionRow {
  const { key, spec, launchPlan, task, workflow, origin } = execution;
  const now = state.tick();
  const createdAt = timestampOf(now);
  const closure = create(ExecutionClosureSchema, {
    createdAt,
    updatedAt: createdAt,
    notifications: [...execution.notifications],
    workflowId: {
      resourceType: ResourceType.WORKFLOW,
      project: workflow.project,
      domain: workflow.domain,
      name: workflow.name,
      version: workflow.version,
    },
    stateChangeDetails: { principal: spec.metadata?.principal ?? "", occurredAt: createdAt },
  });
  const error = execution.refusal && refusalError(execution.refusal);
  if (error !== undefined) {
    closure.phase = WorkflowExecution_Phase.FAILED;
    closure.outputResult = { case: "error", value: error };
  }
  return {
    id: state.executions.nextId,
    createdAt: now,
    updatedAt: now,
    ...key,
    launchPlan,
    workflow,
    task,
    phase: executionPhaseName(closure.phase),
    closure: toBinary(ExecutionClosureSchema, closure),
    spec: toBinary(ExecutionSpecSchema, spec),
    startedAt: null,
    executionCreatedAt: now,
    executionUpdatedAt: now,
    duration: 0n,
    abortCause: "",
    mode: spec.metadata?.mode ?? 0,
    sourceExecutionId: origin.sourceExecutionId,
    parentNodeExecutionId: origin.parentNodeExecutionId,
    cluster: "",
    inputsUri: execution.inputsUri,
    userInputsUri: execution.userInputsUri,
    errorKind: error === undefined ? null : enumName(ExecutionError_ErrorKindSchema, error.kind),
    errorCode: error?.code ?? null,
    user: spec.metadata?.principal ?? "",
    state: 0,
    launchEntity: task === null ? "launch_plan" : "task",
    nodes: new Map(),
    topNodes: [],
  };
}

function refusalError({ code, rawMessage }: ConnectError): ExecutionError {
  return create(ExecutionErrorSchema, {
    code: Code[code],
    message: rawMessage,
    kind:
      code === Code.InvalidArgument
        ? ExecutionError_ErrorKind.USER
        : ExecutionError_ErrorKind.SYSTEM,
  });
}
