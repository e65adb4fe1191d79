import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { isTerminal } from "../../values/index.js";

/** An execution with all that is inside it, as it was when it was read. */
export interface ExecutionTree {
  /** The execution as the server has it. */
  readonly execution: Execution;
  /** The top-level nodes, in the order in which they began. */
  readonly nodes: readonly NodeTree[];
}

/** A node with all that is inside it. */
export interface NodeTree {
  /** The node execution as the server has it. */
  readonly node: NodeExecution;
  /** Its attempts, in the order in which they began. */
  readonly attempts: readonly TaskExecution[];
  /** The nodes inside it, of all its attempts together: `metadata.retryGroup` is the attempt. */
  readonly children: readonly NodeTree[];
  /** The execution that it launched; undefined when it launched none, or those were not asked for. */
  readonly childExecution: ExecutionTree | undefined;
}

/** Something in the tree of an execution, as a walk comes to it. */
export type TreeEntry =
  | {
      readonly kind: "execution";
      readonly execution: Execution;
      /** 0 for the execution that the walk is over, one more than its node's for a launched one. */
      readonly depth: number;
      /** The node that launched it; undefined for the execution that the walk is over. */
      readonly parent: NodeExecution | undefined;
    }
  | {
      readonly kind: "node";
      readonly node: NodeExecution;
      /** One more than that of the node or the execution that it is directly inside of, so 1 at the top. */
      readonly depth: number;
      /** The node that it is inside of; undefined at the top of an execution. */
      readonly parent: NodeExecution | undefined;
    }
  | {
      readonly kind: "attempt";
      readonly attempt: TaskExecution;
      /** One more than that of its node. */
      readonly depth: number;
      /** The node whose attempt it is. */
      readonly parent: NodeExecution;
    };

type Row = Execution | NodeExecution | TaskExecution;

/**
 * Returns the number of leading rows that will not change: those that have ended. FlyteAdmin deletes no
 * rows and numbers them as they come, so that the list can continue after them.
 *
 * @param owner - what the rows belong to, as it was before they were read; when it has ended, no
 *   rows come any more
 */
export function settledRows(owner: Row | undefined, rows: readonly Row[]): number | "all" {
  const open = rows.findIndex((row) => !isTerminal(row));
  if (open !== -1) return open;
  return owner !== undefined && isTerminal(owner) ? "all" : rows.length;
}
