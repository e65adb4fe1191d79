import { create } from "@bufbuild/protobuf";

import {
  type CompiledWorkflowClosure,
  CompiledWorkflowClosureSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { FlyteState, WorkflowRow } from "../../../store/index.js";
import { readClosure } from "../../registry/workflows/index.js";

/** The compiled form of a registered workflow, from storage. */
export function compiledWorkflow(state: FlyteState, row: WorkflowRow): CompiledWorkflowClosure {
  return readClosure(state, row).compiledWorkflow ?? create(CompiledWorkflowClosureSchema);
}
