import { create } from "@bufbuild/protobuf";

import {
  type ConnectionSet,
  ConnectionSetSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { Node, WorkflowTemplate } from "../../../../../gen/flyteidl/core/workflow_pb.js";
import { boundNodeIds, endNodeId, innerNodes, startNodeId } from "./resolve-bindings.js";

type Edge = readonly [from: string, to: string];

/**
 * What follows what in a workflow: by bindings, by order, and from and to its
 * ends. Nodes that wait for nothing follow the start node, and those that
 * nothing waits for lead to the end node.
 */
export function connectionsOf(template: WorkflowTemplate): ConnectionSet {
  const nodes = template.nodes.filter(({ id }) => id !== startNodeId && id !== endNodeId);
  const edges = [
    ...nodes.flatMap(edgesOf),
    ...boundNodeIds(template.outputs).map((id) => [id, endNodeId] as const),
  ];
  const starts = nodes.filter(({ id }) => !edges.some(([, to]) => to === id));
  const ends = nodes.filter(({ id }) => !edges.some(([from]) => from === id));
  const all = [
    ...edges,
    ...starts.map(({ id }) => [startNodeId, id] as const),
    ...ends.map(({ id }) => [id, endNodeId] as const),
  ];
  return create(ConnectionSetSchema, {
    downstream: idLists(all),
    upstream: idLists(all.map(([from, to]) => [to, from])),
  });
}

function edgesOf(node: Node): readonly Edge[] {
  const before = [...node.upstreamNodeIds, ...boundNodeIds(node.inputs)];
  const inside = innerNodes(node);
  return [
    ...before.map((id) => [id, node.id] as const),
    ...inside.map((inner) => [node.id, inner.id] as const),
    ...inside.flatMap(edgesOf),
  ];
}

function idLists(edges: readonly Edge[]): Record<string, { ids: string[] }> {
  const lists = new Map<string, Set<string>>();
  for (const [key, id] of edges) lists.set(key, (lists.get(key) ?? new Set()).add(id));
  return Object.fromEntries([...lists].map(([key, ids]) => [key, { ids: [...ids].sort() }]));
}
