import { create, type MessageInitShape } from "@bufbuild/protobuf";

import {
  type Execution,
  ExecutionMetadataSchema,
  type ExecutionSpec,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import type { LaunchPlan } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import {
  type Identifier,
  type NodeExecutionIdentifier,
  ResourceType,
  type WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Literal, LiteralMap, LiteralSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import {
  createExecutionMethod,
  getExecutionMethod,
  getLaunchPlanMethod,
} from "../../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection, requireDefaults } from "../../calls/index.js";
import { readExecutionInputs } from "../../data/index.js";
import { FlyteError, InvalidOptionError } from "../../errors/index.js";
import type { CallOptions } from "../../internal/index.js";
import {
  type OptionNames,
  requireKnownOptions,
  requireObject,
  requireString,
} from "../../internal/validation/index.js";
import {
  checkNewExecutionName,
  type ExecutionIdInput,
  requireExecutionId,
} from "../../values/identifiers/index.js";
import type { BinaryCodec } from "../../values/literals/index.js";
import { expectedLaunch } from "./expected-execution.js";
import { createExecutionOnce } from "./idempotent-launch.js";
import {
  convertValues,
  type KnownParameter,
  readParameters,
  requireLiterals,
} from "./launch-inputs.js";
import type { LaunchMessage } from "./launch-request.js";

/** The changes of a rerun; what is left out is as it was. */
export interface RerunInput {
  /**
   * The inputs that change, as JavaScript values by name. They become literals by the types that
   * the launch plan or the task declares.
   * @defaultValue none
   */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  /**
   * The inputs that change, as literals by name.
   * @defaultValue none
   */
  readonly inputs?: Readonly<Record<string, MessageInitShape<typeof LiteralSchema>>> | undefined;
  /** Writes structs of `values` in its encoding, as with `valueToLiteral`. */
  readonly binary?: BinaryCodec | undefined;
  /**
   * Another version of the launch plan, or of the task.
   * @defaultValue the version that ran
   */
  readonly version?: string | undefined;
  /**
   * The name of the new execution, at most 63 characters: a letter, then letters, digits and
   * hyphens. With a name, a launch whose response was lost is recovered by name.
   * @defaultValue one that the server makes
   */
  readonly name?: string | undefined;
  /**
   * Whether to run tasks whose results are cached, and to replace the cached results.
   * @defaultValue `false`, also where the execution did so
   */
  readonly overwriteCache?: boolean | undefined;
}

const rerunNames: OptionNames<RerunInput> = {
  values: true,
  inputs: true,
  binary: true,
  version: true,
  name: true,
  overwriteCache: true,
};

/** Something of an execution that its rerun does not have. */
export type RerunLoss =
  | {
      /** An input that the version that is run now does not know. */
      readonly kind: "unknownInput";
      /** The name of the input. */
      readonly name: string;
    }
  | {
      /** An input that the launch plan fixes, which has the plan's value and not that of the run. */
      readonly kind: "fixedInput";
      /** The name of the input. */
      readonly name: string;
    }
  | {
      /** The node that launched the execution: a rerun is launched by none. */
      readonly kind: "parentNode";
      /** The id of the node. */
      readonly nodeExecutionId: NodeExecutionIdentifier;
    };

/** A rerun that was launched. */
export interface RerunResult {
  /** The id of the new execution. */
  readonly id: WorkflowExecutionIdentifier;
  /** The parts of the execution that were not carried over. */
  readonly dropped: readonly RerunLoss[];
}

/**
 * Launches an execution again with some of its inputs changed, or another version of what it ran.
 *
 * The server's relaunch takes no inputs, so that this reads the execution, its inputs and the
 * launch plan, and creates a new execution with a reference to the old one. Labels, annotations,
 * notifications, tags and the other settings of the execution are carried over, `overwriteCache` is
 * not. An input that had the default of its launch plan keeps that value, also with another version.
 * `dropped` says which parts could not be carried over.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the
 *   execution or the version does not exist; LiteralError when a value is not of the input's type, or
 *   an input of the version has neither a value nor a default; FlyteError with code
 *   FAILED_PRECONDITION when the inputs of the execution cannot be read; InvalidArgumentError when
 *   the server refuses an input; AlreadyExistsError when the name is taken
 */
export async function rerunExecution(
  connection: Connection,
  id: ExecutionIdInput,
  request: RerunInput = {},
  options?: CallOptions,
): Promise<RerunResult> {
  const source = requireExecutionId(id, requireDefaults(connection));
  const inputs = readRequest(request);
  const name = request.name === undefined ? "" : checkNewExecutionName(request.name, "name");
  const execution = await callUnary(connection, getExecutionMethod, { id: source }, options);
  const { spec, ran } = requireSpec(execution);
  const target = request.version === undefined ? ran : { ...ran, version: request.version };
  const plan =
    target.resourceType === ResourceType.TASK
      ? undefined
      : await callUnary(connection, getLaunchPlanMethod, { id: target }, options);
  const [parameters, recorded] = await Promise.all([
    readParameters(connection, target, plan, options),
    readInputs(connection, source, options),
  ]);
  checkFixed(request, plan);
  const { literals, dropped } = carryOver(recorded, parameters, plan);
  const changed = convertValues(parameters, {
    values: request.values ?? {},
    binary: request.binary,
    given: { ...literals, ...inputs },
  });
  const message: LaunchMessage = {
    project: source.project,
    domain: source.domain,
    org: source.org,
    name,
    spec: {
      ...carriedSpec(spec),
      launchPlan: target,
      overwriteCache: request.overwriteCache ?? false,
      metadata: create(ExecutionMetadataSchema, { referenceExecution: source }),
    },
    inputs: { literals: { ...literals, ...inputs, ...changed.literals } },
  };
  const created = await createExecutionOnce(connection, expectedLaunch(message), options, (call) =>
    callUnary(connection, createExecutionMethod, message, call),
  );
  const nodeExecutionId = spec.metadata?.parentNodeExecution;
  return {
    id: created,
    dropped: nodeExecutionId ? [...dropped, { kind: "parentNode", nodeExecutionId }] : dropped,
  };
}

/** Checks a request, and returns the inputs that are literals. */
function readRequest(request: RerunInput): Record<string, Literal> {
  requireKnownOptions(request, rerunNames, "request", "an object such as { values }");
  const { values = {}, inputs = {}, version } = request;
  requireObject(values, "values", "an object of values by name");
  const literals = requireLiterals(inputs);
  if (version !== undefined && requireString(version, "version") === "") {
    throw new InvalidOptionError(
      "version must not be empty. Leave it out for the version that ran.",
      {
        option: "version",
      },
    );
  }
  const twice = Object.keys(values).find((name) => Object.hasOwn(inputs, name));
  if (twice === undefined) return literals;
  throw new InvalidOptionError(
    `${JSON.stringify(twice)} is in values and in inputs. Give it in one of them.`,
    { option: "values" },
  );
}

function requireSpec({ id, spec }: Execution): {
  readonly spec: ExecutionSpec;
  readonly ran: Identifier;
} {
  if (spec?.launchPlan !== undefined) return { spec, ran: spec.launchPlan };
  throw new FlyteError(
    `GetExecution returned the execution ${JSON.stringify(id?.name ?? "")} without what it ran`,
    { code: "INTERNAL", rpc: "GetExecution" },
  );
}

async function readInputs(
  connection: Connection,
  id: WorkflowExecutionIdentifier,
  options: CallOptions | undefined,
): Promise<LiteralMap> {
  const result = await readExecutionInputs(connection, id, options);
  if (result.kind === "literals") return result.literals;
  throw new FlyteError(
    `The inputs of execution ${JSON.stringify(id.name)} cannot be read (${result.kind}), so none can be carried over. Launch it with executions.launch and all inputs.`,
    { code: "FAILED_PRECONDITION", rpc: "GetExecutionData" },
  );
}

function checkFixed({ values = {}, inputs = {} }: RerunInput, plan: LaunchPlan | undefined): void {
  const fixed = plan?.spec?.fixedInputs?.literals ?? {};
  const name = [...Object.keys(values), ...Object.keys(inputs)].find((one) =>
    Object.hasOwn(fixed, one),
  );
  if (name === undefined) return;
  throw new InvalidOptionError(
    `${JSON.stringify(name)} is fixed by the launch plan ${JSON.stringify(plan?.id?.name ?? "")} and cannot be changed. Leave it out, or launch another plan.`,
    { option: "values" },
  );
}

function carryOver(
  { literals: recorded }: LiteralMap,
  parameters: readonly KnownParameter[],
  plan: LaunchPlan | undefined,
): { readonly literals: LiteralMap["literals"]; readonly dropped: readonly RerunLoss[] } {
  const known = new Set(parameters.map(({ name }) => name));
  const fixed = plan?.spec?.fixedInputs?.literals ?? {};
  const literals: LiteralMap["literals"] = {};
  const dropped: RerunLoss[] = [];
  for (const [name, literal] of Object.entries(recorded)) {
    if (Object.hasOwn(fixed, name)) dropped.push({ kind: "fixedInput", name });
    else if (known.has(name)) literals[name] = literal;
    else dropped.push({ kind: "unknownInput", name });
  }
  return { literals, dropped };
}

/** Returns the settings of an execution that a new one may have. */
function carriedSpec(spec: ExecutionSpec): ExecutionSpec {
  const carried = { ...spec };
  // Those of old versions of Flyte. They go beside the spec today.
  delete carried.inputs;
  return carried;
}
