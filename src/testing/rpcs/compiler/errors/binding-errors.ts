import type { LiteralType } from "../../../../../gen/flyteidl/core/types_pb.js";
import type { CompileError } from "./compile-errors.js";
import { readableType, typeText } from "./type-text.js";

/** An input without a binding, or with one that leads nowhere. */
export function notBound(nodeId: string, input: string): CompileError {
  const description = `Parameter not bound [${input}].`;
  return { code: "ParameterNotBound", nodeId, description };
}

/** Two bindings of one input. */
export function boundTwice(nodeId: string, input: string): CompileError {
  const description = `Input [${input}] is bound more than once.`;
  return { code: "ParameterBoundMoreThanOnce", nodeId, description };
}

/** A value whose type cannot be read from it. */
export function unrecognizedValue(nodeId: string, goType: string): CompileError {
  const description = `Unrecognized value [${goType}].`;
  return { code: "UnrecognizedValue", nodeId, description };
}

/** A constant of another type than the input's, or two operands of different types. */
export function mismatchingTypes(
  nodeId: string,
  variable: string,
  found: LiteralType | undefined,
  expected: LiteralType | undefined,
): CompileError {
  const description = `Variable [${variable}] (type [${readableType(found)}]) doesn't match expected type [${readableType(expected)}].`;
  return { code: "MismatchingTypes", nodeId, description };
}

/** An output of one node goes into an input of another type. */
export function mismatchingVariables(
  nodeId: string,
  output: { readonly name: string; readonly type: LiteralType | undefined },
  input: { readonly name: string; readonly type: LiteralType | undefined },
): CompileError {
  const description =
    `The output variable '${output.name}' has type [${readableType(output.type)}], ` +
    `but it's assigned to the input variable '${input.name}' which has type type [${readableType(input.type)}].`;
  return { code: "MismatchingTypes", nodeId, description };
}

/** A list or map of bindings, or a binding without a value, for an input of another kind. */
export function mismatchingBindings(
  nodeId: string,
  input: string,
  expected: LiteralType | undefined,
  received: string,
): CompileError {
  const description = `Input [${input}] on node [${nodeId}] expects bindings of type [${typeText(expected)}].  Received [${received}]`;
  return { code: "MismatchingBindings", nodeId, description };
}

/** A list or map of bindings that fits more than one variant of a union. */
export function ambiguousVariant(
  nodeId: string,
  input: string,
  expected: LiteralType | undefined,
  received: string,
  variants: readonly [LiteralType, LiteralType],
): CompileError {
  const [first, second] = variants.map(typeText);
  const description =
    `Input [${input}] on node [${nodeId}] expects bindings of union type [${typeText(expected)}].  ` +
    `Received [${received}] which is ambiguous as both variants [${first}] and [${second}] match.`;
  return { code: "AmbiguousBindingUnionValue", nodeId, description };
}

/** A list or map of bindings that fits no variant of a union. */
export function noVariant(
  nodeId: string,
  input: string,
  expected: LiteralType | undefined,
  received: string,
): CompileError {
  const description =
    `Input [${input}] on node [${nodeId}] expects bindings of union type [${typeText(expected)}].  ` +
    `Received [${received}] which does not match any of the variants.`;
  return { code: "IncompatibleBindingUnionValue", nodeId, description };
}

/** A promise of a field that the dataclass does not have. */
export function fieldNotFound(
  nodeId: string,
  variable: string,
  type: LiteralType | undefined,
  field: string,
): CompileError {
  const description = `Variable [${variable}] (type [${typeText(type)}]) doesn't have field [${field}].`;
  return { code: "FieldNotFound", nodeId, description };
}

/** A constant that the enum does not have. */
export function illegalEnumValue(
  nodeId: string,
  input: string,
  received: string,
  values: readonly string[],
): CompileError {
  const description = `Input [${input}] on node [${nodeId}] is an Enum and expects value to be one of [[${values.join(" ")}]].  Received [${received}]`;
  return { code: "IllegalEnumValue", nodeId, description };
}
