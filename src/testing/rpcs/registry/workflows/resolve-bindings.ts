import type { Binding, BindingData } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { Node } from "../../../../../gen/flyteidl/core/workflow_pb.js";

/** The node that the inputs of a workflow come from. */
export const startNodeId = "start-node";

/** The node that the outputs of a workflow go to. */
export const endNodeId = "end-node";

/** Points promises without a node at the start node, in place: they mean an input of the workflow. */
export function resolveBindings(bindings: readonly Binding[]): void {
  for (const promise of promisesOf(bindings)) {
    if (promise.nodeId === "") promise.nodeId = startNodeId;
  }
}

/** The nodes whose outputs bindings take. */
export function boundNodeIds(bindings: readonly Binding[]): readonly string[] {
  return promisesOf(bindings).map(({ nodeId }) => nodeId);
}

/** The nodes that stand inside a node: those of its branches. */
export function innerNodes(node: Node): readonly Node[] {
  if (node.target.case !== "branchNode") return [];
  const ifElse = node.target.value.ifElse;
  const cases = [ifElse?.case, ...(ifElse?.other ?? [])].map((block) => block?.thenNode);
  const elseNode = ifElse?.default.case === "elseNode" ? ifElse.default.value : undefined;
  return [...cases, elseNode].filter((inner) => inner !== undefined);
}

/** A node, and all that stand inside it at any depth. */
export function nodeTree(node: Node): readonly Node[] {
  return [node, ...innerNodes(node).flatMap(nodeTree)];
}

type Promise = Extract<BindingData["value"], { case: "promise" }>["value"];

function promisesOf(bindings: readonly Binding[]): readonly Promise[] {
  return bindings.flatMap(({ binding }) => promisesIn(binding));
}

function promisesIn(data: BindingData | undefined): readonly Promise[] {
  switch (data?.value.case) {
    case "promise":
      return [data.value.value];
    case "collection":
      return data.value.value.bindings.flatMap(promisesIn);
    case "map":
      return Object.values(data.value.value.bindings).flatMap(promisesIn);
    default:
      return [];
  }
}
