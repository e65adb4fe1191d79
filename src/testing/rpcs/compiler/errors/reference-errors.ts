import type { CompileError } from "./compile-errors.js";

/** A field that must be set is not. */
export function valueRequired(nodeId: string, field: string): CompileError {
  return { code: "ValueRequired", nodeId, description: `Value required [${field}].` };
}

/** Two sub-workflows have the same identifier. */
export function duplicateId(id: string): CompileError {
  const description = "Trying to insert two nodes with the same id.";
  return { code: "DuplicateId", nodeId: id, description };
}

/** A binding names a node that is not there, or not yet. The server reports it under that node's own ID. */
export function nodeNotFound(nodeId: string): CompileError {
  const description = `Referenced node [${nodeId}] not found.`;
  return { code: "NodeReferenceNotFound", nodeId, description };
}

/** A node names a task that is not among the workflow's. */
export function taskNotFound(nodeId: string, task: string): CompileError {
  const description = `Referenced Task [${task}] not found.`;
  return { code: "TaskReferenceNotFound", nodeId, description };
}

/** A node names a launch plan or a sub-workflow that is not among the workflow's. */
export function workflowNotFound(nodeId: string, workflow: string): CompileError {
  const description = `Referenced Workflow [${workflow}] not found.`;
  return { code: "WorkflowReferenceNotFound", nodeId, description };
}

/** The node lacks the input or output. */
export function variableNotFound(nodeId: string, variable: string): CompileError {
  const description = `Variable [${variable}] not found on node [${nodeId}].`;
  return { code: "VariableNameNotFound", nodeId, description };
}

/** Two aliases of a node rename the same output. */
export function duplicateAlias(nodeId: string, alias: string): CompileError {
  const description = `Duplicate alias [${alias}] found. An output alias can only be used once in the Workflow.`;
  return { code: "DuplicateAlias", nodeId, description };
}

/** A promise names no variable that could be. */
export function invalidVariable(nodeId: string, variable: string): CompileError {
  return {
    code: "SyntaxError",
    nodeId,
    description: `Failed to parse element [${variable}].`,
  };
}
