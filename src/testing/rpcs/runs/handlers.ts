import type { AdminService } from "../../../../gen/flyteidl/service/admin_pb.js";
import type { AuthMetadataService } from "../../../../gen/flyteidl/service/auth_pb.js";
import type { DataProxyService } from "../../../../gen/flyteidl/service/dataproxy_pb.js";
import type { IdentityService } from "../../../../gen/flyteidl/service/identity_pb.js";
import type { SignalService } from "../../../../gen/flyteidl/service/signal_pb.js";
import type { FlyteState } from "../../store/index.js";
import type { RpcHandlers } from "../rpc-types.js";
import { getTaskExecution, listTaskExecutions } from "./attempts/get-attempt.js";
import { getExecutionData, getNodeExecutionData, getTaskExecutionData } from "./data/get-data.js";
import { createDownloadLink, createDownloadLocation } from "./data-proxy/create-download.js";
import { createUploadLocation } from "./data-proxy/create-upload.js";
import { getData } from "./data-proxy/get-data.js";
import { createNodeEvent } from "./events/node-event.js";
import { createTaskEvent } from "./events/task-event.js";
import { createWorkflowEvent } from "./events/workflow-event.js";
import { recoverExecution, relaunchExecution } from "./executions/copy-execution.js";
import { createExecution } from "./executions/create-execution.js";
import { getExecution, listExecutions } from "./executions/get-execution.js";
import { terminateExecution, updateExecution } from "./executions/update-execution.js";
import { getExecutionMetrics } from "./metrics/execution-metrics.js";
import { getDynamicNodeWorkflow } from "./nodes/dynamic-workflow.js";
import {
  getNodeExecution,
  listNodeExecutions,
  listNodeExecutionsForTask,
} from "./nodes/get-node.js";
import { oauth2Metadata, publicClientConfig, userInfo } from "./server/identity.js";
import { getVersion } from "./server/version.js";
import { getOrCreateSignal, listSignals, setSignal } from "./signals/signal-service.js";

/** The RPCs of AdminService about executions, and those about the server itself. */
export type RunRpc =
  | "createExecution"
  | "relaunchExecution"
  | "recoverExecution"
  | "getExecution"
  | "updateExecution"
  | "getExecutionData"
  | "listExecutions"
  | "terminateExecution"
  | "getExecutionMetrics"
  | "getNodeExecution"
  | "getDynamicNodeWorkflow"
  | "listNodeExecutions"
  | "listNodeExecutionsForTask"
  | "getNodeExecutionData"
  | "getTaskExecution"
  | "listTaskExecutions"
  | "getTaskExecutionData"
  | "createWorkflowEvent"
  | "createNodeEvent"
  | "createTaskEvent"
  | "getVersion";

/** Handlers of the RPCs about executions. */
export function runHandlers(state: FlyteState): Pick<RpcHandlers<typeof AdminService>, RunRpc> {
  return {
    createExecution: (request) => createExecution(state, request),
    relaunchExecution: (request) => relaunchExecution(state, request),
    recoverExecution: (request) => recoverExecution(state, request),
    getExecution: (request) => getExecution(state, request),
    updateExecution: (request) => updateExecution(state, request),
    getExecutionData: (request, context) => getExecutionData(state, request, context),
    listExecutions: (request) => listExecutions(state, request),
    terminateExecution: (request) => terminateExecution(state, request),
    getExecutionMetrics: (request) => getExecutionMetrics(state, request),
    getNodeExecution: (request) => getNodeExecution(state, request),
    getDynamicNodeWorkflow: (request) => getDynamicNodeWorkflow(state, request),
    listNodeExecutions: (request) => listNodeExecutions(state, request),
    listNodeExecutionsForTask: (request) => listNodeExecutionsForTask(state, request),
    getNodeExecutionData: (request, context) => getNodeExecutionData(state, request, context),
    getTaskExecution: (request) => getTaskExecution(state, request),
    listTaskExecutions: (request) => listTaskExecutions(state, request),
    getTaskExecutionData: (request, context) => getTaskExecutionData(state, request, context),
    createWorkflowEvent: (request) => createWorkflowEvent(state, request),
    createNodeEvent: (request) => createNodeEvent(state, request),
    createTaskEvent: (request) => createTaskEvent(state, request),
    getVersion: () => getVersion(state),
  };
}

/** Handlers of DataProxyService. */
export function dataProxyHandlers(state: FlyteState): RpcHandlers<typeof DataProxyService> {
  return {
    createUploadLocation: (request, context) => createUploadLocation(state, request, context),
    createDownloadLocation: (request, context) => createDownloadLocation(state, request, context),
    createDownloadLink: (request, context) => createDownloadLink(state, request, context),
    getData: (request, context) => getData(state, request, context),
  };
}

/** Handlers of SignalService. */
export function signalHandlers(state: FlyteState): RpcHandlers<typeof SignalService> {
  return {
    getOrCreateSignal: (request) => getOrCreateSignal(state, request),
    listSignals: (request) => listSignals(state, request),
    setSignal: (request) => setSignal(state, request),
  };
}

/** Handlers of IdentityService. */
export function identityHandlers(state: FlyteState): RpcHandlers<typeof IdentityService> {
  return { userInfo: () => userInfo(state) };
}

/** Handlers of AuthMetadataService. */
export function authMetadataHandlers(state: FlyteState): RpcHandlers<typeof AuthMetadataService> {
  return {
    getOAuth2Metadata: () => oauth2Metadata(state),
    getPublicClientConfig: () => publicClientConfig(state),
  };
}
