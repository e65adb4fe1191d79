import { checkBindings } from "../bindings/index.js";
import type { CompilerNode, WorkflowBuilder } from "../workflow-builder.js";

/** Checks the bindings of a node of the workflow itself, and adds the edges to it: declared ones and those of its bindings. */
export function addEdges(builder: WorkflowBuilder, node: CompilerNode): void {
  const { message, signature } = node;
  if (signature === undefined) return;
  // Whether these nodes exist, the server does not check.
  for (const from of message.upstreamNodeIds) builder.edges.add(from, message.id);
  checkBindings(builder, node, signature.inputs, (from, to) => {
    builder.edges.add(from, to);
  });
}

/** The same for a node that is beside the graph, inside a branch or for failures: only what it waits for is added. */
export function addUpstreamEdges(builder: WorkflowBuilder, node: CompilerNode): void {
  if (node.signature === undefined) return;
  checkBindings(builder, node, node.signature.inputs, (from, to) => {
    builder.edges.addUpstream(from, to);
  });
}
