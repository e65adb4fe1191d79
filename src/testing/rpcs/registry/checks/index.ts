export { enumName } from "./enum-name.js";
export {
  identifierText,
  lookedUpText,
  requireField,
  requireIdFields,
  requireNamedEntityId,
  requireResourceType,
  requireVersionId,
  resourceTypeName,
  withResourceType,
} from "./identifier.js";
export { checkLabels } from "./labels.js";
export { checkLiterals } from "./literals.js";
export { checkProjectAndDomain } from "./project-domain.js";
export { checkProject } from "./project.js";
export { dnsLabelProblems } from "./qualified-name.js";
export { checkActiveProject, checkKnownProject, checkScope, findProject } from "./scope.js";
