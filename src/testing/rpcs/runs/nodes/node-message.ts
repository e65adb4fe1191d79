import { create, fromBinary } from "@bufbuild/protobuf";

import {
  type NodeExecution,
  NodeExecutionClosureSchema,
  NodeExecutionMetaDataSchema,
  NodeExecutionSchema,
} from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import type { NodeExecutionRow } from "../../../store/index.js";
import { nodeIdOf, trimErrorMessage } from "../rows/index.js";

/**
 * A node execution as a get answers it. Only for old events does a get look
 * for children to tell a parent node; a list always does.
 */
export function nodeMessage(row: NodeExecutionRow): NodeExecution {
  return message(row, row.eventVersion === 0);
}

/** A node execution as a list answers it: its error message cut, and a parent for having children. */
export function listedNodeMessage(row: NodeExecutionRow): NodeExecution {
  const node = message(row, true);
  const result = node.closure?.outputResult;
  if (result?.case === "error") trimErrorMessage(result.value);
  return node;
}

function hasChildren(row: NodeExecutionRow): boolean {
  return (row.children?.length ?? 0) > 0;
}

function message(row: NodeExecutionRow, looksForChildren: boolean): NodeExecution {
  const metadata = fromBinary(NodeExecutionMetaDataSchema, row.metadata);
  const isParent = looksForChildren && hasChildren(row);
  if (isParent && !metadata.isParentNode && !metadata.isDynamic) {
    metadata.isParentNode = true;
    metadata.isDynamic = row.dynamicWorkflowUri !== "";
  }
  return create(NodeExecutionSchema, {
    id: nodeIdOf(row),
    inputUri: row.inputUri,
    closure: fromBinary(NodeExecutionClosureSchema, row.closure),
    metadata,
  });
}
