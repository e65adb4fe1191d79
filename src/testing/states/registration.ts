import { requireResourceId, type ResourceIdInput } from "../../values/identifiers/index.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { create, type MessageInitShape } from "@bufbuild/protobuf";

import { LaunchPlanState } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import { type Identifier, ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import {
  type TypedInterface,
  TypedInterfaceSchema,
} from "../../../gen/flyteidl/core/interface_pb.js";
import { scopeOf, seedDefaults, type SeedScopeInput, seedScopeNames, versionId } from "./names.js";
import { type SeedableServer, unlessThere, writersOf } from "./writers.js";

/** A task to register. */
export interface SeedTaskInput extends SeedScopeInput {
  /** @defaultValue `"core.retry.flaky"` */
  readonly name?: string | undefined;
  /** @defaultValue `"v1"` */
  readonly version?: string | undefined;
  /**
   * The inputs and outputs of the task.
   * @defaultValue none
   */
  readonly interface?: MessageInitShape<typeof TypedInterfaceSchema> | undefined;
  /**
   * The documentation.
   * @defaultValue none
   */
  readonly description?: { readonly short: string; readonly long: string } | undefined;
}

const taskNames: OptionNames<SeedTaskInput> = {
  ...seedScopeNames,
  name: true,
  version: true,
  interface: true,
  description: true,
};

/** Registers a Python task, unless it is there already. */
export async function seedTask(
  target: SeedableServer,
  task: SeedTaskInput = {},
): Promise<Identifier> {
  requireKnownOptions(task, taskNames, "task");
  const id = versionId(ResourceType.TASK, task, task.name ?? "core.retry.flaky", task.version);
  const template = {
    id,
    type: "python-task",
    metadata: { runtime: { type: 1, version: "1.16.8", flavor: "python" } },
    interface: task.interface ?? { inputs: {}, outputs: {} },
    target: {
      case: "container" as const,
      value: { image: "example/image:v1", args: ["pyflyte-execute"] },
    },
  };
  const description = task.description && {
    shortDescription: task.description.short,
    longDescription: { content: { case: "value" as const, value: task.description.long } },
  };
  const spec = { template, ...(description && { description }) };
  await unlessThere(writersOf(target).admin.createTask({ id, spec }));
  return id;
}

/** A workflow to register, with a launch plan of the same name and version. */
export interface SeedWorkflowInput extends SeedScopeInput {
  /** @defaultValue `"core.flows.sample"` */
  readonly name?: string | undefined;
  /** @defaultValue `"v1"` */
  readonly version?: string | undefined;
  /**
   * The tasks of the workflow's nodes `n0`, `n1` and so on. The nodes bind no
   * inputs, so a task that requires some does not compile.
   * @defaultValue one: `core.retry.flaky`
   */
  readonly taskIds?: readonly ResourceIdInput[] | undefined;
  /**
   * The inputs and outputs of the workflow, such as `typedInterface({ inputs: { epochs: "integer" } })`.
   * The launch plan requires all inputs. Outputs are those of a task that is registered for them, as
   * the last node.
   * @defaultValue none
   */
  readonly interface?: MessageInitShape<typeof TypedInterfaceSchema> | undefined;
}

const workflowNames: OptionNames<SeedWorkflowInput> = {
  ...seedScopeNames,
  name: true,
  version: true,
  taskIds: true,
  interface: true,
};

/** Registers a workflow and an active launch plan for it, unless they are there already. */
export async function seedWorkflow(
  target: SeedableServer,
  workflow: SeedWorkflowInput = {},
): Promise<{ readonly workflowId: Identifier; readonly launchPlanId: Identifier }> {
  requireKnownOptions(workflow, workflowNames, "workflow");
  const { admin } = writersOf(target);
  const { name = "core.flows.sample", version } = workflow;
  const given = workflow.taskIds ?? [await seedTask(target, scopeOf(workflow))];
  const taskIds = given.map((id, index) =>
    requireResourceId(ResourceType.TASK, id, seedDefaults, `taskIds[${index}]`),
  );
  const typed = create(TypedInterfaceSchema, workflow.interface ?? { inputs: {}, outputs: {} });
  const outputNames = Object.keys(typed.outputs?.variables ?? {});
  if (outputNames.length > 0) taskIds.push(await seedOutputTask(target, workflow, name, typed));
  const lastNode = `n${taskIds.length - 1}`;
  const workflowId = versionId(ResourceType.WORKFLOW, workflow, name, version);
  const launchPlanId = versionId(ResourceType.LAUNCH_PLAN, workflow, name, version);
  const template = {
    id: workflowId,
    metadata: {},
    metadataDefaults: {},
    interface: typed,
    outputs: outputNames.map((output) => ({
      var: output,
      binding: {
        value: { case: "promise" as const, value: { nodeId: lastNode, var: output } },
      },
    })),
    nodes: taskIds.map((taskId, index) => ({
      id: `n${index}`,
      metadata: { name: taskId.name },
      target: {
        case: "taskNode" as const,
        value: { reference: { case: "referenceId" as const, value: taskId } },
      },
    })),
  };
  await unlessThere(admin.createWorkflow({ id: workflowId, spec: { template } }));
  await unlessThere(
    admin.createLaunchPlan({
      id: launchPlanId,
      spec: { workflowId, entityMetadata: {}, defaultInputs: {}, fixedInputs: {} },
    }),
  );
  await admin.updateLaunchPlan({ id: launchPlanId, state: LaunchPlanState.ACTIVE });
  return { workflowId, launchPlanId };
}

/** Registers a task that has the outputs of a workflow, so that these are bound to something. */
function seedOutputTask(
  target: SeedableServer,
  { version, ...scope }: SeedWorkflowInput,
  workflowName: string,
  { outputs }: TypedInterface,
): Promise<Identifier> {
  return seedTask(target, {
    ...scopeOf(scope),
    name: `${workflowName}.outputs`,
    ...(version !== undefined && { version }),
    interface: { inputs: {}, ...(outputs && { outputs }) },
  });
}
