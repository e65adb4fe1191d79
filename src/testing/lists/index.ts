export type { Condition } from "./conditions.js";
export {
  descriptionEntity,
  executionEntity,
  launchPlanEntity,
  namedEntityEntity,
  type NamedEntityEntry,
  nodeExecutionEntity,
  projectEntity,
  signalEntity,
  taskEntity,
  taskExecutionEntity,
  workflowEntity,
} from "./entities/index.js";
export type { Entity } from "./entity.js";
export {
  bindConditions,
  filterRows,
  type ListRequest,
  listRows,
  parseListRequest,
  runListQuery,
} from "./list-rows.js";
export { nextToken, pageOf, requireLimit } from "./paging.js";
