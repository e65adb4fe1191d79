import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { seedAttempts } from "./attempts.js";
import { seedExecution } from "./executions.js";
import { scopeOf, type SeedScopeInput, seedScopeNames } from "./names.js";
import { seedNode } from "./nodes.js";
import { seedTask } from "./registration.js";
import type { SeedableServer } from "./writers.js";

/** A tree of nodes to build. */
export interface SeedTreeInput extends SeedScopeInput {
  /** The name of the execution. */
  readonly name: string;
  /** How many nodes there are in all, parents counted. */
  readonly nodes: number;
  /**
   * How many of the top-level nodes are parents, dynamic ones and sub-workflows in turn. The
   * nodes that are no parents are inside them, or at the top when there are none.
   * @defaultValue `2`
   */
  readonly parents?: number | undefined;
  /**
   * How many attempts a node without children has.
   * @defaultValue one
   */
  readonly attempts?: ((leaf: number) => number) | undefined;
}

const treeNames: OptionNames<SeedTreeInput> = {
  ...seedScopeNames,
  name: true,
  nodes: true,
  parents: true,
  attempts: true,
};

/** Builds an execution with a tree of nodes and their attempts, all of which succeeded. */
export async function seedTree(
  target: SeedableServer,
  tree: SeedTreeInput,
): Promise<WorkflowExecutionIdentifier> {
  requireKnownOptions(tree, treeNames, "tree", "an object with name and nodes");
  const { nodes, parents = 2, attempts = () => 1, ...execution } = tree;
  const executionId = await seedExecution(target, { ...execution, phase: "SUCCEEDED" });
  const taskId = await seedTask(target, scopeOf(executionId));
  for (let parent = 0; parent < Math.min(parents, nodes); parent++) {
    await seedNode(target, {
      executionId,
      nodeId: `p${parent}`,
      kind: parent % 2 === 0 ? "dynamic" : "subWorkflow",
      phase: "SUCCEEDED",
    });
  }
  for (let leaf = 0; leaf < nodes - parents; leaf++) {
    const nodeExecutionId = await seedNode(target, {
      executionId,
      nodeId: parents === 0 ? `n${leaf}` : `p${leaf % parents}-0-n${leaf}`,
      phase: "SUCCEEDED",
      ...(parents > 0 && { parentNodeId: `p${leaf % parents}` }),
    });
    await seedAttempts(target, { nodeExecutionId, taskId, count: attempts(leaf) });
  }
  return executionId;
}
