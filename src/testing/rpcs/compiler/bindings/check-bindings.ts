import { create } from "@bufbuild/protobuf";

import {
  type LiteralType,
  LiteralTypeSchema,
  SimpleType,
} from "../../../../../gen/flyteidl/core/types_pb.js";
import { boundTwice, notBound, valueRequired, variableNotFound } from "../errors/index.js";
import type { Variables } from "../signature.js";
import type { CompilerNode, WorkflowBuilder } from "../workflow-builder.js";
import type { ResolvedBinding } from "./binding-context.js";
import { checkBinding } from "./check-binding.js";

/** Adds an edge for a binding: from the node that the value comes from, to the node that takes it. */
export type AddEdge = (from: string, to: string) => void;

/**
 * Checks the bindings of a node against the inputs that it declares: each
 * input bound once, to a value of its type. Optional inputs may be left out.
 */
export function checkBindings(
  builder: WorkflowBuilder,
  node: CompilerNode,
  inputs: Variables,
  addEdge: AddEdge,
): void {
  const bound = bindInputs(builder, node, inputs, addEdge);
  for (const [name, type] of inputs) {
    if (!bound.has(name) && !isOptional(type)) {
      builder.errors.collect(notBound(node.message.id, name));
    }
  }
}

/** Checks the bindings of a node whose inputs are whatever it binds, and returns their types. */
export function discoverInputs(
  builder: WorkflowBuilder,
  node: CompilerNode,
  addEdge: AddEdge,
): Variables {
  const bound = bindInputs(builder, node, undefined, addEdge);
  return new Map(
    [...bound].flatMap(([name, resolved]) =>
      resolved === undefined ? [] : [[name, resolved.type] as const],
    ),
  );
}

/** The type that each bound input resolves to; none where its binding is mistaken. */
function bindInputs(
  builder: WorkflowBuilder,
  node: CompilerNode,
  inputs: Variables | undefined,
  addEdge: AddEdge,
): ReadonlyMap<string, ResolvedBinding | undefined> {
  const { errors } = builder;
  const nodeId = node.message.id;
  const bound = new Map<string, ResolvedBinding | undefined>();
  for (const { var: input, binding } of node.message.inputs) {
    if (inputs?.has(input) === false) {
      errors.collect(variableNotFound(nodeId, input));
    } else if (binding === undefined) {
      errors.collect(valueRequired(nodeId, "Binding"));
    } else if (bound.has(input)) {
      errors.collect(boundTwice(nodeId, input));
    } else {
      const checksTypes = inputs !== undefined;
      const expected = checksTypes ? inputs.get(input) : noneType();
      const context = { builder, node, input, checksTypes, errors };
      const resolved = checkBinding(context, binding, expected);
      bound.set(input, resolved);
      for (const from of resolved?.upstream ?? []) addEdge(from, nodeId);
    }
  }
  return bound;
}

/** The type of an input that is not declared: lists and maps of bindings do not fit it. */
function noneType(): LiteralType {
  return create(LiteralTypeSchema, { type: { case: "simple", value: SimpleType.NONE } });
}

/** Whether a type is a union with none. The server counts every variant that is not a simple type as none. */
function isOptional(type: LiteralType | undefined): boolean {
  if (type?.type.case !== "unionType") return false;
  return type.type.value.variants.some(
    ({ type: variant }) => variant.case !== "simple" || variant.value === SimpleType.NONE,
  );
}
