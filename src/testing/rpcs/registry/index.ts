export { setNamedEntity } from "./named-entities.js";
export { registryHandlers } from "./registry-handlers.js";
export { compiledTaskOf } from "./tasks/index.js";
export { findVersion, insertVersion } from "./versions.js";
export { insertWorkflow } from "./workflows/index.js";
