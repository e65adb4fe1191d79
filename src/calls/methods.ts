import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";

// The methods one by one, so that a function names the one that it calls.
export const createTaskMethod: typeof AdminService.method.createTask =
  AdminService.method.createTask;
export const getTaskMethod: typeof AdminService.method.getTask = AdminService.method.getTask;
export const listTaskIdsMethod: typeof AdminService.method.listTaskIds =
  AdminService.method.listTaskIds;
export const listTasksMethod: typeof AdminService.method.listTasks = AdminService.method.listTasks;
export const createWorkflowMethod: typeof AdminService.method.createWorkflow =
  AdminService.method.createWorkflow;
export const getWorkflowMethod: typeof AdminService.method.getWorkflow =
  AdminService.method.getWorkflow;
export const listWorkflowIdsMethod: typeof AdminService.method.listWorkflowIds =
  AdminService.method.listWorkflowIds;
export const listWorkflowsMethod: typeof AdminService.method.listWorkflows =
  AdminService.method.listWorkflows;
export const createLaunchPlanMethod: typeof AdminService.method.createLaunchPlan =
  AdminService.method.createLaunchPlan;
export const getLaunchPlanMethod: typeof AdminService.method.getLaunchPlan =
  AdminService.method.getLaunchPlan;
export const getActiveLaunchPlanMethod: typeof AdminService.method.getActiveLaunchPlan =
  AdminService.method.getActiveLaunchPlan;
export const listActiveLaunchPlansMethod: typeof AdminService.method.listActiveLaunchPlans =
  AdminService.method.listActiveLaunchPlans;
export const listLaunchPlanIdsMethod: typeof AdminService.method.listLaunchPlanIds =
  AdminService.method.listLaunchPlanIds;
export const listLaunchPlansMethod: typeof AdminService.method.listLaunchPlans =
  AdminService.method.listLaunchPlans;
export const updateLaunchPlanMethod: typeof AdminService.method.updateLaunchPlan =
  AdminService.method.updateLaunchPlan;
export const createExecutionMethod: typeof AdminService.method.createExecution =
  AdminService.method.createExecution;
export const relaunchExecutionMethod: typeof AdminService.method.relaunchExecution =
  AdminService.method.relaunchExecution;
export const recoverExecutionMethod: typeof AdminService.method.recoverExecution =
  AdminService.method.recoverExecution;
export const getExecutionMethod: typeof AdminService.method.getExecution =
  AdminService.method.getExecution;
export const updateExecutionMethod: typeof AdminService.method.updateExecution =
  AdminService.method.updateExecution;
export const getExecutionDataMethod: typeof AdminService.method.getExecutionData =
  AdminService.method.getExecutionData;
export const listExecutionsMethod: typeof AdminService.method.listExecutions =
  AdminService.method.listExecutions;
export const terminateExecutionMethod: typeof AdminService.method.terminateExecution =
  AdminService.method.terminateExecution;
export const getNodeExecutionMethod: typeof AdminService.method.getNodeExecution =
  AdminService.method.getNodeExecution;
export const getDynamicNodeWorkflowMethod: typeof AdminService.method.getDynamicNodeWorkflow =
  AdminService.method.getDynamicNodeWorkflow;
export const listNodeExecutionsMethod: typeof AdminService.method.listNodeExecutions =
  AdminService.method.listNodeExecutions;
export const listNodeExecutionsForTaskMethod: typeof AdminService.method.listNodeExecutionsForTask =
  AdminService.method.listNodeExecutionsForTask;
export const getNodeExecutionDataMethod: typeof AdminService.method.getNodeExecutionData =
  AdminService.method.getNodeExecutionData;
export const registerProjectMethod: typeof AdminService.method.registerProject =
  AdminService.method.registerProject;
export const updateProjectMethod: typeof AdminService.method.updateProject =
  AdminService.method.updateProject;
export const getProjectMethod: typeof AdminService.method.getProject =
  AdminService.method.getProject;
export const listProjectsMethod: typeof AdminService.method.listProjects =
  AdminService.method.listProjects;
export const getDomainsMethod: typeof AdminService.method.getDomains =
  AdminService.method.getDomains;
export const createWorkflowEventMethod: typeof AdminService.method.createWorkflowEvent =
  AdminService.method.createWorkflowEvent;
