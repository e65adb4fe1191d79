import { create, fromBinary } from "@bufbuild/protobuf";

import {
  AbortMetadataSchema,
  type Execution,
  ExecutionClosureSchema,
  ExecutionSchema,
  ExecutionSpecSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import type { ExecutionRow } from "../../../store/index.js";
import { executionIdOf, trimErrorMessage } from "../rows/index.js";

/** An execution as a get answers it: with the whole error message. */
export function executionMessage(row: ExecutionRow): Execution {
  const spec = fromBinary(ExecutionSpecSchema, row.spec);
  const closure = fromBinary(ExecutionClosureSchema, row.closure);
  delete spec.inputs;
  delete closure.computedInputs;
  if (row.phase === "ABORTED" && closure.outputResult.case !== "abortMetadata") {
    const value = create(AbortMetadataSchema, { cause: row.abortCause });
    closure.outputResult = { case: "abortMetadata", value };
  }
  return create(ExecutionSchema, { id: executionIdOf(row), spec, closure });
}

/** An execution as a list answers it: its error message cut. */
export function listedExecutionMessage(row: ExecutionRow): Execution {
  const execution = executionMessage(row);
  const result = execution.closure?.outputResult;
  if (result?.case === "error") trimErrorMessage(result.value);
  return execution;
}
