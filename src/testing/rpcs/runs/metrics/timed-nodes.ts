import type {
  NodeExecution,
  NodeExecutionClosure,
} from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import type { CompiledWorkflowClosure } from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { NodeExecutionRow } from "../../../store/index.js";
import { listedNodeMessage } from "../nodes/index.js";
import { isBefore } from "./spans.js";

/** A node execution as its list has it. */
export interface TimedNode {
  readonly row: NodeExecutionRow;
  readonly message: NodeExecution;
  readonly closure: NodeExecutionClosure | undefined;
}

/** Node executions by the id that their nodes have in the workflow: where several have it, the last one counts. */
export type TimedNodes = ReadonlyMap<string, TimedNode>;

/** The node executions of one level. */
export function timedNodes(rows: readonly NodeExecutionRow[]): TimedNodes {
  return new Map(
    rows.map((row) => {
      const message = listedNodeMessage(row);
      return [message.metadata?.specNodeId ?? "", { row, message, closure: message.closure }];
    }),
  );
}

/** Of the nodes that must run before this one, the execution that changed last. */
export function latestUpstream(
  nodeId: string,
  workflow: CompiledWorkflowClosure,
  nodes: TimedNodes,
): TimedNode | undefined {
  const upstream = workflow.primary?.connections?.upstream[nodeId]?.ids ?? [];
  let latest: TimedNode | undefined;
  for (const id of upstream) {
    const node = nodes.get(id);
    if (isBefore(latest?.closure?.updatedAt, node?.closure?.updatedAt)) latest = node;
  }
  return latest;
}
