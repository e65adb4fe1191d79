import { create, equals, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  type Workflow,
  type WorkflowClosure,
  WorkflowClosureSchema,
  type WorkflowCreateRequest,
  WorkflowCreateResponseSchema,
  WorkflowListSchema,
  WorkflowSchema,
  type WorkflowSpec,
} from "../../../../../gen/flyteidl/admin/workflow_pb.js";
import {
  type CompiledWorkflowClosure,
  CompiledWorkflowClosureSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import { type Identifier, ResourceType } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { TypedInterfaceSchema } from "../../../../../gen/flyteidl/core/interface_pb.js";
import { listRows, workflowEntity } from "../../../lists/index.js";
import { type FlyteState, joinKey, timestampOf, type WorkflowRow } from "../../../store/index.js";
import { adminError, invalidArgument, missing, missingEntity } from "../../../server-errors.js";
import {
  checkScope,
  identifierText,
  lookedUpText,
  requireVersionId,
  withResourceType,
} from "../checks/index.js";
import { referenceProblem } from "../../../go-format/index.js";
import { insertDescription } from "../descriptions.js";
import type { AdminHandlers } from "../handler-types.js";
import { checkNameList, listNames } from "../name-lists.js";
import { findVersion, insertVersion, listedVersions } from "../versions.js";
import { compileSpec } from "./compile-spec.js";
import { differentWorkflowExists, identicalWorkflowExists } from "./workflow-exists.js";

/** Where the compiled closures are, under the server's own prefix. */
const closureFolder = "admin";

type WorkflowRpc = "createWorkflow" | "getWorkflow" | "listWorkflows" | "listWorkflowIds";

/** The RPCs of workflows. */
export function workflowHandlers(state: FlyteState): Pick<AdminHandlers, WorkflowRpc> {
  return {
    createWorkflow: (request) => {
      createWorkflow(state, request);
      return create(WorkflowCreateResponseSchema);
    },
    getWorkflow: (request) => {
      const id = requireVersionId(
        withResourceType(request.id, ResourceType.WORKFLOW),
        ResourceType.WORKFLOW,
      );
      const row = requireWorkflow(state, id);
      return workflowMessage(row, readClosure(state, row));
    },
    listWorkflows: (request) => {
      const versions = listedVersions(state.workflows, request);
      const { rows, token } = listRows(state, versions, request, {
        entity: workflowEntity,
        rpc: "ListWorkflows",
      });
      return create(WorkflowListSchema, {
        workflows: rows.map((row) => workflowMessage(row, stubClosure(row))),
        token,
      });
    },
    listWorkflowIds: (request) => {
      checkNameList(request);
      const rows = state.workflows.group(joinKey(request.project, request.domain));
      return listNames(state, rows, request, workflowEntity, { rpc: "ListWorkflowIdentifiers" });
    },
  };
}

/**
 * The row of a workflow.
 * @throws NOT_FOUND when there is none
 */
export function requireWorkflow(state: FlyteState, id: Identifier): WorkflowRow {
  const row = findVersion(state.workflows, id);
  if (row === undefined) throw missingEntity("WORKFLOW", lookedUpText(id));
  return row;
}

/**
 * Stores a compiled workflow and adds its row, with the interface as it was registered.
 * @throws INTERNAL when the identifier makes no name of an object
 */
export function insertWorkflow(
  state: FlyteState,
  id: Identifier,
  { template, description }: WorkflowSpec,
  compiledWorkflow: CompiledWorkflowClosure,
): WorkflowRow {
  const { project, domain, name, version } = id;
  const keys = [closureFolder, project, domain, name, version];
  const problem = referenceProblem(state.config.metadataPrefix, keys);
  if (problem !== undefined) {
    throw adminError(
      Code.Internal,
      `failed to construct data reference for workflow closure with id [${identifierText(id)}] and err ${problem}`,
    );
  }
  const now = state.tick();
  const uri = [state.config.metadataPrefix, ...keys].join("/");
  const closure = create(WorkflowClosureSchema, { compiledWorkflow, createdAt: timestampOf(now) });
  state.blobs.put(uri, toBinary(WorkflowClosureSchema, closure));
  const typed = template?.interface ?? create(TypedInterfaceSchema);
  return insertVersion(state.workflows, {
    id: state.workflows.nextId,
    createdAt: now,
    updatedAt: now,
    project,
    domain,
    name,
    version,
    typedInterface: toBinary(TypedInterfaceSchema, typed),
    remoteClosureIdentifier: uri,
    shortDescription: description?.shortDescription ?? "",
  });
}

function createWorkflow(state: FlyteState, { id: requestId, spec }: WorkflowCreateRequest): void {
  const id = requireVersionId(requestId, ResourceType.WORKFLOW);
  checkScope(state, id.project, id.domain);
  if (spec?.template === undefined) throw missing("spec");
  const compiled = compileSpec(state, id, spec);
  checkNodeCount(state, id, compiled);
  const existing = findVersion(state.workflows, id);
  if (existing !== undefined) {
    throw isRegistered(state, existing, compiled)
      ? identicalWorkflowExists(id)
      : differentWorkflowExists(id, stubClosure(existing), compiled);
  }
  insertWorkflow(state, id, spec, compiled);
  insertDescription(state, id, spec.description);
}

/** Whether a version was compiled to the same closure. The server compares digests, and reads no storage. */
function isRegistered(
  state: FlyteState,
  { remoteClosureIdentifier: uri }: WorkflowRow,
  compiled: CompiledWorkflowClosure,
): boolean {
  const bytes = state.blobs.get(uri);
  if (bytes === undefined) return false;
  const { compiledWorkflow: registered } = fromBinary(WorkflowClosureSchema, bytes);
  return registered !== undefined && equals(CompiledWorkflowClosureSchema, registered, compiled);
}

function checkNodeCount(
  state: FlyteState,
  id: Identifier,
  compiled: CompiledWorkflowClosure,
): void {
  // The start and the end node do not count.
  const nodes = (compiled.primary?.template?.nodes.length ?? 2) - 2;
  const limit = state.config.maxWorkflowNodes;
  if (nodes <= limit) return;
  throw invalidArgument(
    `number of nodes in workflow [${identifierText(id)}] exceeds limit (${nodes} > ${limit})`,
  );
}

/**
 * The closure of a workflow, from storage.
 * @throws INTERNAL when it is not there or over the server's limit
 */
export function readClosure(
  state: FlyteState,
  { remoteClosureIdentifier: uri }: WorkflowRow,
): WorkflowClosure {
  const bytes = state.blobs.get(uri);
  if (bytes === undefined) {
    throw adminError(
      Code.Internal,
      `Unable to read WorkflowClosure from location ${uri} : path:${uri}: not found`,
    );
  }
  if (bytes.length > state.config.maxDataBytes) {
    throw adminError(
      Code.Internal,
      `Unable to read WorkflowClosure from location ${uri} : limit exceeded`,
    );
  }
  return fromBinary(WorkflowClosureSchema, bytes);
}

/** Returns the closure that lists have: the interface, and nothing of the nodes. */
function stubClosure(row: WorkflowRow): WorkflowClosure {
  return create(WorkflowClosureSchema, {
    compiledWorkflow: {
      primary: { template: { interface: fromBinary(TypedInterfaceSchema, row.typedInterface) } },
    },
  });
}

function workflowMessage(row: WorkflowRow, closure: WorkflowClosure): Workflow {
  const { project, domain, name, version } = row;
  closure.createdAt = timestampOf(row.createdAt);
  return create(WorkflowSchema, {
    id: { resourceType: ResourceType.WORKFLOW, project, domain, name, version },
    closure,
    shortDescription: row.shortDescription,
  });
}
