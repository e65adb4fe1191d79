import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CallOptions } from "@connectrpc/connect";

import type {
  ExecutionCreateRequestSchema,
  ExecutionSpecSchema,
} from "../../gen/flyteidl/admin/execution_pb.js";
import { type Identifier, ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import type { LiteralSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { InvalidOptionError } from "../errors/index.js";
import {
  checkNewExecutionName,
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireResourceId,
  requireScope,
  type ResourceIdInput,
  type ScopeInput,
} from "../identifiers/index.js";
import type { ResourceContext } from "./context.js";

/** What a launch is asked for apart from what it launches. */
export interface LaunchSettings extends ScopeInput {
  /**
   * The inputs by name. Those that the launch plan has defaults for may be left out.
   * @defaultValue none
   */
  readonly inputs?: Readonly<Record<string, MessageInitShape<typeof LiteralSchema>>>;
  /**
   * The name of the execution, at most 63 characters: a letter, then letters, digits and hyphens.
   * With a name, a call whose answer was lost can be told from one that never arrived.
   * @defaultValue one that the server makes
   */
  readonly name?: string;
  /**
   * The rest of the execution's spec: labels, notifications, parallelism and so on. The server
   * replaces `metadata.principal` and the namespace.
   * @defaultValue what the launch plan says
   */
  readonly spec?: Omit<
    MessageInitShape<typeof ExecutionSpecSchema>,
    "launchPlan" | "inputs" | "$typeName"
  >;
}

/** A launch of a launch plan; without a version, of the active one. */
export interface LaunchPlanLaunch extends LaunchSettings {
  readonly launchPlan: NonNullable<NamedEntityIdInput> & { readonly version?: string };
  readonly task?: never;
}

/** A launch of a task by itself. */
export interface TaskLaunch extends LaunchSettings {
  readonly task: NonNullable<ResourceIdInput>;
  readonly launchPlan?: never;
}

/**
 * What to launch, where and with what. The execution runs in `project` and `domain`, which are
 * those of what is launched unless given.
 */
export type LaunchRequest = LaunchPlanLaunch | TaskLaunch;

/** A checked launch, as the message for it. */
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
 * The message for a launch; finds the active version where none is given.
 *
 * @throws InvalidIdentifierError, InvalidOptionError before any call
 */
export async function launchRequest(
  context: ResourceContext,
  request: LaunchRequest,
  options?: CallOptions,
): Promise<LaunchMessage> {
  const target = requireTarget(request.task ?? request.launchPlan);
  checkInputs(request.inputs);
  const scope = requireScope(
    {
      ...pick("project", request.project ?? target.project),
      ...pick("domain", request.domain ?? target.domain),
    },
    context.defaults,
  );
  const name = request.name === undefined ? "" : checkNewExecutionName(request.name, "name");
  const launchPlan = await launchedId(context, request, options);
  return {
    ...scope,
    name,
    spec: { ...request.spec, launchPlan },
    inputs: { literals: { ...request.inputs } },
  };
}

async function launchedId(
  context: ResourceContext,
  request: LaunchRequest,
  options?: CallOptions,
): Promise<Identifier> {
  if (request.task !== undefined) {
    return requireResourceId(ResourceType.TASK, request.task, context.defaults, "task");
  }
  const { version, ...named } = request.launchPlan;
  if (version !== undefined) {
    const id = { ...named, version };
    return requireResourceId(ResourceType.LAUNCH_PLAN, id, context.defaults, "launchPlan");
  }
  const id = requireNamedEntityId(named, context.defaults, "launchPlan");
  const active = await context.clients.admin.getActiveLaunchPlan({ id }, options);
  return requireResourceId(ResourceType.LAUNCH_PLAN, active.id, context.defaults);
}

function requireTarget(target: ScopeInput | undefined): ScopeInput {
  if (typeof target === "object") return target;
  throw new InvalidOptionError(
    `launchPlan is of type ${typeof target}; a launch takes { launchPlan: { name } } or { task: { name, version } }, with project and domain where the client has no defaults`,
    { option: "launchPlan" },
  );
}

/** Plain values are a likely slip: the server would only say that an input is missing. */
function checkInputs(inputs: LaunchSettings["inputs"]): void {
  if (inputs === undefined) return;
  checkObject(inputs, "inputs", "an object of literals by name");
  for (const [name, value] of Object.entries(inputs)) {
    checkObject(value, `inputs.${name}`, "a Literal");
  }
}

function checkObject(value: unknown, option: string, what: string): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  const type = Array.isArray(value) ? "an array" : `of type ${typeof value}`;
  throw new InvalidOptionError(
    `${option} is ${type}; it must be ${what}, such as nativeToLiteral(value) makes`,
    { option },
  );
}

function pick<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  const picked: Partial<Record<string, string>> = value === undefined ? {} : { [key]: value };
  return picked;
}
