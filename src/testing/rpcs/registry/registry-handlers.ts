import type { FlyteState } from "../../store/index.js";
import { attributeHandlers } from "./attributes/index.js";
import { descriptionHandlers } from "./descriptions.js";
import type { AdminHandlers } from "./handler-types.js";
import { launchPlanHandlers } from "./launch-plans/index.js";
import { namedEntityHandlers } from "./named-entities.js";
import { projectHandlers } from "./projects.js";
import { taskHandlers } from "./tasks/index.js";
import { workflowHandlers } from "./workflows/index.js";

/** The RPCs of AdminService about what is registered, as against what runs. */
export type RegistryRpc =
  | keyof ReturnType<typeof attributeHandlers>
  | keyof ReturnType<typeof descriptionHandlers>
  | keyof ReturnType<typeof launchPlanHandlers>
  | keyof ReturnType<typeof namedEntityHandlers>
  | keyof ReturnType<typeof projectHandlers>
  | keyof ReturnType<typeof taskHandlers>
  | keyof ReturnType<typeof workflowHandlers>;

/** The handlers of projects, tasks, workflows, launch plans, names, descriptions and attributes. */
export function registryHandlers(state: FlyteState): Pick<AdminHandlers, RegistryRpc> {
  return {
    ...projectHandlers(state),
    ...taskHandlers(state),
    ...workflowHandlers(state),
    ...launchPlanHandlers(state),
    ...namedEntityHandlers(state),
    ...descriptionHandlers(state),
    ...attributeHandlers(state),
  };
}
