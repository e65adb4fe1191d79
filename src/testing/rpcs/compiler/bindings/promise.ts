import type {
  LiteralType,
  OutputReference,
  PromiseAttribute,
} from "../../../../../gen/flyteidl/core/types_pb.js";
import { isCastable } from "../../types/index.js";
import {
  type CompileErrors,
  fieldNotFound,
  invalidVariable,
  mismatchingVariables,
  nodeNotFound,
  notBound,
  variableNotFound,
} from "../errors/index.js";
import { outputVariables } from "./output-variables.js";
import type { CompilerNode } from "../workflow-builder.js";
import { parseVariableName } from "./variable-name.js";
import type { BindingContext, ResolvedBinding } from "./binding-context.js";

/**
 * Resolves the promise of another node's output, and writes the ID of that
 * node into it: a promise without one means an input of the workflow.
 */
export function resolvePromise(
  context: BindingContext,
  promise: OutputReference,
  expected: LiteralType | undefined,
): ResolvedBinding | undefined {
  const { builder, node, input, errors } = context;
  const nodeId = node.message.id;
  const source = builder.promisedNode(promise.nodeId);
  if (source === undefined) {
    errors.collect(nodeNotFound(promise.nodeId));
    errors.collect(notBound(nodeId, input));
    return undefined;
  }
  const variable = parseVariableName(promise.var);
  if (variable === undefined) {
    errors.collect(invalidVariable(nodeId, promise.var));
    return undefined;
  }
  const output = findOutput(source, variable.name, errors);
  if (output === undefined) {
    errors.collect(notBound(nodeId, input));
    return undefined;
  }
  const to = { name: labeled(node, input), type: expected };
  const from = labeled(source, promise.var);
  let { type } = output;
  if (variable.hasIndex) {
    if (type?.type.case === "collectionType") type = type.type.value;
    else errors.collect(mismatchingVariables(nodeId, { name: from, type }, to));
  }
  for (const attribute of promise.attrPath) {
    const field = fieldType(type, attribute);
    if (!field.exists) {
      errors.collect(fieldNotFound(nodeId, promise.var, type, attributeName(attribute)));
      return undefined;
    }
    type = field.type;
  }
  if (context.checksTypes && !isCastable(type, expected)) {
    errors.collect(mismatchingVariables(nodeId, { name: from, type }, to));
    return undefined;
  }
  promise.nodeId = source.message.id;
  return { type: output.type, upstream: [source.message.id] };
}

function findOutput(
  source: CompilerNode,
  name: string,
  errors: CompileErrors,
): { readonly type: LiteralType | undefined } | undefined {
  const outputs = outputVariables(source, errors);
  if (outputs === undefined) return undefined;
  if (outputs.has(name)) return { type: outputs.get(name) };
  errors.collect(variableNotFound(source.message.id, name));
  return undefined;
}

/** A variable under the name of its node, as people see it. */
function labeled({ message: { metadata } }: CompilerNode, variable: string): string {
  return metadata === undefined ? variable : `${metadata.name}.${variable}`;
}

/** The type behind one step of an attribute path. A type that has no parts stands for its parts. */
function fieldType(
  type: LiteralType | undefined,
  attribute: PromiseAttribute,
): { readonly exists: boolean; readonly type: LiteralType | undefined } {
  if (type?.type.case === "collectionType" || type?.type.case === "mapValueType") {
    return { exists: true, type: type.type.value };
  }
  const fields = type?.structure?.dataclassType ?? {};
  // A dataclass without fields does not count as one.
  if (Object.keys(fields).length === 0) return { exists: true, type };
  const name = attributeName(attribute);
  return Object.hasOwn(fields, name)
    ? { exists: true, type: fields[name] }
    : { exists: false, type: undefined };
}

function attributeName({ value }: PromiseAttribute): string {
  return value.case === "stringValue" ? value.value : "";
}