export const createNodeEventMethod: typeof AdminService.method.createNodeEvent =
  AdminService.method.createNodeEvent;
export const createTaskEventMethod: typeof AdminService.method.createTaskEvent =
  AdminService.method.createTaskEvent;
export const getTaskExecutionMethod: typeof AdminService.method.getTaskExecution =
  AdminService.method.getTaskExecution;
export const listTaskExecutionsMethod: typeof AdminService.method.listTaskExecutions =
  AdminService.method.listTaskExecutions;
export const getTaskExecutionDataMethod: typeof AdminService.method.getTaskExecutionData =
  AdminService.method.getTaskExecutionData;
export const updateProjectDomainAttributesMethod: typeof AdminService.method.updateProjectDomainAttributes =
  AdminService.method.updateProjectDomainAttributes;
export const getProjectDomainAttributesMethod: typeof AdminService.method.getProjectDomainAttributes =
  AdminService.method.getProjectDomainAttributes;
export const deleteProjectDomainAttributesMethod: typeof AdminService.method.deleteProjectDomainAttributes =
  AdminService.method.deleteProjectDomainAttributes;
export const updateProjectAttributesMethod: typeof AdminService.method.updateProjectAttributes =
  AdminService.method.updateProjectAttributes;
export const getProjectAttributesMethod: typeof AdminService.method.getProjectAttributes =
  AdminService.method.getProjectAttributes;
export const deleteProjectAttributesMethod: typeof AdminService.method.deleteProjectAttributes =
  AdminService.method.deleteProjectAttributes;
export const updateWorkflowAttributesMethod: typeof AdminService.method.updateWorkflowAttributes =
  AdminService.method.updateWorkflowAttributes;
export const getWorkflowAttributesMethod: typeof AdminService.method.getWorkflowAttributes =
  AdminService.method.getWorkflowAttributes;
export const deleteWorkflowAttributesMethod: typeof AdminService.method.deleteWorkflowAttributes =
  AdminService.method.deleteWorkflowAttributes;
export const listMatchableAttributesMethod: typeof AdminService.method.listMatchableAttributes =
  AdminService.method.listMatchableAttributes;
export const listNamedEntitiesMethod: typeof AdminService.method.listNamedEntities =
  AdminService.method.listNamedEntities;
export const getNamedEntityMethod: typeof AdminService.method.getNamedEntity =
  AdminService.method.getNamedEntity;
export const updateNamedEntityMethod: typeof AdminService.method.updateNamedEntity =
  AdminService.method.updateNamedEntity;
export const getVersionMethod: typeof AdminService.method.getVersion =
  AdminService.method.getVersion;
export const getDescriptionEntityMethod: typeof AdminService.method.getDescriptionEntity =
  AdminService.method.getDescriptionEntity;
export const listDescriptionEntitiesMethod: typeof AdminService.method.listDescriptionEntities =
  AdminService.method.listDescriptionEntities;
export const getExecutionMetricsMethod: typeof AdminService.method.getExecutionMetrics =
  AdminService.method.getExecutionMetrics;
export const createUploadLocationMethod: typeof DataProxyService.method.createUploadLocation =
  DataProxyService.method.createUploadLocation;
export const createDownloadLocationMethod: typeof DataProxyService.method.createDownloadLocation =
  DataProxyService.method.createDownloadLocation;
export const createDownloadLinkMethod: typeof DataProxyService.method.createDownloadLink =
  DataProxyService.method.createDownloadLink;
export const getDataMethod: typeof DataProxyService.method.getData =
  DataProxyService.method.getData;
export const getOrCreateSignalMethod: typeof SignalService.method.getOrCreateSignal =
  SignalService.method.getOrCreateSignal;
export const listSignalsMethod: typeof SignalService.method.listSignals =
  SignalService.method.listSignals;
export const setSignalMethod: typeof SignalService.method.setSignal =
  SignalService.method.setSignal;
export const userInfoMethod: typeof IdentityService.method.userInfo =
  IdentityService.method.userInfo;
export const getOAuth2MetadataMethod: typeof AuthMetadataService.method.getOAuth2Metadata =
  AuthMetadataService.method.getOAuth2Metadata;
export const getPublicClientConfigMethod: typeof AuthMetadataService.method.getPublicClientConfig =
  AuthMetadataService.method.getPublicClientConfig;
