import { create, fromBinary, toBinary } from "@bufbuild/protobuf";

import {
  ExecutionMetadataSchema,
  ExecutionSpecSchema,
  SystemMetadataSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import type { ExecutionRow, FlyteState } from "../../../store/index.js";

/** Writes the cluster that runs an execution to its row and its spec. */
export function assignCluster(state: FlyteState, row: ExecutionRow, cluster: string): void {
  if (row.cluster === cluster) return;
  const spec = fromBinary(ExecutionSpecSchema, row.spec);
  spec.metadata ??= create(ExecutionMetadataSchema);
  spec.metadata.systemMetadata ??= create(SystemMetadataSchema);
  spec.metadata.systemMetadata.executionCluster = cluster;
  row.cluster = cluster;
  row.spec = toBinary(ExecutionSpecSchema, spec);
}
