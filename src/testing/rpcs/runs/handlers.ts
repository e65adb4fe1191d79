import type { AdminService } from "../../../../gen/flyteidl/service/admin_pb.js";
import type { AuthMetadataService } from "../../../../gen/flyteidl/service/auth_pb.js";
import type { DataProxyService } from "../../../../gen/flyteidl/service/dataproxy_pb.js";
import type { IdentityService } from "../../../../gen/flyteidl/service/identity_pb.js";
import type { SignalService } from "../../../../gen/flyteidl/service/signal_pb.js";
import type { FlyteState } from "../../store/index.js";
import type { RpcHandlers } from "../rpc-types.js";
import { getTaskExecution, listTaskExecutions } from "./attempts/index.js";
import { getExecutionData, getNodeExecutionData, getTaskExecutionData } from "./data/index.js";
import {
  createDownloadLink,
  createDownloadLocation,
  createUploadLocation,
  getData,
} from "./data-proxy/index.js";
import { createNodeEvent, createTaskEvent, createWorkflowEvent } from "./events/index.js";
import {
  createExecution,
  getExecution,
  listExecutions,
  recoverExecution,
  relaunchExecution,
  terminateExecution,
  updateExecution,
} from "./executions/index.js";
import { getExecutionMetrics } from "./metrics/index.js";
import {
  getDynamicNodeWorkflow,
  getNodeExecution,
  listNodeExecutions,
  listNodeExecutionsForTask,
} from "./nodes/index.js";
import { getVersion, oauth2Metadata, publicClientConfig, userInfo } from "./server/index.js";
import { getOrCreateSignal, listSignals, setSignal } from "./signals/index.js";

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
