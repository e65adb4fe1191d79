import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  CreateWorkflowFailureReasonSchema,
  type WorkflowClosure,
} from "../../../../../gen/flyteidl/admin/workflow_pb.js";
import {
  type CompiledWorkflowClosure,
  CompiledWorkflowClosureSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { Identifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { adminErrorWith } from "../../../server-errors.js";
import { goJson, structureDiff } from "../../../go-format/index.js";

/** The error for a version that is registered as it is requested. */
export function identicalWorkflowExists(id: Identifier): Error {
  const text = "workflow with identical structure already exists";
  return adminErrorWith(Code.AlreadyExists, text, CreateWorkflowFailureReasonSchema, {
    reason: { case: "existsIdenticalStructure", value: { id } },
  });
}

/**
 * The error for a version that is registered in another form. It compares with
 * what the server's database holds of the version, its interface: the nodes
 * are in storage, and count as new.
 */
export function differentWorkflowExists(
  id: Identifier,
  { compiledWorkflow: registered }: WorkflowClosure,
  requested: CompiledWorkflowClosure,
): Error {
  const diff = structureDiff(
    goJson(CompiledWorkflowClosureSchema, registered ?? create(CompiledWorkflowClosureSchema)),
    goJson(CompiledWorkflowClosureSchema, requested),
  );
  return adminErrorWith(
    Code.InvalidArgument,
    `${id.name} workflow with different structure already exists. (Please register a new version of the workflow):\n${diff}`,
    CreateWorkflowFailureReasonSchema,
    { reason: { case: "existsDifferentStructure", value: { id } } },
  );
}
