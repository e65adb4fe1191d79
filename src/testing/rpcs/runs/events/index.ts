export { createNodeEvent } from "./node-event.js";
export { createTaskEvent } from "./task-event.js";
export { createWorkflowEvent } from "./workflow-event.js";
