export { compileWorkflow, requirementsOf, type WorkflowSource } from "./compile-workflow.js";
export { CompileFailure } from "./errors/index.js";
export type { LaunchPlanInterface } from "./linked-entities.js";
