export type { Condition } from "./conditions.js";
export type { Entity } from "./entity.js";
export { descriptionEntity } from "./entities/description.js";
export { executionEntity } from "./entities/execution.js";
export { launchPlanEntity } from "./entities/launch-plan.js";
export { namedEntityEntity, type NamedEntityEntry } from "./entities/named-entity.js";
export { nodeExecutionEntity } from "./entities/node-execution.js";
export { projectEntity } from "./entities/project.js";
export { signalEntity } from "./entities/signal.js";
export { taskEntity } from "./entities/task.js";
export { taskExecutionEntity } from "./entities/task-execution.js";
export { workflowEntity } from "./entities/workflow.js";
export {
  bindConditions,
  filterRows,
  type ListRequest,
  listRows,
  parseListRequest,
  runListQuery,
} from "./list-rows.js";
export { nextToken, pageOf, requireLimit } from "./paging.js";
