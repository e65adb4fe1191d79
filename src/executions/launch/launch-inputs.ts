import type { MessageInitShape } from "@bufbuild/protobuf";

import type { LaunchPlan } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import { type Identifier, ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Variable, VariableMap } from "../../../gen/flyteidl/core/interface_pb.js";
import {
  type Literal,
  type LiteralMap,
  LiteralSchema,
} from "../../../gen/flyteidl/core/literals_pb.js";
import { callUnary, type Connection } from "../../calls/index.js";
import { getLaunchPlanMethod, getTaskMethod } from "../../../gen/flyteidl/service/methods.js";
import { FlyteError } from "../../errors/index.js";
import type { CallOptions } from "../../internal/index.js";
import { invalidOption, isObject, requireObject } from "../../internal/validation/index.js";
import {
  type BinaryCodec,
  LiteralError,
  member,
  setMember,
  valuesToLiterals,
} from "../../values/literals/index.js";
import { requireMessage, type WorkflowInterface } from "../../values/index.js";

/** Inputs of a launch as literals. */
export interface LiteralsInput<Interface extends WorkflowInterface> {
  /**
   * The inputs by name. Those that the launch plan has defaults for may be left out.
   * @defaultValue none
   */
  readonly inputs: {
    readonly [Name in keyof Interface["inputs"]]: MessageInitShape<typeof LiteralSchema>;
  };
  /** Excluded: the inputs are given as literals. */
  readonly values?: never;
}

/** Inputs of a launch as JavaScript values. */
export interface ValuesInput<Interface extends WorkflowInterface> {
  /**
   * The inputs by name, as `valueToLiteral` takes them. They become literals by the types that
   * the launch plan or the task declares, which is asked for them first.
   * @defaultValue none
   */
  readonly values: Interface["inputs"];
  /**
   * Writes structs in its encoding, as with `valueToLiteral`.
   * @defaultValue none
   */
  readonly binary?: BinaryCodec | undefined;
  readonly inputs?: never;
}

/** The inputs of a launch, literals or values; they may be left out where all of them are optional. */
export type LaunchDataInput<Interface extends WorkflowInterface> =
  Partial<Interface["inputs"]> extends Interface["inputs"]
    ? Partial<LiteralsInput<Interface>> | Partial<ValuesInput<Interface>>
    : LiteralsInput<Interface> | ValuesInput<Interface>;

/** The inputs of a launch, whichever interface describes them. */
export interface GivenInputs {
  readonly inputs?: Readonly<Record<string, MessageInitShape<typeof LiteralSchema>>> | undefined;
  readonly values?: object | undefined;
  readonly binary?: BinaryCodec | undefined;
}

/**
 * Checks inputs that are given as literals, and creates them. Plain values are a likely slip: the server would only say
 * that an input is missing.
 *
 * @throws InvalidOptionError for a value that is not a literal, an unknown name or a wrong value, at any depth
 */
export function requireLiterals(
  inputs: NonNullable<GivenInputs["inputs"]>,
): Record<string, Literal> {
  requireObject(inputs, "inputs", "an object of literals by name");
  const literals: Record<string, Literal> = {};
  for (const [name, value] of Object.entries(inputs)) {
    const path = `inputs.${name}`;
    if (!isObject(value)) {
      const remedy = "Pass plain values in values, or convert them with valueToLiteral(value).";
      throw invalidOption(path, "a Literal", value, remedy);
    }
    setMember(literals, name, requireMessage(LiteralSchema, value, path));
  }
  return literals;
}

/**
 * Converts values to literals by the types that the launch plan or the task declares.
 *
 * @param known - the launch plan, where it was read already
 * @throws LiteralError where a name is not among the inputs, a value is not of its type, or an
 *   input without a default is left out
 */
export async function literalsOfValues(
  connection: Connection,
  { values, binary }: { readonly values: object; readonly binary?: BinaryCodec | undefined },
  id: Identifier,
  known: LaunchPlan | undefined,
  options: CallOptions | undefined,
): Promise<LiteralMap> {
  const parameters = await readParameters(connection, id, known, options);
  return convertValues(parameters, { values, binary, given: {} });
}

/** An input that a launch plan or a task declares. */
export interface KnownParameter {
  readonly name: string;
  readonly variable: Variable;
  readonly isRequired: boolean;
}

/**
 * Reads the inputs that the launch plan or the task declares, by name.
 *
 * @param known - the launch plan, where it was read already
 */
export async function readParameters(
  connection: Connection,
  id: Identifier,
  known: LaunchPlan | undefined,
  options: CallOptions | undefined,
): Promise<readonly KnownParameter[]> {
  const declared =
    id.resourceType === ResourceType.TASK
      ? await parametersOfTask(connection, id, options)
      : await parametersOfPlan(connection, id, known, options);
  // Go writes maps in any order; an error must name the same input each time.
  return declared.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Converts values to literals by the types of the inputs.
 *
 * @param given - the inputs that are there as literals
 * @throws LiteralError as {@link literalsOfValues}
 */
export function convertValues(
  parameters: readonly KnownParameter[],
  {
    values,
    binary,
    given,
  }: {
    readonly values: object;
    readonly binary: BinaryCodec | undefined;
    readonly given: object;
  },
): LiteralMap {
  const variables: Record<string, Variable> = Object.fromEntries(
    parameters.map(({ name, variable }) => [name, variable]),
  );
  const interfaceOf: VariableMap = { $typeName: "flyteidl.core.VariableMap", variables };
  const literals = valuesToLiterals({ ...values }, interfaceOf, { binary });
  for (const { name, isRequired } of parameters) {
    if (!isRequired || Object.hasOwn(literals.literals, name) || Object.hasOwn(given, name)) {
      continue;
    }
    throw new LiteralError(member("inputs", name), "expected a value, since it has no default");
  }
  return literals;
}

async function parametersOfPlan(
  connection: Connection,
  id: Identifier,
  known: LaunchPlan | undefined,
  options: CallOptions | undefined,
): Promise<readonly KnownParameter[]> {
  const plan = known ?? (await callUnary(connection, getLaunchPlanMethod, { id }, options));
  const expected = plan.closure?.expectedInputs;
  if (expected === undefined) throw undeclared("GetLaunchPlan");
  return Object.entries(expected.parameters).flatMap(([name, { var: variable, behavior }]) =>
    variable === undefined
      ? []
      : [{ name, variable, isRequired: behavior.case === "required" && behavior.value }],
  );
}

async function parametersOfTask(
  connection: Connection,
  id: Identifier,
  options: CallOptions | undefined,
): Promise<readonly KnownParameter[]> {
  const { closure } = await callUnary(connection, getTaskMethod, { id }, options);
  const template = closure?.compiledTask?.template;
  if (template === undefined) throw undeclared("GetTask");
  const variables = template.interface?.inputs?.variables ?? {};
  return Object.entries(variables).map(([name, variable]) => ({
    name,
    variable,
    isRequired: true,
  }));
}

function undeclared(rpc: string): Error {
  return new FlyteError(
    `${rpc} returned no input types. Pass literals (inputs) instead of values.`,
    { rpc, code: "FAILED_PRECONDITION" },
  );
}
