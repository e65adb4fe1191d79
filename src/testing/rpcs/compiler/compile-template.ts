import { create } from "@bufbuild/protobuf";

import type { CompiledWorkflow } from "../../../../gen/flyteidl/core/compiler_pb.js";
import { TypedInterfaceSchema } from "../../../../gen/flyteidl/core/interface_pb.js";
import { NodeSchema, type WorkflowTemplate } from "../../../../gen/flyteidl/core/workflow_pb.js";
import { identifierText } from "../../go-format/index.js";
import { type CompileErrors, cycleDetected, noNodes, unreachableNodes } from "./errors/index.js";
import { endNodeId, startNodeId, walkFrom } from "./graph/index.js";
import type { LinkedEntities } from "./linked-entities.js";
import { addEdges, addUpstreamEdges, checkNode, type CompileSubWorkflow } from "./nodes/index.js";
import { checkSignature, completeInterface, noVariables, signatureOf } from "./signature.js";
import { WorkflowBuilder } from "./workflow-builder.js";

/**
 * Compiles one template in place: puts its nodes between a start and an end
 * node, checks them, and connects them. Returns whether there was no mistake.
 *
 * A sub-workflow that several workflows use is compiled again for each of
 * them, on top of the result, as the server does it.
 */
export function compileTemplate(
  workflow: CompiledWorkflow,
  template: WorkflowTemplate,
  linked: LinkedEntities,
  errors: CompileErrors,
): boolean {
  const isClean = errors.startCheck();
  if (template.nodes.length === 0) {
    errors.collect(noNodes(identifierText(template.id)));
    return false;
  }
  template.interface = completeInterface(template.interface ?? create(TypedInterfaceSchema));
  const signature = signatureOf(template.interface);
  if (!checkSignature(startNodeId, signature, errors)) return false;

  const builder = new WorkflowBuilder(template, linked, errors);
  const start = builder.nodeOf(create(NodeSchema, { id: startNodeId }));
  start.signature = { inputs: noVariables, outputs: signature.inputs };
  builder.add(start);
  const end = builder.nodeOf(create(NodeSchema, { id: endNodeId }));
  end.message.inputs = template.outputs;
  end.signature = { inputs: signature.outputs, outputs: noVariables };
  builder.add(end);
  // In the order of the template: a node inside a branch can only use what is before it.
  for (const message of template.nodes) {
    const node = builder.nodeOf(message);
    builder.add(node);
    checkNode(builder, node, compileSubWorkflow);
  }
  template.nodes = [...builder.nodes.values()].map(({ message }) => message);
  connect(builder);
  checkReachable(builder);
  workflow.connections = builder.edges.toConnections();
  return isClean();
}

const compileSubWorkflow: CompileSubWorkflow = (builder, id) => {
  const { linked, errors, compiled } = builder;
  const workflow = linked.subWorkflows.get(identifierText(id));
  if (workflow?.template === undefined || compiled.has(workflow)) return;
  if (compileTemplate(workflow, workflow.template, linked, errors)) compiled.add(workflow);
};

function connect(builder: WorkflowBuilder): void {
  const { nodes, edges, template } = builder;
  for (const [id, node] of nodes) {
    if (id !== startNodeId) addEdges(builder, node);
  }
  if (template.failureNode !== undefined) {
    const node = builder.nodeOf(template.failureNode);
    checkNode(builder, node, compileSubWorkflow);
    addUpstreamEdges(builder, node);
  }
  // Nodes that wait for nothing run first, and the workflow ends after those that nothing waits for.
  for (const id of nodes.keys()) {
    if (id === startNodeId || id === endNodeId) continue;
    if (!edges.hasUpstream(id)) edges.add(startNodeId, id);
    if (!edges.hasDownstream(id)) edges.add(id, endNodeId);
  }
}

function checkReachable({ nodes, edges, errors }: WorkflowBuilder): void {
  const walk = walkFrom(startNodeId, (id) => edges.after(id));
  if (walk.kind === "cycle") {
    errors.collect(cycleDetected(startNodeId, walk.path));
    return;
  }
  const unreachable = [...nodes.keys()].filter((id) => id !== endNodeId && !walk.visited.has(id));
  if (unreachable.length > 0) {
    errors.collect(unreachableNodes(startNodeId, unreachable.sort()));
  }
}
