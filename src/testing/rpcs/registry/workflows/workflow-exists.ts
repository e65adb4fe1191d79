import { create, equals } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import { CreateWorkflowFailureReasonSchema } from "../../../../../gen/flyteidl/admin/workflow_pb.js";
import {
  type CompiledWorkflowClosure,
  CompiledWorkflowClosureSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { Identifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { adminErrorWith } from "../../errors.js";
import { goJson } from "../../go-format/json-value.js";
import { structureDiff } from "../../go-format/structure-diff.js";

/** The error for a version that is registered: another code when it differs, and a detail either way. */
export function workflowExists(
  id: Identifier,
  registered: CompiledWorkflowClosure | undefined,
  requested: CompiledWorkflowClosure,
): Error {
  const before = registered ?? create(CompiledWorkflowClosureSchema);
  if (equals(CompiledWorkflowClosureSchema, before, requested)) {
    const text = "workflow with identical structure already exists";
    return adminErrorWith(Code.AlreadyExists, text, CreateWorkflowFailureReasonSchema, {
      reason: { case: "existsIdenticalStructure", value: { id } },
    });
  }
  const diff = structureDiff(
    goJson(CompiledWorkflowClosureSchema, before),
    goJson(CompiledWorkflowClosureSchema, requested),
  );
  return adminErrorWith(
    Code.InvalidArgument,
    `${id.name} workflow with different structure already exists. (Please register a new version of the workflow):\n${diff}`,
    CreateWorkflowFailureReasonSchema,
    { reason: { case: "existsDifferentStructure", value: { id } } },
  );
}
