import { create } from "@bufbuild/protobuf";

import {
  type TypedInterface,
  type VariableMap,
  VariableMapSchema,
} from "../../../../gen/flyteidl/core/interface_pb.js";
import type { LiteralType } from "../../../../gen/flyteidl/core/types_pb.js";
import { type CompileErrors, valueRequired } from "./errors/index.js";

/** The types of variables by name. A mistaken interface leaves types out. */
export type Variables = ReadonlyMap<string, LiteralType | undefined>;

/** The interface of a node. */
export interface Signature {
  readonly inputs: Variables;
  readonly outputs: Variables;
}

/** No variables. */
export const noVariables: Variables = new Map();

/** The signature without inputs and outputs. */
export const emptySignature: Signature = { inputs: noVariables, outputs: noVariables };

/** Adds empty inputs and outputs to an interface that has none: compiled messages have both. */
export function completeInterface(typed: TypedInterface): TypedInterface {
  typed.inputs ??= create(VariableMapSchema);
  typed.outputs ??= create(VariableMapSchema);
  return typed;
}

/** The signature that an interface declares. */
export function signatureOf({ inputs, outputs }: TypedInterface): Signature {
  return { inputs: variablesOf(inputs), outputs: variablesOf(outputs) };
}

/** The variables of a map, which may be missing. */
export function variablesOf(map: VariableMap | undefined): Variables {
  return new Map(Object.entries(map?.variables ?? {}).map(([name, { type }]) => [name, type]));
}

/** Reports variables without a name or a type. */
export function checkSignature(
  nodeId: string,
  { inputs, outputs }: Signature,
  errors: CompileErrors,
): boolean {
  const isClean = errors.startCheck();
  for (const [name, type] of [...inputs, ...outputs]) {
    if (name === "") errors.collect(valueRequired(nodeId, "paramName"));
    if (type === undefined) errors.collect(valueRequired(nodeId, "param.Type"));
  }
  return isClean();
}
