import { create, fromBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  ExecutionCreateRequestSchema,
  type ExecutionCreateResponse,
  ExecutionMetadata_ExecutionMode,
  ExecutionMetadataSchema,
  type ExecutionRecoverRequest,
  type ExecutionRelaunchRequest,
  type ExecutionSpec,
  ExecutionSpecSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { type LiteralMap, LiteralMapSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { ExecutionRow, FlyteState } from "../../../store/index.js";
import { adminError } from "../../../server-errors.js";
import { executionIdOf, readStored, requireExecution } from "../rows/index.js";
import { created, launch } from "./create-execution.js";

/** Runs an execution again, whatever its phase. An empty name in the identifier copies any execution of the scope. */
export function relaunchExecution(
  state: FlyteState,
  request: ExecutionRelaunchRequest,
): ExecutionCreateResponse {
  const source = requireExecution(state, request.id);
  const spec = copiedSpec(source, ExecutionMetadata_ExecutionMode.RELAUNCH);
  spec.overwriteCache = request.overwriteCache;
  return copy(state, source, spec, request);
}

/** Runs an execution again so that what succeeded in it need not run. */
export function recoverExecution(
  state: FlyteState,
  request: ExecutionRecoverRequest,
): ExecutionCreateResponse {
  const source = requireExecution(state, request.id);
  const spec = copiedSpec(source, ExecutionMetadata_ExecutionMode.RECOVERED);
  if (request.metadata !== undefined && spec.metadata !== undefined) {
    delete spec.metadata.parentNodeExecution;
    const parent = request.metadata.parentNodeExecution;
    if (parent !== undefined) spec.metadata.parentNodeExecution = parent;
  }
  return copy(state, source, spec, request);
}

function copiedSpec(source: ExecutionRow, mode: ExecutionMetadata_ExecutionMode): ExecutionSpec {
  const spec = fromBinary(ExecutionSpecSchema, source.spec);
  spec.metadata ??= create(ExecutionMetadataSchema);
  spec.metadata.mode = mode;
  spec.metadata.referenceExecution = executionIdOf(source);
  return spec;
}

function copy(
  state: FlyteState,
  source: ExecutionRow,
  spec: ExecutionSpec,
  request: { readonly id?: WorkflowExecutionIdentifier | undefined; readonly name: string },
): ExecutionCreateResponse {
  const copied = create(ExecutionCreateRequestSchema, {
    project: request.id?.project ?? "",
    domain: request.id?.domain ?? "",
    name: request.name,
    spec,
    inputs: userInputs(state, source),
  });
  return created(launch(state, copied, source.id));
}

function userInputs(state: FlyteState, source: ExecutionRow): LiteralMap {
  const uri = source.userInputsUri;
  const inputs = readStored(state, uri, (bytes) => fromBinary(LiteralMapSchema, bytes));
  if (inputs !== undefined) return inputs;
  throw adminError(Code.Internal, `path:${uri}: not found`);
}
