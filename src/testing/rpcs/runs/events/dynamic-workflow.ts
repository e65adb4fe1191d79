import { create, toBinary } from "@bufbuild/protobuf";

import { CompiledWorkflowClosureSchema } from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { NodeExecutionEvent } from "../../../../../gen/flyteidl/event/event_pb.js";
import type { FlyteState } from "../../../store/index.js";

/**
 * Writes the workflow that a dynamic node reports to storage, and returns where
 * it is; an empty string when the event has none.
 */
export function storeDynamicWorkflow(state: FlyteState, event: NodeExecutionEvent): string {
  if (event.targetMetadata.case !== "taskNodeMetadata") return "";
  const { dynamicWorkflow } = event.targetMetadata.value;
  if (dynamicWorkflow === undefined) return "";
  const { id } = dynamicWorkflow;
  const execution = event.id?.executionId;
  const uri = [
    state.config.metadataPrefix,
    "admin",
    execution?.project ?? "",
    execution?.domain ?? "",
    execution?.name ?? "",
    event.id?.nodeId ?? "",
    [id?.project, id?.domain, id?.name, id?.version].map((part) => part ?? "").join("_"),
  ].join("/");
  const closure = dynamicWorkflow.compiledWorkflow ?? create(CompiledWorkflowClosureSchema);
  state.blobs.put(uri, toBinary(CompiledWorkflowClosureSchema, closure));
  return uri;
}
