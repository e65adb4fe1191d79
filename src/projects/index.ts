export type {
  AttributeInput,
  AttributeKind,
  AttributeScope,
  AttributeValue,
  DeletedScope,
  ProjectDomainScope,
  ProjectScope,
  WorkflowScope,
  WritableAttributeKind,
  WritableAttributeScope,
} from "./attribute-kinds.js";
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
