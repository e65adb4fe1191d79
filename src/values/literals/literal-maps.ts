import { create } from "@bufbuild/protobuf";

import type { VariableMap } from "../../../gen/flyteidl/core/interface_pb.js";
import { type LiteralMap, LiteralMapSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import type { LiteralType } from "../../../gen/flyteidl/core/types_pb.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { LiteralError, member, show } from "./literal-error.js";
import { literalToValue, type LiteralToValueOptions } from "./literal-to-value.js";
import {
  valueToLiteral,
  valueToLiteralNames,
  type ValueToLiteralOptions,
} from "./value-to-literal.js";
import type { LiteralValue } from "./literal-value.js";
import { isRecord, setMember } from "./walk.js";

/** How a map of inputs or outputs becomes values. */
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
 * Values that are `undefined`, or left out, have no literal: what is required is
 * the launch plan's to say.
 *
 * @throws LiteralError where a name is not in the interface, and as `valueToLiteral` does
 */
export function valuesToLiterals(
  values: Readonly<Record<string, unknown>>,
  variables: VariableMap,
  options: ValueToLiteralOptions = {},
): LiteralMap {
  requireKnownOptions(options, valueToLiteralNames);
  const path = options.path ?? "inputs";
  const map = create(LiteralMapSchema);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const type = variableType(variables, name);
    if (type === undefined) throw unknownName(member(path, name), variables);
    const literal = valueToLiteral(value, type, { ...options, path: member(path, name) });
    setMember(map.literals, name, literal);
  }
  return map;
}

/** JavaScript may pass the result of `outputs` in place of its literals. */
function requireLiterals(map: unknown, path: string): void {
  if (isRecord(map) && isRecord(map["literals"]) && map["kind"] === undefined) return;
  const isResult = isRecord(map) && typeof map["kind"] === "string";
  throw new LiteralError(
    path,
    isResult
      ? `expected a LiteralMap, got a result of kind "${String(map["kind"])}". Pass its literals where kind is "literals".`
      : `expected a LiteralMap, got ${show(map)}`,
  );
}

function variableType({ variables }: VariableMap, name: string): LiteralType | undefined {
  return Object.hasOwn(variables, name) ? variables[name]?.type : undefined;
}

function unknownName(path: string, variables: VariableMap): LiteralError {
  const names = Object.keys(variables.variables).slice(0, 20).join(", ");
  return new LiteralError(path, `unknown name; the interface has ${names || "none"}`);
}
