export { setNamedEntity } from "./named-entities.js";
export { registryHandlers } from "./registry-handlers.js";
export { compiledTaskOf } from "./tasks/task-handlers.js";
export { insertVersion } from "./versions.js";
export { insertWorkflow } from "./workflows/workflow-handlers.js";
