import { fromBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import { WorkflowClosureSchema } from "../../../../../gen/flyteidl/admin/workflow_pb.js";
import type { CompiledWorkflowClosure } from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { Identifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { type FlyteState, joinKey, type WorkflowRow } from "../../../store/index.js";
import { adminError, missingEntity } from "../../errors.js";
import { readStored } from "../data/read-stored.js";
import { versionText } from "../executions/launched.js";

/**
 * The compiled form of a registered workflow, from storage.
 * @throws INTERNAL when it cannot be read
 */
export function compiledWorkflow(state: FlyteState, row: WorkflowRow): CompiledWorkflowClosure {
  const uri = row.remoteClosureIdentifier;
  const closure = readStored(state, uri, (bytes) => fromBinary(WorkflowClosureSchema, bytes));
  if (closure?.compiledWorkflow !== undefined) return closure.compiledWorkflow;
  throw adminError(
    Code.Internal,
    `Unable to read WorkflowClosure from location ${uri} : path:${uri}: not found`,
  );
}

/** The compiled form of the workflow with this identifier. */
export function findCompiledWorkflow(state: FlyteState, id: Identifier): CompiledWorkflowClosure {
  const row = state.workflows.get(joinKey(id.project, id.domain, id.name, id.version));
  if (row === undefined) throw missingEntity("WORKFLOW", versionText(id));
  return compiledWorkflow(state, row);
}
