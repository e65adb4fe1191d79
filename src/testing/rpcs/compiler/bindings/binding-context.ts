import type { LiteralType } from "../../../../../gen/flyteidl/core/types_pb.js";
import type { CompileErrors } from "../errors/index.js";
import type { CompilerNode, WorkflowBuilder } from "../workflow-builder.js";

/** The input whose binding is checked. */
export interface BindingContext {
  readonly builder: WorkflowBuilder;
  readonly node: CompilerNode;
  readonly input: string;
  readonly checksTypes: boolean;
  readonly errors: CompileErrors;
}

/** The type of a binding, and the nodes that it takes its value from. */
export interface ResolvedBinding {
  readonly type: LiteralType | undefined;
  readonly upstream: readonly string[];
}
