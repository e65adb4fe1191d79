import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

import type { Literal } from "../../../gen/flyteidl/core/literals_pb.js";
import { type LiteralType, SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { LiteralError, literalsToJson, setMember } from "../literals/index.js";
import { type FormInput, formInputs, type FormInterface } from "../form-inputs.js";
import { literalOfInput } from "./json-to-literals.js";
import { type Definitions, typeSchema } from "./type-schema.js";

export type { FormInterface } from "../form-inputs.js";

/**
 * Returns the JSON Schema (2020-12) of the inputs of a launch plan or a task, for a form library: titles, descriptions,
 * defaults, and the schemas of dataclasses. `jsonToLiterals` converts every value that the schema accepts, as long as it
 * is not nested deeper than 100 levels.
 *
 * Values have the form of `literalsToJson`. Values that JSON has no type for are beyond the schema, though both
 * functions know them as strings: integers beyond 2^53, NaN and infinities. A default that the schema does not accept
 * is left out of it, and the launch plan still applies it.
 *
 * An input that may be none and has no default gets `null` as its default here.
 *
 * @throws InvalidOptionError for a launch plan without its closure
 */
export function interfaceToJsonSchema(of: FormInterface): JsonObject {
  const inputs = formInputs(of);
  const definitions: Definitions = new Map();
  const properties: JsonObject = {};
  for (const input of inputs) setMember(properties, input.name, inputSchema(input, definitions));
  const $defs: JsonObject = {};
  for (const [name, schema] of definitions) setMember($defs, name, schema);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties,
    required: inputs.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
    ...(definitions.size > 0 && { $defs }),
  };
}

function inputSchema(input: FormInput, definitions: Definitions): JsonObject {
  const { name, variable } = input;
  const { description } = variable;
  const value = defaultOf(input);
  return {
    title: name,
    ...(description !== "" && description !== name && { description }),
    ...typeSchema(variable.type, name, definitions),
    ...(value !== undefined && { default: value }),
  };
}

function defaultOf({ name, variable, isRequired, defaultValue }: FormInput): JsonValue | undefined {
  if (defaultValue === undefined) return isRequired && takesNone(variable.type) ? null : undefined;
  return defaultJson(name, defaultValue, variable.type);
}

/** The JSON of a default, where a form can hold it. */
function defaultJson(
  name: string,
  literal: Literal,
  type: LiteralType | undefined,
): JsonValue | undefined {
  try {
    const json = literalsToJson({
      $typeName: "flyteidl.core.LiteralMap",
      literals: { value: literal },
    })["value"];
    if (json === undefined) return undefined;
    literalOfInput(name, json, type, { isStrict: true });
    return json;
  } catch (error) {
    if (error instanceof LiteralError) return undefined;
    throw error;
  }
}

function takesNone(type: LiteralType | undefined): boolean {
  if (type?.type.case === "simple") return type.type.value === SimpleType.NONE;
  return type?.type.case === "unionType" && type.type.value.variants.some(takesNone);
}
