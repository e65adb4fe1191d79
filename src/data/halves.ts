import type { UrlBlob } from "../../gen/flyteidl/admin/common_pb.js";
import type { LiteralMap } from "../../gen/flyteidl/core/literals_pb.js";
import type { DataHalf } from "./data-question.js";

interface DataAnswer {
  readonly inputs?: UrlBlob | undefined;
  readonly outputs?: UrlBlob | undefined;
  readonly fullInputs?: LiteralMap | undefined;
  readonly fullOutputs?: LiteralMap | undefined;
}

/** The inputs in an answer of a data call. */
export function inputsHalf(answer: DataAnswer): DataHalf {
  return half(answer.fullInputs, answer.inputs);
}

/** The outputs in an answer of a data call. */
export function outputsHalf(answer: DataAnswer): DataHalf {
  return half(answer.fullOutputs, answer.outputs);
}

function half(literals: LiteralMap | undefined, blob: UrlBlob | undefined): DataHalf {
  return { literals, url: blob?.url ?? "", bytes: blob?.bytes ?? 0n };
}
