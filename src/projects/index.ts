export type {
  AttributeInput,
  AttributeKind,
  AttributeValue,
  WritableAttributeKind,
} from "./attribute-kinds.js";
export type {
  AttributeScope,
  DeletedScope,
  ProjectDomainScope,
  ProjectScope,
  WorkflowScope,
  WritableAttributeScope,
} from "./attribute-scope.js";
export {
  type AppliedAttributes,
  deleteAttributes,
  getAttributes,
  listAttributes,
  updateAttributes,
} from "./attributes.js";
export {
  unarchiveProject,
  archiveProject,
  listDomains,
  getProject,
  listProjects,
  type ProjectInput,
  type ProjectUpdateInput,
  type ProjectQuery,
  registerProject,
  updateProject,
} from "./projects.js";
