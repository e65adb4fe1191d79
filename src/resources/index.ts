export type { AppliedAttributes } from "./attribute-calls.js";
export { Attributes } from "./attributes.js";
export type { AttributeInput, AttributeKind, AttributeValue } from "./attribute-kinds.js";
export type {
  AttributeScope,
  DeletedScope,
  ProjectDomainScope,
  ProjectScope,
  WorkflowScope,
} from "./attribute-scopes.js";
export { DataProxy } from "./data-proxy.js";
export type { ResourceContext, RpcClients } from "./context.js";
export { DescriptionEntities, type DescriptionEntityQuery } from "./description-entities.js";
export {
  type ExecutionQuery,
  type ExecutionScanQuery,
  type ExecutionsInput,
  Executions,
  type WorkflowExecutionEventInput,
} from "./executions.js";
export { Identity } from "./identity.js";
export type {
  LaunchPlanTarget,
  LaunchRequest,
  LaunchSettings,
  TaskTarget,
} from "../executions/launch/launch.js";
export type {
  AnyInterface,
  LaunchInputs,
  LiteralInputs,
  ValueInputs,
  WorkflowInterface,
} from "../executions/launch/launch-inputs.js";
export {
  type ActiveLaunchPlanQuery,
  type LaunchPlanQuery,
  LaunchPlans,
  type NewLaunchPlan,
} from "./launch-plans.js";
export type { EntityQuery } from "../lists/listing.js";
export {
  NamedEntities,
  type NamedEntityChanges,
  type NamedEntityQuery,
  type NamedEntityStateName,
} from "./named-entities.js";
export {
  type ChildNodeExecutionQuery,
  type NodeExecutionEventInput,
  type NodeExecutionQuery,
  NodeExecutions,
  type TaskNodeExecutionQuery,
} from "./node-executions.js";
export { type NewProject, type ProjectChanges, type ProjectQuery, Projects } from "./projects.js";
export type { ResourceKind } from "./resource-kinds.js";
export type { RecoverRequest, RelaunchRequest } from "../executions/launch/start-execution.js";
export { type SignalQuery, Signals } from "./signals.js";
export type { SignalKind, SignalType, SignalValue, SignalValues } from "./signal-values.js";
export {
  type ExecutionAttemptsQuery,
  type TaskExecutionEventInput,
  type TaskExecutionQuery,
  TaskExecutions,
} from "./task-executions.js";
export { type NewTask, type TaskQuery, Tasks } from "./tasks.js";
export type { VersionQuery } from "./versions.js";
export { type NewWorkflow, type WorkflowQuery, Workflows } from "./workflows.js";
