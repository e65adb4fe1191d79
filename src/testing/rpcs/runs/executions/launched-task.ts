import { create, fromBinary, toBinary } from "@bufbuild/protobuf";

import { NamedEntityState } from "../../../../../gen/flyteidl/admin/common_pb.js";
import type { ExecutionSpec } from "../../../../../gen/flyteidl/admin/execution_pb.js";
import {
  LaunchPlanClosureSchema,
  type LaunchPlanSpec,
  LaunchPlanSpecSchema,
  LaunchPlanState,
} from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import { WorkflowSpecSchema } from "../../../../../gen/flyteidl/admin/workflow_pb.js";
import {
  type Identifier,
  IdentifierSchema,
  ResourceType,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  type TypedInterface,
  TypedInterfaceSchema,
} from "../../../../../gen/flyteidl/core/interface_pb.js";
import { type Binding, BindingSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type {
  FlyteState,
  LaunchPlanRow,
  TaskRow,
  VersionedRow,
  WorkflowRow,
} from "../../../store/index.js";
import { missingEntity } from "../../../server-errors.js";
import {
  compiledTaskOf,
  findVersion,
  insertVersion,
  insertWorkflow,
  setNamedEntity,
} from "../../registry/index.js";
import { lookedUpText } from "../../registry/checks/index.js";
import { expectedInputs } from "../../registry/launch-plans/index.js";
import { compileSpec } from "../../registry/workflows/index.js";
import { type LaunchedPlan, launchPlanOf } from "./launched.js";
import { nodeIdOfTask } from "./task-node-id.js";

/** A task that is to run by itself, with the workflow and the launch plan that stand in for it. */
export interface LaunchedTask {
  readonly task: TaskRow;
  readonly workflow: WorkflowRow;
  readonly launchPlan: LaunchedPlan["launchPlan"];
}

const defaultRetries = 3;

/**
 * The task that an execution asks for. The first time, the server makes a
 * workflow of one node and a launch plan for it, named `.flytegen.` and the
 * task, and marks both names as its own.
 * @throws NOT_FOUND when the task does not exist
 */
export function launchedTask(state: FlyteState, id: Identifier, spec: ExecutionSpec): LaunchedTask {
  const task = findVersion(state.tasks, id);
  if (task === undefined) throw missingEntity("TASK", lookedUpText(id));
  const name = `.flytegen.${id.name}`;
  const generated = { ...id, name };
  const workflow =
    findVersion(state.workflows, generated) ??
    insertGenerated(state, ResourceType.WORKFLOW, makeWorkflow(state, task, name));
  const launchPlan =
    findVersion(state.launchPlans, generated) ??
    insertGenerated(state, ResourceType.LAUNCH_PLAN, makeLaunchPlan(state, task, workflow, spec));
  return { task, workflow, launchPlan: launchPlanOf(launchPlan) };
}

function insertGenerated<R extends VersionedRow>(
  state: FlyteState,
  resourceType: ResourceType,
  row: R,
): R {
  setNamedEntity(state, resourceType, row, {
    description: "",
    state: NamedEntityState.SYSTEM_GENERATED,
  });
  return row;
}

function makeWorkflow(state: FlyteState, task: TaskRow, name: string): WorkflowRow {
  const { template } = compiledTaskOf(task);
  const typed = template?.interface ?? create(TypedInterfaceSchema);
  const id = versionId(ResourceType.WORKFLOW, task, name);
  const nodeId = nodeIdOfTask(task.name);
  const spec = create(WorkflowSpecSchema, {
    template: {
      id,
      interface: typed,
      nodes: [
        {
          id: nodeId,
          metadata: {
            name: nodeId,
            retries: template?.metadata?.retries ?? { retries: defaultRetries },
          },
          inputs: bindings(typed.inputs, ""),
          target: {
            case: "taskNode",
            value: {
              reference: {
                case: "referenceId",
                value: versionId(ResourceType.TASK, task, task.name),
              },
            },
          },
        },
      ],
      outputs: bindings(typed.outputs, nodeId),
    },
  });
  return insertWorkflow(state, id, spec, compileSpec(state, id, spec));
}

function bindings(variables: TypedInterface["inputs"], nodeId: string): Binding[] {
  return Object.keys(variables?.variables ?? {}).map((name) =>
    create(BindingSchema, {
      var: name,
      binding: { value: { case: "promise", value: { nodeId, var: name } } },
    }),
  );
}

function makeLaunchPlan(
  state: FlyteState,
  task: TaskRow,
  workflow: WorkflowRow,
  execution: ExecutionSpec,
): LaunchPlanRow {
  const typed = fromBinary(TypedInterfaceSchema, workflow.typedInterface);
  const inputs = expectedInputs(typed, undefined, undefined);
  const spec = generatedSpec(task, execution);
  spec.defaultInputs = inputs;
  const closure = create(LaunchPlanClosureSchema, { expectedInputs: inputs });
  if (typed.outputs !== undefined) closure.expectedOutputs = typed.outputs;
  const now = state.tick();
  return insertVersion(state.launchPlans, {
    id: state.launchPlans.nextId,
    createdAt: now,
    updatedAt: now,
    project: task.project,
    domain: task.domain,
    name: workflow.name,
    version: task.version,
    spec: toBinary(LaunchPlanSpecSchema, spec),
    closure: toBinary(LaunchPlanClosureSchema, closure),
    workflow,
    state: LaunchPlanState.INACTIVE,
    scheduleType: "NONE",
    launchConditionType: null,
  });
}

/** The spec names the task's own name as its workflow, as the server's does. */
function generatedSpec(task: TaskRow, execution: ExecutionSpec): LaunchPlanSpec {
  const spec = create(LaunchPlanSpecSchema, {
    workflowId: versionId(ResourceType.WORKFLOW, task, task.name),
    entityMetadata: {},
    fixedInputs: {},
    labels: {},
    annotations: {},
  });
  if (execution.authRole !== undefined) spec.authRole = execution.authRole;
  if (execution.securityContext !== undefined) spec.securityContext = execution.securityContext;
  return spec;
}

function versionId(
  resourceType: ResourceType,
  { project, domain, version }: TaskRow,
  name: string,
): Identifier {
  return create(IdentifierSchema, { resourceType, project, domain, name, version });
}
