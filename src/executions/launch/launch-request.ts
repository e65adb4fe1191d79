import type { MessageInitShape } from "@bufbuild/protobuf";

import type {
  ExecutionCreateRequestSchema,
  ExecutionSpecSchema,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import type { LaunchPlan } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import { type Identifier, ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import { callUnary, type Connection } from "../../calls/index.js";
import { getActiveLaunchPlanMethod } from "../../../gen/flyteidl/service/methods.js";
import { InvalidOptionError } from "../../errors/index.js";
import type { CallOptions } from "../../internal/index.js";
import {
  invalidOption,
  isObject,
  type OptionNames,
  requireKnownOptions,
  requireObject,
} from "../../internal/validation/index.js";
import {
  checkNewExecutionName,
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireResourceId,
  requireScope,
  type ResourceIdInput,
  type ScopeInput,
  scopeNames,
} from "../../values/identifiers/index.js";
import {
  type AnyInterface,
  type GivenInputs,
  type LaunchDataInput,
  literalsOfValues,
  type WorkflowInterface,
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

/** A launch plan to launch; without a version, the active one. */
export interface LaunchByPlanInput {
  readonly launchPlan: NamedEntityIdInput & { readonly version?: string | undefined };
  readonly task?: never;
}

/** A task to launch by itself. */
export interface LaunchByTaskInput {
  readonly task: ResourceIdInput;
  readonly launchPlan?: never;
}

/**
 * A launch: its target, its scope and its inputs. The execution runs in `project` and `domain`, which are
 * those of what is launched unless given. The type parameter describes the inputs, so that the
 * compiler checks their names, and the types of values.
 */
export type LaunchInput<Interface extends WorkflowInterface = AnyInterface> = LaunchCommonInput &
  LaunchDataInput<Interface> &
  (LaunchByPlanInput | LaunchByTaskInput);

/** A launch request, whichever interface describes its inputs. */
export type AnyLaunchRequest = LaunchCommonInput &
  GivenInputs &
  (LaunchByPlanInput | LaunchByTaskInput);

const launchNames: OptionNames<AnyLaunchRequest> = {
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
  request: AnyLaunchRequest,
  options?: CallOptions,
): Promise<LaunchMessage> {
  requireKnownOptions(request, launchNames, "request", "an object with launchPlan or task");
  const target: ScopeInput = requireObject(
    request.task ?? request.launchPlan,
    "launchPlan",
    targetForm,
  );
  checkInputs(request);
  const scope = requireScope(
    {
      ...pick("project", request.project ?? target.project),
      ...pick("domain", request.domain ?? target.domain),
    },
    connection.defaults,
  );
  const name = request.name === undefined ? "" : checkNewExecutionName(request.name, "name");
  const { id, plan } = await resolveTarget(connection, request, options);
  const inputs =
    request.values === undefined
      ? { literals: { ...request.inputs } }
      : await literalsOfValues(
          connection,
          { ...request, values: request.values },
          id,
          plan,
          options,
        );
  return { ...scope, name, spec: { ...request.spec, launchPlan: id }, inputs };
}

/** The id of what is launched, and the launch plan where it had to be read. */
interface ResolvedTarget {
  readonly id: Identifier;
  readonly plan?: LaunchPlan;
}

async function resolveTarget(
  connection: Connection,
  request: LaunchByPlanInput | LaunchByTaskInput,
  options?: CallOptions,
): Promise<ResolvedTarget> {
  const { defaults } = connection;
  if (request.task !== undefined) {
    return { id: requireResourceId(ResourceType.TASK, request.task, defaults, "task") };
  }
  const { version, ...named } = request.launchPlan;
  if (version !== undefined) {
    const id = { ...named, version };
    return { id: requireResourceId(ResourceType.LAUNCH_PLAN, id, defaults, "launchPlan") };
  }
  const id = requireNamedEntityId(named, defaults, "launchPlan");
  const plan = await callUnary(connection, getActiveLaunchPlanMethod, { id }, options);
  return { id: requireResourceId(ResourceType.LAUNCH_PLAN, plan.id, defaults), plan };
}

const targetForm =
  "an object with a name, as in { launchPlan: { name } } or { task: { name, version } }, with project and domain where the client has no defaults";

/** Plain values are a likely slip: the server would only say that an input is missing. */
function checkInputs({ inputs, values }: GivenInputs): void {
  if (values !== undefined) {
    requireObject(values, "values", "an object of values by name");
    if (inputs === undefined) return;
    const problem =
      "inputs and values are given: give the inputs as literals or as values, not both";
    throw new InvalidOptionError(problem, { option: "values" });
  }
  if (inputs === undefined) return;
  requireObject(inputs, "inputs", "an object of literals by name");
  for (const [name, value] of Object.entries(inputs)) {
    if (isObject(value)) continue;
    const remedy = "Pass plain values in values, or convert them with valueToLiteral(value).";
    throw invalidOption(`inputs.${name}`, "a Literal", value, remedy);
  }
}

function pick<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  const picked: Partial<Record<string, string>> = value === undefined ? {} : { [key]: value };
  return picked;
}
