import { create } from "@bufbuild/protobuf";

import {
  type NodeExecutionIdentifier,
  NodeExecutionIdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { ExecutionRow, FlyteState, NodeExecutionRow } from "../../../store/index.js";
import { missingEntity } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { executionIdOf, findExecution, firstInTable, fittingExecutions } from "./find-execution.js";

/**
 * The row of a node execution. Empty parts of the identifier are no condition:
 * such a look-up answers with any row that fits the rest, here the first in the table.
 */
export function findNode(
  state: FlyteState,
  id: NodeExecutionIdentifier | undefined,
): NodeExecutionRow | undefined {
  const key = id?.executionId;
  if (key !== undefined && key.project !== "" && key.domain !== "" && key.name !== "") {
    const execution = findExecution(state, key);
    return execution && nodeOf(execution, id?.nodeId);
  }
  const nodes = fittingExecutions(state, key).map((execution) => nodeOf(execution, id?.nodeId));
  return firstInTable(nodes.filter((node) => node !== undefined));
}

/** The row of a node execution; throws NOT_FOUND when there is none. */
export function requireNode(
  state: FlyteState,
  id: NodeExecutionIdentifier | undefined,
): NodeExecutionRow {
  const row = findNode(state, id);
  if (row === undefined) throw missingEntity("node execution", nodeIdText(id));
  return row;
}

/** The identifier of a node execution. */
export function nodeIdOf(row: NodeExecutionRow): NodeExecutionIdentifier {
  return create(NodeExecutionIdentifierSchema, {
    nodeId: row.nodeId,
    executionId: executionIdOf(row.execution),
  });
}

/** A node execution's identifier as a failed look-up prints it. */
function nodeIdText(id: NodeExecutionIdentifier | undefined): string {
  return messageText(
    NodeExecutionIdentifierSchema,
    create(NodeExecutionIdentifierSchema, {
      nodeId: id?.nodeId ?? "",
      executionId: executionIdOf(id?.executionId ?? { project: "", domain: "", name: "" }),
    }),
  );
}

function nodeOf(execution: ExecutionRow, nodeId: string | undefined): NodeExecutionRow | undefined {
  if (nodeId !== undefined && nodeId !== "") return execution.nodes.get(nodeId);
  return firstInTable(execution.nodes.values());
}
