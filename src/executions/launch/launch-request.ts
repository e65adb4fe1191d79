import type { MessageInitShape } from "@bufbuild/protobuf";

import type { NamedEntityIdentifier } from "../../../gen/flyteidl/admin/common_pb.js";
import {
  type ExecutionCreateRequestSchema,
  type ExecutionSpec,
  ExecutionSpecSchema,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import type { LaunchPlan } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { Task } from "../../../gen/flyteidl/admin/task_pb.js";
import type { Workflow } from "../../../gen/flyteidl/admin/workflow_pb.js";
import { type Identifier, ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Literal } from "../../../gen/flyteidl/core/literals_pb.js";
import { callUnary, type Connection, requireDefaults } from "../../calls/index.js";
import { getActiveLaunchPlanMethod } from "../../../gen/flyteidl/service/methods.js";
import { InvalidOptionError } from "../../errors/index.js";
import type { CallOptions } from "../../internal/index.js";
import {
  isObject,
  type OptionNames,
  requireKnownOptions,
  requireObject,
} from "../../internal/validation/index.js";
import {
  checkNewExecutionName,
  isRow,
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireResourceId,
  requireScope,
  type ResourceIdInput,
  type ScopeInput,
  scopeNames,
} from "../../values/identifiers/index.js";
import { type AnyInterface, requireMessage, type WorkflowInterface } from "../../values/index.js";
import {
  type GivenInputs,
  type LaunchDataInput,
  literalsOfValues,
  requireLiterals,
} from "./launch-inputs.js";

/** The name, scope and spec of a launch: everything but its target and its inputs. */
export interface LaunchCommonInput extends ScopeInput {
  /**
   * The name of the execution, at most 63 characters: a letter, then letters, digits and hyphens.
   * With a name, a launch whose response was lost is recovered by name.
   * @defaultValue one that the server makes
   */
  readonly name?: string | undefined;
  /**
   * The rest of the execution's spec: labels, notifications, parallelism and so on. The server
   * replaces `metadata.principal` and the namespace.
   * @defaultValue what the launch plan says
   */
  readonly spec?:
    | Omit<MessageInitShape<typeof ExecutionSpecSchema>, "launchPlan" | "inputs" | "$typeName">
    | undefined;
}

/**
 * Names a launch plan to launch: an object, a message or row, `project/domain/name` or
 * `project/domain/name/version`.
 */
type LaunchPlanTarget =
  | Exclude<ResourceIdInput | NamedEntityIdInput, Task | Workflow>
  | (ScopeInput & { readonly name: string; readonly version?: string | undefined });

/** A target that may have an interface with it. */
type WithInterface<Target, Interface> = Target extends string
  ? Target
  : Target & {
      /** Never set: carries the interface of a `TypedLaunchPlan` to the compiler. */
      readonly types?: Interface | undefined;
    };

/**
 * A launch plan to launch; without a version, the active one. One that `generateTypes` of `/node` wrote has the types
 * of its inputs.
 */
export interface LaunchByPlanInput<Interface extends WorkflowInterface = AnyInterface> {
  /** The launch plan. */
  readonly launchPlan: WithInterface<LaunchPlanTarget, Interface>;
  /** Excluded by `launchPlan`. */
  readonly task?: never;
}

/** A task to launch by itself. */
export interface LaunchByTaskInput {
  /** The task. */
  readonly task: ResourceIdInput;
  /** Excluded by `task`. */
  readonly launchPlan?: never;
}

/**
 * A launch: its target, its scope and its inputs. The execution runs in `project` and `domain`, which are
 * those of what is launched unless given. The type parameter describes the inputs, so that the
 * compiler checks their names, and the types of values.
 */
export type LaunchInput<Interface extends WorkflowInterface = AnyInterface> = LaunchCommonInput &
  LaunchDataInput<Interface> &
  (LaunchByPlanInput<Interface> | LaunchByTaskInput);

/** A launch request, whichever interface describes its inputs. */
export type AnyLaunchInput = LaunchCommonInput &
  GivenInputs &
  (LaunchByPlanInput<WorkflowInterface> | LaunchByTaskInput);

const launchNames: OptionNames<AnyLaunchInput> = {
  ...scopeNames,
  name: true,
  spec: true,
  launchPlan: true,
  task: true,
  inputs: true,
  values: true,
  binary: true,
};

/** The message of a launch, checked. */
export interface LaunchMessage extends Pick<
  MessageInitShape<typeof ExecutionCreateRequestSchema>,
  "inputs"
> {
  readonly project: string;
  readonly domain: string;
  readonly org: string;
  /** Empty where the server is to make one. */
  readonly name: string;
  readonly spec: MessageInitShape<typeof ExecutionSpecSchema> & { readonly launchPlan: Identifier };
}

/**
 * Builds the message of a launch. Reads the active launch plan where the request has no version, and
 * the types of the inputs where it has values.
 *
 * @throws InvalidIdentifierError, InvalidOptionError before any call; LiteralError for values
 */
export async function buildLaunchMessage(
  connection: Connection,
  request: AnyLaunchInput,
  options?: CallOptions,
): Promise<LaunchMessage> {
  const expected = "an object with launchPlan or task";
  if ("workflow" in requireObject(request, "request", expected)) {
    const problem =
      "workflow is not a property of request. Use launchPlan: FlyteAdmin launches launch plans, and flytekit registers one for each workflow under its name.";
    throw new InvalidOptionError(problem, { option: "workflow" });
  }
  if ("version" in request && request.version !== undefined) {
    const problem =
      "version is not a property of request. Pass it with the name: launchPlan: { name, version }, or task: { name, version }.";
    throw new InvalidOptionError(problem, { option: "version" });
  }
  requireKnownOptions(request, launchNames, "request", expected);
  const target = readTarget(connection, request);
  const given = readInputs(request);
  const scope = requireScope(
    {
      project: request.project ?? target.id.project,
      domain: request.domain ?? target.id.domain,
    },
    requireDefaults(connection),
  );
  const spec = requireSpec(request.spec ?? {});
  const name = request.name === undefined ? "" : checkNewExecutionName(request.name, "name");
  const { id, plan } = await resolveTarget(connection, target, options);
  const inputs =
    request.values === undefined
      ? { literals: given }
      : await literalsOfValues(
          connection,
          { ...request, values: request.values },
          id,
          plan,
          options,
        );
  return { ...scope, name, spec: { ...spec, launchPlan: id }, inputs };
}

/** The target of a launch: a version, or the active version of a launch plan. */
type Target =
  | { readonly kind: "version"; readonly id: Identifier }
  | { readonly kind: "active"; readonly id: NamedEntityIdentifier };

function readTarget(
  connection: Connection,
  request: LaunchByPlanInput<WorkflowInterface> | LaunchByTaskInput,
): Target {
  const defaults = requireDefaults(connection);
  const { task, launchPlan } = request;
  // The types exclude it, which callers without types do not know.
  if ([task, launchPlan].every((target) => target !== undefined)) {
    const problem = "task and launchPlan are both given. Give one of them.";
    throw new InvalidOptionError(problem, { option: "task" });
  }
  if (task !== undefined) {
    return { kind: "version", id: requireResourceId(ResourceType.TASK, task, defaults, "task") };
  }
  if (typeof launchPlan !== "string") requireObject(launchPlan, "launchPlan", targetForm);
  const named = withoutInterface(launchPlan);
  if (!hasVersion(named)) {
    return { kind: "active", id: requireNamedEntityId(named, defaults, "launchPlan") };
  }
  const id = requireResourceId(ResourceType.LAUNCH_PLAN, named, defaults, "launchPlan");
  return { kind: "version", id };
}

/** Returns the id alone of a `TypedLaunchPlan`, and anything else as it is. */
function withoutInterface(launchPlan: LaunchPlanTarget): LaunchPlanTarget {
  if (!isObject(launchPlan) || "$typeName" in launchPlan) return launchPlan;
  const id = { ...launchPlan };
  for (const name of ["outputs", "types"]) Reflect.deleteProperty(id, name);
  return id;
}

/** The id of what is launched, and the launch plan where it had to be read. */
interface ResolvedTarget {
  readonly id: Identifier;
  readonly plan?: LaunchPlan;
}

async function resolveTarget(
  connection: Connection,
  target: Target,
  options?: CallOptions,
): Promise<ResolvedTarget> {
  if (target.kind === "version") return { id: target.id };
  const { id } = target;
  const plan = await callUnary(connection, getActiveLaunchPlanMethod, { id }, options);
  return {
    id: requireResourceId(ResourceType.LAUNCH_PLAN, plan.id, requireDefaults(connection)),
    plan,
  };
}

/** Whether a launch plan is given with its version. */
function hasVersion(plan: LaunchPlanTarget): plan is ResourceIdInput & LaunchPlanTarget {
  // With or without project and domain.
  if (typeof plan === "string") return plan.split("/").length % 2 === 0;
  if (isRow(plan)) return plan.$typeName === "flyteidl.admin.LaunchPlan";
  return "version" in plan && plan.version !== undefined;
}

/**
 * Checks the spec of a launch, and creates it.
 *
 * @throws InvalidOptionError for an unknown name or a wrong value, at any depth
 */
function requireSpec(spec: object): ExecutionSpec {
  const misplaced = ["launchPlan", "inputs"].find((name) => Object.hasOwn(spec, name));
  // The spec of another execution has both, and its own are left out.
  if (misplaced !== undefined && !("$typeName" in spec)) {
    const problem = `${misplaced} is not a property of spec. Pass it in the request, beside spec.`;
    throw new InvalidOptionError(problem, { option: `spec.${misplaced}` });
  }
  return requireMessage(ExecutionSpecSchema, spec, "spec");
}

const targetForm =
  "an object with a name, as in { launchPlan: { name } } or { task: { name, version } }, with project and domain where the client has no defaults";

/** Returns the inputs that are literals; none where they are values. */
function readInputs({ inputs, values }: GivenInputs): Record<string, Literal> {
  if (values !== undefined) {
    requireObject(values, "values", "an object of values by name");
    if (inputs === undefined) return {};
    const problem =
      "inputs and values are given: give the inputs as literals or as values, not both";
    throw new InvalidOptionError(problem, { option: "values" });
  }
  return requireLiterals(inputs ?? {});
}
