import type { Connection } from "../calls/index.js";
import {
  type ExecutionPhaseName,
  executionPhases,
  type NodeExecutionPhaseName,
  nodeExecutionPhases,
  phaseOf,
  type TaskExecutionPhaseName,
  taskExecutionPhases,
} from "../values/index.js";
import type { ExecutionIdInput } from "../values/identifiers/index.js";
import { type TreeOptions, walkExecutionTree } from "./tree/index.js";
import { type PhaseCounts, tally } from "./count-rows.js";

/** The rows inside an execution by phase. */
export interface TreeCounts {
  /** The execution, and those that its nodes launched where they were asked for. */
  readonly executions: Omit<PhaseCounts<ExecutionPhaseName>, "calls">;
  /** The nodes, at the top and inside others. */
  readonly nodes: Omit<PhaseCounts<NodeExecutionPhaseName>, "calls">;
  /** The attempts of all nodes. */
  readonly attempts: Omit<PhaseCounts<TaskExecutionPhaseName>, "calls">;
  /** The number of answered calls. */
  readonly calls: number;
}

/**
 * Counts all that is inside an execution by phase: nodes, attempts, and executions that nodes launched on request.
 *
 * It walks the tree, which makes one call for the top, one for each parent node and one for each node that may have
 * attempts. For the nodes at the top alone, `countNodeExecutionsByPhase` takes some ten calls, however many there
 * are.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the execution does not
 *   exist
 */
export async function countTreeByPhase(
  connection: Connection,
  id: ExecutionIdInput,
  options: TreeOptions = {},
): Promise<TreeCounts> {
  const executions = new Map<ExecutionPhaseName, number>();
  const nodes = new Map<NodeExecutionPhaseName, number>();
  const attempts = new Map<TaskExecutionPhaseName, number>();
  let calls = 0;
  const onHeader = (headers: Headers): void => {
    calls += 1;
    options.onHeader?.(headers);
  };
  for await (const entry of walkExecutionTree(connection, id, { ...options, onHeader })) {
    switch (entry.kind) {
      case "execution":
        add(executions, phaseOf(entry.execution));
        break;
      case "node":
        add(nodes, phaseOf(entry.node));
        break;
      case "attempt":
        add(attempts, phaseOf(entry.attempt));
        break;
    }
  }
  return {
    executions: tally(executionPhases, executions),
    nodes: tally(nodeExecutionPhases, nodes),
    attempts: tally(taskExecutionPhases, attempts),
    calls,
  };
}

function add<Phase>(counts: Map<Phase, number>, phase: Phase): void {
  counts.set(phase, (counts.get(phase) ?? 0) + 1);
}
