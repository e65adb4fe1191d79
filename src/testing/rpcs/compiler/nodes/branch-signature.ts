import type { BranchNode } from "../../../../../gen/flyteidl/core/workflow_pb.js";
import { discoverInputs } from "../bindings/index.js";
import { mismatchingTypes, typeText, valueRequired } from "../errors/index.js";
import type { Signature, Variables } from "../signature.js";
import type { CompilerNode, WorkflowBuilder } from "../workflow-builder.js";
import { branchNodes } from "./branch-nodes.js";

/**
 * The signature of a branch node: it takes what it binds, and outputs the
 * outputs that the nodes of all its branches have in common. Those nodes get
 * their final IDs here, after the branch node's own.
 */
export function branchSignature(
  builder: WorkflowBuilder,
  node: CompilerNode,
  branch: BranchNode,
  signatureOf: (inner: CompilerNode) => Signature | undefined,
): Signature | undefined {
  const { errors, edges } = builder;
  const { id } = node.message;
  const isClean = errors.startCheck();
  const missing = missingPart(branch);
  if (missing !== undefined) {
    errors.collect(valueRequired(id, missing));
    return undefined;
  }
  if (branch.ifElse?.other.some(({ thenNode }) => thenNode === undefined)) {
    errors.collect(valueRequired(id, "IfElse.Case.ThenNode"));
  }
  let outputs: Variables | undefined;
  for (const message of branchNodes(branch)) {
    const inner = builder.nodeOf(message);
    message.id = `${id}-${message.id}`;
    const signature = signatureOf(inner);
    if (signature === undefined) continue;
    outputs =
      outputs === undefined
        ? signature.outputs
        : commonOutputs(builder, message.id, outputs, signature.outputs);
  }
  const inputs = discoverInputs(builder, node, (from, to) => {
    edges.addUpstream(from, to);
  });
  return outputs === undefined || !isClean() ? undefined : { inputs, outputs };
}

function missingPart({ ifElse }: BranchNode): string | undefined {
  if (ifElse === undefined) return "Branch.IfElse";
  if (ifElse.case === undefined) return "Branch.IfElse.Case";
  return ifElse.case.thenNode === undefined ? "Branch.IfElse.Case.ThenNode" : undefined;
}

/** The outputs so far that the next branch has too. Their types must be the same to the letter. */
function commonOutputs(
  { errors }: WorkflowBuilder,
  nodeId: string,
  outputs: Variables,
  next: Variables,
): Variables {
  const common = [...outputs].filter(([name]) => next.has(name));
  for (const [name, type] of common) {
    const other = next.get(name);
    if (typeText(type) !== typeText(other)) {
      errors.collect(mismatchingTypes(nodeId, name, type, other));
    }
  }
  return new Map(common);
}
