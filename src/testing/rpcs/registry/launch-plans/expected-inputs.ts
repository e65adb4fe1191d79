import { create } from "@bufbuild/protobuf";

import {
  type ParameterMap,
  ParameterMapSchema,
  type Parameter,
  ParameterSchema,
  type TypedInterface,
  type Variable,
} from "../../../../../gen/flyteidl/core/interface_pb.js";
import { type Literal, type LiteralMap } from "../../../../../gen/flyteidl/core/literals_pb.js";
import { type LiteralType, LiteralTypeSchema } from "../../../../../gen/flyteidl/core/types_pb.js";
import { invalidArgument } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { checkKnownType, isCastable, literalType } from "../../types/index.js";

/**
 * The inputs that a launch plan leaves open: the workflow's without the fixed
 * ones, with the plan's defaults.
 * @throws INVALID_ARGUMENT when a default or a fixed input is none of the workflow's, or of another type
 */
export function expectedInputs(
  typed: TypedInterface,
  fixed: LiteralMap | undefined,
  defaults: ParameterMap | undefined,
): ParameterMap {
  const variables = typed.inputs?.variables ?? {};
  const fixedInputs = Object.entries(fixed?.literals ?? {});
  const defaultInputs = Object.entries(defaults?.parameters ?? {});
  if (Object.keys(variables).length === 0) {
    refuseAny("default", defaultInputs.length);
    refuseAny("fixed", fixedInputs.length);
  }
  for (const [name, parameter] of defaultInputs) checkDefault(name, parameter, variables[name]);
  for (const [name, literal] of fixedInputs) checkFixed(name, literal, variables[name]);
  const open = Object.entries(variables).filter(
    ([name]) => fixed?.literals[name] === undefined || defaults?.parameters[name] !== undefined,
  );
  return create(ParameterMapSchema, {
    parameters: Object.fromEntries(
      open.map(([name, variable]) => [
        name,
        defaults?.parameters[name] ?? requiredParameter(variable),
      ]),
    ),
  });
}

/**
 * Refuses default inputs without a type, with neither a default nor the demand
 * for a value, or with a default of another type.
 * @throws INVALID_ARGUMENT
 */
export function checkDefaultInputs(defaults: ParameterMap | undefined): void {
  for (const [name, parameter] of Object.entries(defaults?.parameters ?? {}))
    checkParameter(name, parameter);
}

function checkParameter(name: string, { var: variable, behavior }: Parameter): void {
  if (name === "") throw invalidArgument("missing key in default_inputs");
  if (behavior.case === "artifactQuery") {
    throw invalidArgument(`artifact mode not enabled but query found default_inputs ${name}`);
  }
  const type = variable?.type;
  if (type === undefined) {
    throw invalidArgument(
      `The Variable component of the Parameter ${name} in default_inputs either is missing, or has a missing Type`,
    );
  }
  if (behavior.case !== "default") {
    if (behavior.case === "required" && behavior.value) return;
    throw invalidArgument(
      `Invalid variable ${name} in default_inputs - variable has neither default, nor is required. One must be specified`,
    );
  }
  checkDefaultType(name, type, literalType(behavior.value));
}

function checkDefaultType(name: string, wanted: LiteralType, given: LiteralType | undefined): void {
  if (given === undefined) {
    throw invalidArgument(
      "Flyte encountered an issue while determining\n" +
        `the type of the default value for Parameter '${name}' in 'default_inputs'.\n` +
        `Registered type: [${typeText(wanted)}].\n` +
        "Flyte needs to support the latest FlyteIDL to support this type.\n" +
        "Suggested solution: Please update all of your Flyte images to the latest version and try again.",
    );
  }
  if (isCastable(given, wanted)) return;
  throw invalidArgument(
    `Type mismatch for Parameter ${name} in default_inputs has type ${typeText(wanted)}, expected ${typeText(given)}`,
  );
}

function refuseAny(kind: string, count: number): void {
  if (count > 0)
    throw invalidArgument(`invalid launch plan ${kind} inputs, expected none but found ${count}`);
}

function checkDefault(name: string, parameter: Parameter, variable: Variable | undefined): void {
  if (variable === undefined) throw invalidArgument(`unexpected default_input ${name}`);
  const given = parameter.var?.type;
  if (isCastable(given, variable.type)) return;
  throw invalidArgument(
    `invalid default_input wrong type ${name}, expected ${typeText(given)}, got ${typeText(variable.type)} instead`,
  );
}

function checkFixed(name: string, literal: Literal, variable: Variable | undefined): void {
  if (variable === undefined) throw invalidArgument(`unexpected fixed_input ${name}`);
  const given = literalType(literal);
  checkKnownType(name, given);
  if (isCastable(given, variable.type)) return;
  throw invalidArgument(
    `invalid fixed_input wrong type ${name}, expected ${typeText(variable.type)}, got ${typeText(given)} instead`,
  );
}

function requiredParameter({ type, description }: Variable): Parameter {
  const parameter = create(ParameterSchema, {
    var: { description },
    behavior: { case: "required", value: true },
  });
  if (parameter.var !== undefined && type !== undefined) parameter.var.type = type;
  return parameter;
}

function typeText(type: LiteralType | undefined): string {
  return messageText(LiteralTypeSchema, type);
}
