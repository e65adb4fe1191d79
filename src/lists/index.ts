export {
  type EntityQuery,
  entityQueryNames,
  listRows,
  type OwnedQuery,
  ownedQueryNames,
  requireQuery,
} from "./list-rows.js";
export { describeRows, fetchRows, type ListRpc } from "./list-rpc.js";
export {
  listActiveLaunchPlansRpc,
  listDescriptionEntitiesRpc,
  listExecutionsRpc,
  listLaunchPlanIdsRpc,
  listLaunchPlansRpc,
  listNamedEntitiesRpc,
  listNodeExecutionsForTaskRpc,
  listNodeExecutionsRpc,
  listProjectsRpc,
  type ListRpcOf,
  listSignalsRpc,
  listTaskExecutionsRpc,
  listTaskIdsRpc,
  listTasksRpc,
  listWorkflowIdsRpc,
  listWorkflowsRpc,
  type VersionScope,
} from "./list-rpcs.js";
export {
  type ExecutionScanQuery,
  scanExecutions,
  type ScanFilter,
  type ScanOptions,
} from "./scan-executions.js";
