export type { AttributeInput, AttributeKind, AttributeValue } from "./attribute-kinds.js";
export type {
  AttributeScope,
  DeletedScope,
  ProjectDomainScope,
  ProjectScope,
  WorkflowScope,
} from "./attribute-scopes.js";
export {
  type AppliedAttributes,
  deleteAttributes,
  getAttributes,
  listAttributes,
  updateAttributes,
} from "./attributes.js";
export {
  activateProject,
  archiveProject,
  getDomains,
  getProject,
  listProjects,
  type NewProject,
  type ProjectChanges,
  type ProjectQuery,
  registerProject,
  updateProject,
} from "./projects.js";
