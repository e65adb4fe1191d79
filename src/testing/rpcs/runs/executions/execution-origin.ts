import { fromBinary } from "@bufbuild/protobuf";

import {
  type ExecutionMetadata,
  type ExecutionSpec,
  ExecutionSpecSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { requireExecution, requireNode } from "../rows/index.js";

/** Which execution and node an execution comes from, by the ids of their rows; 0 for none. */
export interface Origin {
  readonly sourceExecutionId: number;
  readonly parentNodeExecutionId: number;
}

/**
 * The node that launches an execution, and its execution. Both must exist; the
 * new execution gets the user and the cluster label of that one and is nested one deeper.
 */
export function inheritOrigin(
  state: FlyteState,
  spec: ExecutionSpec,
  metadata: ExecutionMetadata,
): Origin {
  const parent = metadata.parentNodeExecution;
  if (parent === undefined) return { sourceExecutionId: 0, parentNodeExecutionId: 0 };
  const node = requireNode(state, parent);
  const source = requireExecution(state, parent.executionId);
  metadata.principal = source.user;
  const sourceSpec = fromBinary(ExecutionSpecSchema, source.spec);
  metadata.nesting = (sourceSpec.metadata?.nesting ?? 0) + 1;
  if (sourceSpec.executionClusterLabel !== undefined) {
    spec.executionClusterLabel = sourceSpec.executionClusterLabel;
  }
  return { sourceExecutionId: source.id, parentNodeExecutionId: node.id };
}
