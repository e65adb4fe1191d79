export { compiledTaskOf, taskHandlers } from "./task-handlers.js";
