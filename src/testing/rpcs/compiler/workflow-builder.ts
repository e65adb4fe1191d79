import { create } from "@bufbuild/protobuf";

import type { CompiledWorkflow } from "../../../../gen/flyteidl/core/compiler_pb.js";
import {
  type Node,
  NodeSchema,
  type WorkflowTemplate,
} from "../../../../gen/flyteidl/core/workflow_pb.js";
import type { CompileErrors } from "./errors/index.js";
import { Edges, startNodeId } from "./graph/index.js";
import type { LinkedEntities } from "./linked-entities.js";
import type { Signature } from "./signature.js";

/** A node while its workflow is compiled. */
export interface CompilerNode {
  readonly message: Node;
  /** Its interface, once that has been found without a mistake. */
  signature?: Signature;
}

/** A workflow while it is compiled: its nodes, its edges and what it refers to. */
export class WorkflowBuilder {
  /** The nodes of the workflow itself by ID, in the order that they were added. Those inside others are not here. */
  readonly nodes: Map<string, CompilerNode> = new Map<string, CompilerNode>();
  readonly edges: Edges = new Edges();
  /** The sub-workflows that have been compiled for this workflow. */
  readonly compiled: Set<CompiledWorkflow> = new Set<CompiledWorkflow>();
  readonly #byMessage = new Map<Node, CompilerNode>();

  constructor(
    readonly template: WorkflowTemplate,
    readonly linked: LinkedEntities,
    readonly errors: CompileErrors,
  ) {}

  /** The one compiler node of a message, at any depth. */
  nodeOf(message: Node = create(NodeSchema)): CompilerNode {
    const known = this.#byMessage.get(message);
    if (known !== undefined) return known;
    const node: CompilerNode = { message };
    this.#byMessage.set(message, node);
    return node;
  }

  /** Adds a node, unless there is one with its ID: the first one wins. */
  add(node: CompilerNode): void {
    if (!this.nodes.has(node.message.id)) this.nodes.set(node.message.id, node);
  }

  /** The node that a promise names. An empty ID is the start node's. */
  promisedNode(id: string): CompilerNode | undefined {
    return this.nodes.get(id || startNodeId);
  }
}
