export { getTaskExecution, listTaskExecutions } from "./get-attempt.js";
export { withTaskType } from "./task-type.js";
