import { create, fromBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  type DynamicNodeWorkflowResponse,
  DynamicNodeWorkflowResponseSchema,
  type GetDynamicNodeWorkflowRequest,
} from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import {
  type CompiledWorkflowClosure,
  CompiledWorkflowClosureSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { FlyteState, NodeExecutionRow } from "../../../store/index.js";
import { adminError } from "../../../server-errors.js";
import { readStored, requireNode } from "../rows/index.js";

/** Answers with the workflow that a dynamic node made. */
export function getDynamicNodeWorkflow(
  state: FlyteState,
  request: GetDynamicNodeWorkflowRequest,
): DynamicNodeWorkflowResponse {
  const row = requireNode(state, request.id);
  if (row.dynamicWorkflowUri === "") {
    throw adminError(Code.NotFound, "node does not contain dynamic workflow");
  }
  return create(DynamicNodeWorkflowResponseSchema, {
    compiledWorkflow: readDynamicWorkflow(state, row),
  });
}

/**
 * The workflow that a dynamic node made, from storage.
 * @throws INTERNAL when it cannot be read
 */
export function readDynamicWorkflow(
  state: FlyteState,
  row: NodeExecutionRow,
): CompiledWorkflowClosure {
  const uri = row.dynamicWorkflowUri;
  const closure = readStored(state, uri, (bytes) =>
    fromBinary(CompiledWorkflowClosureSchema, bytes),
  );
  if (closure === undefined) {
    throw adminError(
      Code.Internal,
      `Unable to read WorkflowClosure from location ${uri} : path:${uri}: not found`,
    );
  }
  if (closure.primary === undefined) {
    throw adminError(
      Code.Internal,
      "Empty primary workflow definition in loaded dynamic workflow model.",
    );
  }
  if (closure.primary.template === undefined) {
    throw adminError(
      Code.Internal,
      "Empty primary workflow template in loaded dynamic workflow model.",
    );
  }
  return closure;
}
