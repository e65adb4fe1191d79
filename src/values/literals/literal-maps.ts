import { create } from "@bufbuild/protobuf";

import type { VariableMap } from "../../../gen/flyteidl/core/interface_pb.js";
import { type LiteralMap, LiteralMapSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import type { LiteralType } from "../../../gen/flyteidl/core/types_pb.js";
import {
  type OptionNames,
  requireKnownOptions,
  requireObject,
} from "../../internal/validation/index.js";
import { formInputs, type FormInterface } from "../form-inputs.js";
import { LiteralError, member, show } from "./literal-error.js";
import { literalToValue, type LiteralToValueOptions } from "./literal-to-value.js";
import {
  valueToLiteral,
  valueToLiteralNames,
  type ValueToLiteralOptions,
} from "./value-to-literal.js";
import type { LiteralValue } from "./literal-value.js";
import { isRecord, setMember } from "./plain-value.js";

/** Options of converting a map of inputs or outputs to values. */
export interface LiteralsToValuesOptions extends Omit<LiteralToValueOptions, "type"> {
  /**
   * The inputs or outputs of the interface; each literal must have its type.
   * @defaultValue what the literals themselves say
   */
  readonly variables?: VariableMap | undefined;
}

const literalsToValuesNames: OptionNames<LiteralsToValuesOptions> = {
  integers: true,
  datetimes: true,
  unions: true,
  binary: true,
  path: true,
  variables: true,
};

/**
 * The values of inputs or outputs, by name. A name that the interface does not
 * have is taken as it is.
 *
 * @throws LiteralError as `literalToValue` does
 */
export function literalsToValues(
  map: LiteralMap,
  options: LiteralsToValuesOptions = {},
): Record<string, LiteralValue> {
  const {
    variables,
    path = "literals",
    ...rest
  } = requireKnownOptions(options, literalsToValuesNames);
  requireLiterals(map, path);
  const values: Record<string, LiteralValue> = {};
  for (const [name, literal] of Object.entries(map.literals)) {
    const type = variables === undefined ? undefined : variableType(variables, name);
    setMember(values, name, literalToValue(literal, { ...rest, type, path: member(path, name) }));
  }
  return values;
}

/**
 * The literals of inputs or outputs, by the interface's names and types.
 * Values that are `undefined`, or left out, have no literal.
 *
 * @param of - a launch plan, its `closure.expectedInputs` or the interface of a task: an input without
 *   a default must have a value. Or the inputs or outputs of an interface alone: any may be left out
 * @throws LiteralError where a name is not in the interface, a value is missing, and as `valueToLiteral`
 *   does; InvalidOptionError for another value of `of`
 */
export function valuesToLiterals(
  values: Readonly<Record<string, unknown>>,
  of: FormInterface,
  options: ValueToLiteralOptions = {},
): LiteralMap {
  requireKnownOptions(options, valueToLiteralNames);
  requireObject(values, "values", "an object of values by name");
  const path = options.path ?? "inputs";
  const inputs = formInputs(of);
  const variables = Object.fromEntries(inputs.map(({ name, variable }) => [name, variable]));
  const map = create(LiteralMapSchema);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const type = variableType({ variables }, name);
    if (type === undefined) throw unknownName(member(path, name), Object.keys(variables));
    const literal = valueToLiteral(value, type, { ...options, path: member(path, name) });
    setMember(map.literals, name, literal);
  }
  if (of.$typeName === "flyteidl.core.VariableMap") return map;
  const missing = inputs.find(
    ({ name, isRequired }) => isRequired && !Object.hasOwn(map.literals, name),
  );
  if (missing === undefined) return map;
  throw new LiteralError(member(path, missing.name), "expected a value, since it has no default");
}

/** JavaScript may pass the result of `outputs` in place of its literals. */
function requireLiterals(map: unknown, path: string): void {
  if (isRecord(map) && isRecord(map["literals"]) && map["kind"] === undefined) return;
  if (isRecord(map) && typeof map["then"] === "function") {
    throw new LiteralError(path, "expected a LiteralMap, got a Promise. Await it first.");
  }
  const isResult = isRecord(map) && typeof map["kind"] === "string";
  throw new LiteralError(
    path,
    isResult
      ? `expected a LiteralMap, got a result of kind "${String(map["kind"])}". Pass its literals where kind is "literals".`
      : `expected a LiteralMap, got ${show(map)}`,
  );
}

function variableType(
  { variables }: Pick<VariableMap, "variables">,
  name: string,
): LiteralType | undefined {
  return Object.hasOwn(variables, name) ? variables[name]?.type : undefined;
}

function unknownName(path: string, names: readonly string[]): LiteralError {
  const known = names.slice(0, 20).join(", ");
  return new LiteralError(path, `unknown name; the interface has ${known || "none"}`);
}
