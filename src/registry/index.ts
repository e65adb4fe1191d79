export {
  type DescriptionEntityInput,
  type DescriptionEntityQuery,
  getDescriptionEntity,
  listDescriptionEntities,
} from "./description-entities.js";
export {
  activateLaunchPlan,
  type ActiveLaunchPlanQuery,
  createLaunchPlan,
  deactivateLaunchPlan,
  getActiveLaunchPlan,
  getLatestLaunchPlan,
  getLaunchPlan,
  type LaunchPlanQuery,
  listActiveLaunchPlans,
  listLaunchPlanNames,
  listLaunchPlans,
  type LaunchPlanInput,
} from "./launch-plans.js";
export {
  unarchiveNamedEntity,
  archiveNamedEntity,
  getNamedEntity,
  listNamedEntities,
  type NamedEntityInput,
  type NamedEntityUpdateInput,
  type NamedEntityQuery,
  type NamedEntityStateName,
  updateNamedEntity,
} from "./named-entities.js";
export type { ResourceKind, VersionQuery } from "./versions.js";
export {
  createTask,
  getLatestTask,
  getTask,
  listTaskNames,
  listTasks,
  type TaskInput,
  type TaskQuery,
} from "./tasks.js";
export {
  createWorkflow,
  getLatestWorkflow,
  getWorkflow,
  listWorkflowNames,
  listWorkflows,
  type WorkflowInput,
  type WorkflowQuery,
} from "./workflows.js";
