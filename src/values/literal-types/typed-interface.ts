import { create } from "@bufbuild/protobuf";

import {
  type TypedInterface,
  TypedInterfaceSchema,
} from "../../../gen/flyteidl/core/interface_pb.js";
import type { LiteralType } from "../../../gen/flyteidl/core/types_pb.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { type LiteralTypeInput, toLiteralType } from "./literal-types.js";

/** The inputs and outputs of a task or a workflow, with their types by name. */
export interface TypedInterfaceInput {
  /** @defaultValue none */
  readonly inputs?: Readonly<Record<string, LiteralTypeInput>> | undefined;
  /** @defaultValue none */
  readonly outputs?: Readonly<Record<string, LiteralTypeInput>> | undefined;
}

const inputNames: OptionNames<TypedInterfaceInput> = { inputs: true, outputs: true };

/**
 * Returns the interface of a task or a workflow.
 *
 * @example
 * ```ts
 * typedInterface({ inputs: { epochs: "integer" }, outputs: { model: blobType() } });
 * ```
 * @throws InvalidOptionError for a type that does not exist
 */
export function typedInterface(input: TypedInterfaceInput): TypedInterface {
  const { inputs = {}, outputs = {} } = requireKnownOptions(
    input,
    inputNames,
    "interface",
    "an object with inputs and outputs",
  );
  return create(TypedInterfaceSchema, {
    inputs: { variables: variables(inputs) },
    outputs: { variables: variables(outputs) },
  });
}

function variables(
  types: Readonly<Record<string, LiteralTypeInput>>,
): Record<string, { type: LiteralType }> {
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, { type: toLiteralType(type) }]),
  );
}
