import { clone, create } from "@bufbuild/protobuf";

import type { Notification } from "../../../../../gen/flyteidl/admin/common_pb.js";
import {
  type ExecutionCreateRequest,
  type ExecutionCreateResponse,
  ExecutionCreateResponseSchema,
  ExecutionMetadataSchema,
  type ExecutionSpec,
  ExecutionSpecSchema,
  SystemMetadataSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import type { LaunchPlanSpec } from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import {
  type Identifier,
  IdentifierSchema,
  ResourceType,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { ExecutionRow, FlyteState } from "../../../store/index.js";
import { requireWorkflow } from "../../registry/workflows/index.js";
import { executionIdOf } from "../rows/index.js";
import { userOf } from "../server/index.js";
import { checkExecutionRequest } from "./check-request.js";
import { checkClusterAssignment, clusterLabelRefusal } from "./cluster-choice.js";
import { checkConcurrency } from "./concurrency.js";
import { type ConfigSources, resolveConfig } from "./execution-config.js";
import { executionInputs } from "./execution-inputs.js";
import { randomExecutionName } from "./execution-name.js";
import { inheritOrigin, type Origin } from "./execution-origin.js";
import { tagsOf } from "./execution-tags.js";
import { insertExecution, type NewExecution } from "./insert-execution.js";
import { offloadInputs } from "./offload-inputs.js";
import { launchedLaunchPlan } from "./launched.js";
import { launchedTask } from "./launched-task.js";

/** Makes an execution of a launch plan, or of a task by itself. */
export function createExecution(
  state: FlyteState,
  request: ExecutionCreateRequest,
): ExecutionCreateResponse {
  const hasInputs = Object.keys(request.inputs?.literals ?? {}).length > 0;
  if (!hasInputs && request.spec?.inputs !== undefined) request.inputs = request.spec.inputs;
  return created(launch(state, request));
}

/** The answer that names a new execution. */
export function created(row: ExecutionRow): ExecutionCreateResponse {
  return create(ExecutionCreateResponseSchema, { id: executionIdOf(row) });
}

/**
 * Checks a request for an execution and adds what it asks for.
 * @param sourceExecutionId - the row that it is a copy of, where it is one
 */
export function launch(
  state: FlyteState,
  request: ExecutionCreateRequest,
  sourceExecutionId?: number,
): ExecutionRow {
  const { spec, reference } = checkExecutionRequest(state, request);
  const prepare = reference.resourceType === ResourceType.TASK ? prepareTask : prepareLaunchPlan;
  const execution = prepare(state, request, clone(ExecutionSpecSchema, spec), reference);
  const origin =
    sourceExecutionId === undefined ? execution.origin : { ...execution.origin, sourceExecutionId };
  return insertExecution(state, { ...execution, origin });
}

type Preparation = (
  state: FlyteState,
  request: ExecutionCreateRequest,
  spec: ExecutionSpec,
  reference: Identifier,
) => NewExecution;

const prepareLaunchPlan: Preparation = (state, request, spec, reference) => {
  const { row, launchPlan } = launchedLaunchPlan(state, reference);
  const key = keyOf(request);
  const inputs = executionInputs(request.inputs, launchPlan);
  // The plan that stands in for a task names the task as its workflow, and cannot be launched.
  const workflow = requireWorkflow(state, launchPlan.spec?.workflowId ?? create(IdentifierSchema));
  const offloaded = offloadInputs(state, key, inputs, request.inputs);
  const origin = completeSpec(state, request, spec, launchPlan.spec);
  if (spec.metadata !== undefined) spec.metadata.artifactIds = [];
  spec.maxParallelism = resolveConfig(
    state,
    configSources(request, spec, launchPlan.spec),
  ).maxParallelism;
  checkClusterAssignment(state, request, spec);
  checkConcurrency(state, row, launchPlan.spec);
  const refusal = clusterLabelRefusal(spec);
  return {
    key,
    spec,
    launchPlan: row,
    task: null,
    workflow,
    notifications: notificationsOf(spec, launchPlan.spec),
    ...offloaded,
    tags: tagsOf(spec),
    origin,
    ...(refusal === undefined ? {} : { refusal }),
  };
};

const prepareTask: Preparation = (state, request, spec, reference) => {
  const { task, workflow, launchPlan } = launchedTask(state, reference, spec);
  const key = keyOf(request);
  const inputs = executionInputs(request.inputs, launchPlan);
  const offloaded = offloadInputs(state, key, inputs, request.inputs);
  const origin = completeSpec(state, request, spec, undefined);
  checkClusterAssignment(state, request, spec);
  const refusal = clusterLabelRefusal(spec);
  // Only an execution of a launch plan is kept when its cluster cannot be found.
  if (refusal !== undefined) throw refusal;
  return {
    key,
    spec,
    launchPlan: null,
    task,
    workflow,
    notifications: notificationsOf(spec, launchPlan.spec),
    ...offloaded,
    // The server stores no tags for a task that is launched by itself.
    tags: [],
    origin,
  };
};

/** Fills in what the server decides of a spec, in place: its user, namespace, nesting and identity. */
function completeSpec(
  state: FlyteState,
  request: ExecutionCreateRequest,
  spec: ExecutionSpec,
  launchPlan: LaunchPlanSpec | undefined,
): Origin {
  const metadata = spec.metadata ?? create(ExecutionMetadataSchema);
  spec.metadata = metadata;
  metadata.principal = userOf(state);
  const origin = inheritOrigin(state, spec, metadata);
  metadata.systemMetadata = create(SystemMetadataSchema, {
    namespace: `${request.project}-${request.domain}`,
  });
  const config = resolveConfig(state, configSources(request, spec, launchPlan));
  spec.securityContext = config.securityContext;
  return origin;
}

function configSources(
  { project, domain }: ExecutionCreateRequest,
  spec: ExecutionSpec,
  launchPlan: LaunchPlanSpec | undefined,
): ConfigSources {
  return { project, domain, spec, launchPlan };
}

/** Notifications of the spec, or else of the launch plan unless the spec turns them off. */
function notificationsOf(
  spec: ExecutionSpec,
  launchPlan: LaunchPlanSpec | undefined,
): readonly Notification[] {
  const overrides = spec.notificationOverrides;
  if (overrides.case === "notifications" && overrides.value.notifications.length > 0) {
    return overrides.value.notifications;
  }
  if (overrides.case === "disableAll" && overrides.value) return [];
  return launchPlan?.entityMetadata?.notifications ?? [];
}

function keyOf({ project, domain, name }: ExecutionCreateRequest) {
  return { project, domain, name: name === "" ? randomExecutionName() : name };
}
