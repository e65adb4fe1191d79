import { invalidOption, isObject, type OptionNames } from "../../internal/validation/index.js";
import { requireMessage } from "../../values/index.js";
import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";

import {
  ExecutionErrorSchema,
  ExecutionError_ErrorKind,
} from "../../../gen/flyteidl/core/execution_pb.js";
import { LiteralMapSchema, LiteralSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import type { SeedableServer } from "./writers.js";

/** The result of a run. */
export interface SeedResultInput {
  /**
   * The outputs of a run that succeeded, by name. They are stored as an object.
   * @defaultValue an object without outputs, as Flyte's engine writes it
   */
  readonly outputs?: Readonly<Record<string, MessageInitShape<typeof LiteralSchema>>> | undefined;
  /**
   * The error of a run that failed.
   * @defaultValue a user error
   */
  readonly error?: MessageInitShape<typeof ExecutionErrorSchema> | undefined;
}

/** The names of a {@link SeedResultInput}. */
export const seedResultNames: OptionNames<SeedResultInput> = { outputs: true, error: true };

type OutputResult =
  | { readonly case: "outputUri"; readonly value: string }
  | { readonly case: "error"; readonly value: MessageInitShape<typeof ExecutionErrorSchema> };

/** The `output_result` of the event that ends a run; the outputs go into the object storage. */
export function outputResult(
  target: SeedableServer,
  phase: string,
  { outputs = {}, error }: SeedResultInput,
  folder: string,
): OutputResult | undefined {
  if (phase === "FAILED" || phase === "TIMED_OUT") {
    const value = requireMessage(ExecutionErrorSchema, error ?? sampleError(), "error");
    return { case: "error", value };
  }
  if (phase !== "SUCCEEDED") return undefined;
  const uri = `s3://my-s3-bucket/metadata/${folder}/outputs.pb`;
  target.putBlob(uri, mapBytes(outputs, "outputs"));
  return { case: "outputUri", value: uri };
}

/** The object that holds literals, as Flyte's engine writes it. */
export function literalMapBytes(
  literals: Readonly<Record<string, MessageInitShape<typeof LiteralSchema>>>,
): Uint8Array {
  return mapBytes(literals, "literals");
}

function mapBytes(given: NonNullable<SeedResultInput["outputs"]>, argument: string): Uint8Array {
  const literals = Object.fromEntries(
    Object.entries(given).map(([name, literal]) => {
      const path = `${argument}.${name}`;
      if (isObject(literal)) return [name, requireMessage(LiteralSchema, literal, path)];
      const remedy = "Convert it with valueToLiteral(value, type).";
      throw invalidOption(path, "a Literal", literal, remedy);
    }),
  );
  return toBinary(LiteralMapSchema, create(LiteralMapSchema, { literals }));
}

function sampleError(): MessageInitShape<typeof ExecutionErrorSchema> {
  return {
    code: "USER:ValueError",
    message: "the sample task was set to fail",
    kind: ExecutionError_ErrorKind.USER,
  };
}
