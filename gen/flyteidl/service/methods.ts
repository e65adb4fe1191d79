import type { DescMethodUnary } from "@bufbuild/protobuf";
import type { TaskCreateRequestSchema, TaskCreateResponseSchema, TaskListSchema, TaskSchema } from "../admin/task_pb.js";
import { file_flyteidl_admin_task } from "../admin/task_pb.js";
import { unaryMethod } from "../../../src/descriptors/index.js";
import type { NamedEntityGetRequestSchema, NamedEntityIdentifierListRequestSchema, NamedEntityIdentifierListSchema, NamedEntityListRequestSchema, NamedEntityListSchema, NamedEntitySchema, NamedEntityUpdateRequestSchema, NamedEntityUpdateResponseSchema, ObjectGetRequestSchema, ResourceListRequestSchema } from "../admin/common_pb.js";
import { file_flyteidl_admin_common } from "../admin/common_pb.js";
import type { WorkflowCreateRequestSchema, WorkflowCreateResponseSchema, WorkflowListSchema, WorkflowSchema } from "../admin/workflow_pb.js";
import { file_flyteidl_admin_workflow } from "../admin/workflow_pb.js";
import type { ActiveLaunchPlanListRequestSchema, ActiveLaunchPlanRequestSchema, LaunchPlanCreateRequestSchema, LaunchPlanCreateResponseSchema, LaunchPlanListSchema, LaunchPlanSchema, LaunchPlanUpdateRequestSchema, LaunchPlanUpdateResponseSchema } from "../admin/launch_plan_pb.js";
import { file_flyteidl_admin_launch_plan } from "../admin/launch_plan_pb.js";
import type { ExecutionCreateRequestSchema, ExecutionCreateResponseSchema, ExecutionListSchema, ExecutionRecoverRequestSchema, ExecutionRelaunchRequestSchema, ExecutionSchema, ExecutionTerminateRequestSchema, ExecutionTerminateResponseSchema, ExecutionUpdateRequestSchema, ExecutionUpdateResponseSchema, WorkflowExecutionGetDataRequestSchema, WorkflowExecutionGetDataResponseSchema, WorkflowExecutionGetMetricsRequestSchema, WorkflowExecutionGetMetricsResponseSchema, WorkflowExecutionGetRequestSchema } from "../admin/execution_pb.js";
import { file_flyteidl_admin_execution } from "../admin/execution_pb.js";
import type { DynamicNodeWorkflowResponseSchema, GetDynamicNodeWorkflowRequestSchema, NodeExecutionForTaskListRequestSchema, NodeExecutionGetDataRequestSchema, NodeExecutionGetDataResponseSchema, NodeExecutionGetRequestSchema, NodeExecutionListRequestSchema, NodeExecutionListSchema, NodeExecutionSchema } from "../admin/node_execution_pb.js";
import { file_flyteidl_admin_node_execution } from "../admin/node_execution_pb.js";
import type { GetDomainRequestSchema, GetDomainsResponseSchema, ProjectGetRequestSchema, ProjectListRequestSchema, ProjectRegisterRequestSchema, ProjectRegisterResponseSchema, ProjectSchema, ProjectsSchema, ProjectUpdateResponseSchema } from "../admin/project_pb.js";
import { file_flyteidl_admin_project } from "../admin/project_pb.js";
import type { NodeExecutionEventRequestSchema, NodeExecutionEventResponseSchema, TaskExecutionEventRequestSchema, TaskExecutionEventResponseSchema, WorkflowExecutionEventRequestSchema, WorkflowExecutionEventResponseSchema } from "../admin/event_pb.js";
import { file_flyteidl_admin_event } from "../admin/event_pb.js";
import type { TaskExecutionGetDataRequestSchema, TaskExecutionGetDataResponseSchema, TaskExecutionGetRequestSchema, TaskExecutionListRequestSchema, TaskExecutionListSchema, TaskExecutionSchema } from "../admin/task_execution_pb.js";
import { file_flyteidl_admin_task_execution } from "../admin/task_execution_pb.js";
import type { ProjectDomainAttributesDeleteRequestSchema, ProjectDomainAttributesDeleteResponseSchema, ProjectDomainAttributesGetRequestSchema, ProjectDomainAttributesGetResponseSchema, ProjectDomainAttributesUpdateRequestSchema, ProjectDomainAttributesUpdateResponseSchema } from "../admin/project_domain_attributes_pb.js";
import { file_flyteidl_admin_project_domain_attributes } from "../admin/project_domain_attributes_pb.js";
import type { ProjectAttributesDeleteRequestSchema, ProjectAttributesDeleteResponseSchema, ProjectAttributesGetRequestSchema, ProjectAttributesGetResponseSchema, ProjectAttributesUpdateRequestSchema, ProjectAttributesUpdateResponseSchema } from "../admin/project_attributes_pb.js";
import { file_flyteidl_admin_project_attributes } from "../admin/project_attributes_pb.js";
import type { WorkflowAttributesDeleteRequestSchema, WorkflowAttributesDeleteResponseSchema, WorkflowAttributesGetRequestSchema, WorkflowAttributesGetResponseSchema, WorkflowAttributesUpdateRequestSchema, WorkflowAttributesUpdateResponseSchema } from "../admin/workflow_attributes_pb.js";
import { file_flyteidl_admin_workflow_attributes } from "../admin/workflow_attributes_pb.js";
import type { ListMatchableAttributesRequestSchema, ListMatchableAttributesResponseSchema } from "../admin/matchable_resource_pb.js";
import { file_flyteidl_admin_matchable_resource } from "../admin/matchable_resource_pb.js";
import type { GetVersionRequestSchema, GetVersionResponseSchema } from "../admin/version_pb.js";
import { file_flyteidl_admin_version } from "../admin/version_pb.js";
import type { DescriptionEntityListRequestSchema, DescriptionEntityListSchema, DescriptionEntitySchema } from "../admin/description_entity_pb.js";
import { file_flyteidl_admin_description_entity } from "../admin/description_entity_pb.js";
import type { OAuth2MetadataRequestSchema, OAuth2MetadataResponseSchema, PublicClientAuthConfigRequestSchema, PublicClientAuthConfigResponseSchema } from "./auth_pb.js";
import { file_flyteidl_service_auth } from "./auth_pb.js";
import type { CreateDownloadLinkRequestSchema, CreateDownloadLinkResponseSchema, CreateDownloadLocationRequestSchema, CreateDownloadLocationResponseSchema, CreateUploadLocationRequestSchema, CreateUploadLocationResponseSchema, GetDataRequestSchema, GetDataResponseSchema } from "./dataproxy_pb.js";
import { file_flyteidl_service_dataproxy } from "./dataproxy_pb.js";
import type { UserInfoRequestSchema, UserInfoResponseSchema } from "./identity_pb.js";
import { file_flyteidl_service_identity } from "./identity_pb.js";
import type { SignalGetOrCreateRequestSchema, SignalListRequestSchema, SignalListSchema, SignalSchema, SignalSetRequestSchema, SignalSetResponseSchema } from "../admin/signal_pb.js";
import { file_flyteidl_admin_signal } from "../admin/signal_pb.js";

// @generated by tools/codegen from the services of flyteidl/service
/* eslint-disable */

/**
 * The method AdminService.CreateTask alone, for pages that do not call the others.
 */
export const createTaskMethod: DescMethodUnary<typeof TaskCreateRequestSchema, typeof TaskCreateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;CreateTask TaskCreateRequest TaskCreateResponse;}", [file_flyteidl_admin_task]);

/**
 * The method AdminService.GetTask alone, for pages that do not call the others.
 */
export const getTaskMethod: DescMethodUnary<typeof ObjectGetRequestSchema, typeof TaskSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetTask ObjectGetRequest Task;}", [file_flyteidl_admin_common, file_flyteidl_admin_task]);

/**
 * The method AdminService.ListTaskIds alone, for pages that do not call the others.
 */
export const listTaskIdsMethod: DescMethodUnary<typeof NamedEntityIdentifierListRequestSchema, typeof NamedEntityIdentifierListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListTaskIds NamedEntityIdentifierListRequest NamedEntityIdentifierList;}", [file_flyteidl_admin_common]);

/**
 * The method AdminService.ListTasks alone, for pages that do not call the others.
 */
export const listTasksMethod: DescMethodUnary<typeof ResourceListRequestSchema, typeof TaskListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListTasks ResourceListRequest TaskList;}", [file_flyteidl_admin_common, file_flyteidl_admin_task]);

/**
 * The method AdminService.CreateWorkflow alone, for pages that do not call the others.
 */
export const createWorkflowMethod: DescMethodUnary<typeof WorkflowCreateRequestSchema, typeof WorkflowCreateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;CreateWorkflow WorkflowCreateRequest WorkflowCreateResponse;}", [file_flyteidl_admin_workflow]);

/**
 * The method AdminService.GetWorkflow alone, for pages that do not call the others.
 */
export const getWorkflowMethod: DescMethodUnary<typeof ObjectGetRequestSchema, typeof WorkflowSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetWorkflow ObjectGetRequest Workflow;}", [file_flyteidl_admin_common, file_flyteidl_admin_workflow]);

/**
 * The method AdminService.ListWorkflowIds alone, for pages that do not call the others.
 */
export const listWorkflowIdsMethod: DescMethodUnary<typeof NamedEntityIdentifierListRequestSchema, typeof NamedEntityIdentifierListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListWorkflowIds NamedEntityIdentifierListRequest NamedEntityIdentifierList;}", [file_flyteidl_admin_common]);

/**
 * The method AdminService.ListWorkflows alone, for pages that do not call the others.
 */
export const listWorkflowsMethod: DescMethodUnary<typeof ResourceListRequestSchema, typeof WorkflowListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListWorkflows ResourceListRequest WorkflowList;}", [file_flyteidl_admin_common, file_flyteidl_admin_workflow]);

/**
 * The method AdminService.CreateLaunchPlan alone, for pages that do not call the others.
 */
export const createLaunchPlanMethod: DescMethodUnary<typeof LaunchPlanCreateRequestSchema, typeof LaunchPlanCreateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;CreateLaunchPlan LaunchPlanCreateRequest LaunchPlanCreateResponse;}", [file_flyteidl_admin_launch_plan]);

/**
 * The method AdminService.GetLaunchPlan alone, for pages that do not call the others.
 */
export const getLaunchPlanMethod: DescMethodUnary<typeof ObjectGetRequestSchema, typeof LaunchPlanSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetLaunchPlan ObjectGetRequest LaunchPlan;}", [file_flyteidl_admin_common, file_flyteidl_admin_launch_plan]);

/**
 * The method AdminService.GetActiveLaunchPlan alone, for pages that do not call the others.
 */
export const getActiveLaunchPlanMethod: DescMethodUnary<typeof ActiveLaunchPlanRequestSchema, typeof LaunchPlanSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetActiveLaunchPlan ActiveLaunchPlanRequest LaunchPlan;}", [file_flyteidl_admin_launch_plan]);

/**
 * The method AdminService.ListActiveLaunchPlans alone, for pages that do not call the others.
 */
export const listActiveLaunchPlansMethod: DescMethodUnary<typeof ActiveLaunchPlanListRequestSchema, typeof LaunchPlanListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListActiveLaunchPlans ActiveLaunchPlanListRequest LaunchPlanList;}", [file_flyteidl_admin_launch_plan]);

/**
 * The method AdminService.ListLaunchPlanIds alone, for pages that do not call the others.
 */
export const listLaunchPlanIdsMethod: DescMethodUnary<typeof NamedEntityIdentifierListRequestSchema, typeof NamedEntityIdentifierListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListLaunchPlanIds NamedEntityIdentifierListRequest NamedEntityIdentifierList;}", [file_flyteidl_admin_common]);

/**
 * The method AdminService.ListLaunchPlans alone, for pages that do not call the others.
 */
export const listLaunchPlansMethod: DescMethodUnary<typeof ResourceListRequestSchema, typeof LaunchPlanListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListLaunchPlans ResourceListRequest LaunchPlanList;}", [file_flyteidl_admin_common, file_flyteidl_admin_launch_plan]);

/**
 * The method AdminService.UpdateLaunchPlan alone, for pages that do not call the others.
 */
export const updateLaunchPlanMethod: DescMethodUnary<typeof LaunchPlanUpdateRequestSchema, typeof LaunchPlanUpdateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;UpdateLaunchPlan LaunchPlanUpdateRequest LaunchPlanUpdateResponse;}", [file_flyteidl_admin_launch_plan]);

/**
 * The method AdminService.CreateExecution alone, for pages that do not call the others.
 */
export const createExecutionMethod: DescMethodUnary<typeof ExecutionCreateRequestSchema, typeof ExecutionCreateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;CreateExecution ExecutionCreateRequest ExecutionCreateResponse;}", [file_flyteidl_admin_execution]);

/**
 * The method AdminService.RelaunchExecution alone, for pages that do not call the others.
 */
export const relaunchExecutionMethod: DescMethodUnary<typeof ExecutionRelaunchRequestSchema, typeof ExecutionCreateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;RelaunchExecution ExecutionRelaunchRequest ExecutionCreateResponse;}", [file_flyteidl_admin_execution]);

/**
 * The method AdminService.RecoverExecution alone, for pages that do not call the others.
 */
export const recoverExecutionMethod: DescMethodUnary<typeof ExecutionRecoverRequestSchema, typeof ExecutionCreateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;RecoverExecution ExecutionRecoverRequest ExecutionCreateResponse;}", [file_flyteidl_admin_execution]);

/**
 * The method AdminService.GetExecution alone, for pages that do not call the others.
 */
export const getExecutionMethod: DescMethodUnary<typeof WorkflowExecutionGetRequestSchema, typeof ExecutionSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetExecution WorkflowExecutionGetRequest Execution;}", [file_flyteidl_admin_execution]);

/**
 * The method AdminService.UpdateExecution alone, for pages that do not call the others.
 */
export const updateExecutionMethod: DescMethodUnary<typeof ExecutionUpdateRequestSchema, typeof ExecutionUpdateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;UpdateExecution ExecutionUpdateRequest ExecutionUpdateResponse;}", [file_flyteidl_admin_execution]);

/**
 * The method AdminService.GetExecutionData alone, for pages that do not call the others.
 */
export const getExecutionDataMethod: DescMethodUnary<typeof WorkflowExecutionGetDataRequestSchema, typeof WorkflowExecutionGetDataResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetExecutionData WorkflowExecutionGetDataRequest WorkflowExecutionGetDataResponse;}", [file_flyteidl_admin_execution]);

/**
 * The method AdminService.ListExecutions alone, for pages that do not call the others.
 */
export const listExecutionsMethod: DescMethodUnary<typeof ResourceListRequestSchema, typeof ExecutionListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListExecutions ResourceListRequest ExecutionList;}", [file_flyteidl_admin_common, file_flyteidl_admin_execution]);

/**
 * The method AdminService.TerminateExecution alone, for pages that do not call the others.
 */
export const terminateExecutionMethod: DescMethodUnary<typeof ExecutionTerminateRequestSchema, typeof ExecutionTerminateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;TerminateExecution ExecutionTerminateRequest ExecutionTerminateResponse;}", [file_flyteidl_admin_execution]);

/**
 * The method AdminService.GetNodeExecution alone, for pages that do not call the others.
 */
export const getNodeExecutionMethod: DescMethodUnary<typeof NodeExecutionGetRequestSchema, typeof NodeExecutionSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetNodeExecution NodeExecutionGetRequest NodeExecution;}", [file_flyteidl_admin_node_execution]);

/**
 * The method AdminService.GetDynamicNodeWorkflow alone, for pages that do not call the others.
 */
export const getDynamicNodeWorkflowMethod: DescMethodUnary<typeof GetDynamicNodeWorkflowRequestSchema, typeof DynamicNodeWorkflowResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetDynamicNodeWorkflow GetDynamicNodeWorkflowRequest DynamicNodeWorkflowResponse;}", [file_flyteidl_admin_node_execution]);

/**
 * The method AdminService.ListNodeExecutions alone, for pages that do not call the others.
 */
export const listNodeExecutionsMethod: DescMethodUnary<typeof NodeExecutionListRequestSchema, typeof NodeExecutionListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListNodeExecutions NodeExecutionListRequest NodeExecutionList;}", [file_flyteidl_admin_node_execution]);

/**
 * The method AdminService.ListNodeExecutionsForTask alone, for pages that do not call the others.
 */
export const listNodeExecutionsForTaskMethod: DescMethodUnary<typeof NodeExecutionForTaskListRequestSchema, typeof NodeExecutionListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListNodeExecutionsForTask NodeExecutionForTaskListRequest NodeExecutionList;}", [file_flyteidl_admin_node_execution]);

/**
 * The method AdminService.GetNodeExecutionData alone, for pages that do not call the others.
 */
export const getNodeExecutionDataMethod: DescMethodUnary<typeof NodeExecutionGetDataRequestSchema, typeof NodeExecutionGetDataResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetNodeExecutionData NodeExecutionGetDataRequest NodeExecutionGetDataResponse;}", [file_flyteidl_admin_node_execution]);

/**
 * The method AdminService.RegisterProject alone, for pages that do not call the others.
 */
export const registerProjectMethod: DescMethodUnary<typeof ProjectRegisterRequestSchema, typeof ProjectRegisterResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;RegisterProject ProjectRegisterRequest ProjectRegisterResponse;}", [file_flyteidl_admin_project]);

/**
 * The method AdminService.UpdateProject alone, for pages that do not call the others.
 */
export const updateProjectMethod: DescMethodUnary<typeof ProjectSchema, typeof ProjectUpdateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;UpdateProject Project ProjectUpdateResponse;}", [file_flyteidl_admin_project]);

/**
 * The method AdminService.GetProject alone, for pages that do not call the others.
 */
export const getProjectMethod: DescMethodUnary<typeof ProjectGetRequestSchema, typeof ProjectSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetProject ProjectGetRequest Project;}", [file_flyteidl_admin_project]);

/**
 * The method AdminService.ListProjects alone, for pages that do not call the others.
 */
export const listProjectsMethod: DescMethodUnary<typeof ProjectListRequestSchema, typeof ProjectsSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListProjects ProjectListRequest Projects;}", [file_flyteidl_admin_project]);

/**
 * The method AdminService.GetDomains alone, for pages that do not call the others.
 */
export const getDomainsMethod: DescMethodUnary<typeof GetDomainRequestSchema, typeof GetDomainsResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetDomains GetDomainRequest GetDomainsResponse;}", [file_flyteidl_admin_project]);

/**
 * The method AdminService.CreateWorkflowEvent alone, for pages that do not call the others.
 */
export const createWorkflowEventMethod: DescMethodUnary<typeof WorkflowExecutionEventRequestSchema, typeof WorkflowExecutionEventResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;CreateWorkflowEvent WorkflowExecutionEventRequest WorkflowExecutionEventResponse;}", [file_flyteidl_admin_event]);

/**
 * The method AdminService.CreateNodeEvent alone, for pages that do not call the others.
 */
export const createNodeEventMethod: DescMethodUnary<typeof NodeExecutionEventRequestSchema, typeof NodeExecutionEventResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;CreateNodeEvent NodeExecutionEventRequest NodeExecutionEventResponse;}", [file_flyteidl_admin_event]);

/**
 * The method AdminService.CreateTaskEvent alone, for pages that do not call the others.
 */
export const createTaskEventMethod: DescMethodUnary<typeof TaskExecutionEventRequestSchema, typeof TaskExecutionEventResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;CreateTaskEvent TaskExecutionEventRequest TaskExecutionEventResponse;}", [file_flyteidl_admin_event]);

/**
 * The method AdminService.GetTaskExecution alone, for pages that do not call the others.
 */
export const getTaskExecutionMethod: DescMethodUnary<typeof TaskExecutionGetRequestSchema, typeof TaskExecutionSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetTaskExecution TaskExecutionGetRequest TaskExecution;}", [file_flyteidl_admin_task_execution]);

/**
 * The method AdminService.ListTaskExecutions alone, for pages that do not call the others.
 */
export const listTaskExecutionsMethod: DescMethodUnary<typeof TaskExecutionListRequestSchema, typeof TaskExecutionListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListTaskExecutions TaskExecutionListRequest TaskExecutionList;}", [file_flyteidl_admin_task_execution]);

/**
 * The method AdminService.GetTaskExecutionData alone, for pages that do not call the others.
 */
export const getTaskExecutionDataMethod: DescMethodUnary<typeof TaskExecutionGetDataRequestSchema, typeof TaskExecutionGetDataResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetTaskExecutionData TaskExecutionGetDataRequest TaskExecutionGetDataResponse;}", [file_flyteidl_admin_task_execution]);

/**
 * The method AdminService.UpdateProjectDomainAttributes alone, for pages that do not call the others.
 */
export const updateProjectDomainAttributesMethod: DescMethodUnary<typeof ProjectDomainAttributesUpdateRequestSchema, typeof ProjectDomainAttributesUpdateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;UpdateProjectDomainAttributes ProjectDomainAttributesUpdateRequest ProjectDomainAttributesUpdateResponse;}", [file_flyteidl_admin_project_domain_attributes]);

/**
 * The method AdminService.GetProjectDomainAttributes alone, for pages that do not call the others.
 */
export const getProjectDomainAttributesMethod: DescMethodUnary<typeof ProjectDomainAttributesGetRequestSchema, typeof ProjectDomainAttributesGetResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetProjectDomainAttributes ProjectDomainAttributesGetRequest ProjectDomainAttributesGetResponse;}", [file_flyteidl_admin_project_domain_attributes]);

/**
 * The method AdminService.DeleteProjectDomainAttributes alone, for pages that do not call the others.
 */
export const deleteProjectDomainAttributesMethod: DescMethodUnary<typeof ProjectDomainAttributesDeleteRequestSchema, typeof ProjectDomainAttributesDeleteResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;DeleteProjectDomainAttributes ProjectDomainAttributesDeleteRequest ProjectDomainAttributesDeleteResponse;}", [file_flyteidl_admin_project_domain_attributes]);

/**
 * The method AdminService.UpdateProjectAttributes alone, for pages that do not call the others.
 */
export const updateProjectAttributesMethod: DescMethodUnary<typeof ProjectAttributesUpdateRequestSchema, typeof ProjectAttributesUpdateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;UpdateProjectAttributes ProjectAttributesUpdateRequest ProjectAttributesUpdateResponse;}", [file_flyteidl_admin_project_attributes]);

/**
 * The method AdminService.GetProjectAttributes alone, for pages that do not call the others.
 */
export const getProjectAttributesMethod: DescMethodUnary<typeof ProjectAttributesGetRequestSchema, typeof ProjectAttributesGetResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetProjectAttributes ProjectAttributesGetRequest ProjectAttributesGetResponse;}", [file_flyteidl_admin_project_attributes]);

/**
 * The method AdminService.DeleteProjectAttributes alone, for pages that do not call the others.
 */
export const deleteProjectAttributesMethod: DescMethodUnary<typeof ProjectAttributesDeleteRequestSchema, typeof ProjectAttributesDeleteResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;DeleteProjectAttributes ProjectAttributesDeleteRequest ProjectAttributesDeleteResponse;}", [file_flyteidl_admin_project_attributes]);

/**
 * The method AdminService.UpdateWorkflowAttributes alone, for pages that do not call the others.
 */
export const updateWorkflowAttributesMethod: DescMethodUnary<typeof WorkflowAttributesUpdateRequestSchema, typeof WorkflowAttributesUpdateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;UpdateWorkflowAttributes WorkflowAttributesUpdateRequest WorkflowAttributesUpdateResponse;}", [file_flyteidl_admin_workflow_attributes]);

/**
 * The method AdminService.GetWorkflowAttributes alone, for pages that do not call the others.
 */
export const getWorkflowAttributesMethod: DescMethodUnary<typeof WorkflowAttributesGetRequestSchema, typeof WorkflowAttributesGetResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetWorkflowAttributes WorkflowAttributesGetRequest WorkflowAttributesGetResponse;}", [file_flyteidl_admin_workflow_attributes]);

/**
 * The method AdminService.DeleteWorkflowAttributes alone, for pages that do not call the others.
 */
export const deleteWorkflowAttributesMethod: DescMethodUnary<typeof WorkflowAttributesDeleteRequestSchema, typeof WorkflowAttributesDeleteResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;DeleteWorkflowAttributes WorkflowAttributesDeleteRequest WorkflowAttributesDeleteResponse;}", [file_flyteidl_admin_workflow_attributes]);

/**
 * The method AdminService.ListMatchableAttributes alone, for pages that do not call the others.
 */
export const listMatchableAttributesMethod: DescMethodUnary<typeof ListMatchableAttributesRequestSchema, typeof ListMatchableAttributesResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListMatchableAttributes ListMatchableAttributesRequest ListMatchableAttributesResponse;}", [file_flyteidl_admin_matchable_resource]);

/**
 * The method AdminService.ListNamedEntities alone, for pages that do not call the others.
 */
export const listNamedEntitiesMethod: DescMethodUnary<typeof NamedEntityListRequestSchema, typeof NamedEntityListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListNamedEntities NamedEntityListRequest NamedEntityList;}", [file_flyteidl_admin_common]);

/**
 * The method AdminService.GetNamedEntity alone, for pages that do not call the others.
 */
export const getNamedEntityMethod: DescMethodUnary<typeof NamedEntityGetRequestSchema, typeof NamedEntitySchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetNamedEntity NamedEntityGetRequest NamedEntity;}", [file_flyteidl_admin_common]);

/**
 * The method AdminService.UpdateNamedEntity alone, for pages that do not call the others.
 */
export const updateNamedEntityMethod: DescMethodUnary<typeof NamedEntityUpdateRequestSchema, typeof NamedEntityUpdateResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;UpdateNamedEntity NamedEntityUpdateRequest NamedEntityUpdateResponse;}", [file_flyteidl_admin_common]);

/**
 * The method AdminService.GetVersion alone, for pages that do not call the others.
 */
export const getVersionMethod: DescMethodUnary<typeof GetVersionRequestSchema, typeof GetVersionResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetVersion GetVersionRequest GetVersionResponse;}", [file_flyteidl_admin_version]);

/**
 * The method AdminService.GetDescriptionEntity alone, for pages that do not call the others.
 */
export const getDescriptionEntityMethod: DescMethodUnary<typeof ObjectGetRequestSchema, typeof DescriptionEntitySchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetDescriptionEntity ObjectGetRequest DescriptionEntity;}", [file_flyteidl_admin_common, file_flyteidl_admin_description_entity]);

/**
 * The method AdminService.ListDescriptionEntities alone, for pages that do not call the others.
 */
export const listDescriptionEntitiesMethod: DescMethodUnary<typeof DescriptionEntityListRequestSchema, typeof DescriptionEntityListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;ListDescriptionEntities DescriptionEntityListRequest DescriptionEntityList;}", [file_flyteidl_admin_description_entity]);

/**
 * The method AdminService.GetExecutionMetrics alone, for pages that do not call the others.
 */
export const getExecutionMetricsMethod: DescMethodUnary<typeof WorkflowExecutionGetMetricsRequestSchema, typeof WorkflowExecutionGetMetricsResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/admin;(AdminService;GetExecutionMetrics WorkflowExecutionGetMetricsRequest WorkflowExecutionGetMetricsResponse;}", [file_flyteidl_admin_execution]);

/**
 * The method AuthMetadataService.GetOAuth2Metadata alone, for pages that do not call the others.
 */
export const getOAuth2MetadataMethod: DescMethodUnary<typeof OAuth2MetadataRequestSchema, typeof OAuth2MetadataResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/auth;(AuthMetadataService;GetOAuth2Metadata OAuth2MetadataRequest OAuth2MetadataResponse;}", [file_flyteidl_service_auth]);

/**
 * The method AuthMetadataService.GetPublicClientConfig alone, for pages that do not call the others.
 */
export const getPublicClientConfigMethod: DescMethodUnary<typeof PublicClientAuthConfigRequestSchema, typeof PublicClientAuthConfigResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/auth;(AuthMetadataService;GetPublicClientConfig PublicClientAuthConfigRequest PublicClientAuthConfigResponse;}", [file_flyteidl_service_auth]);

/**
 * The method DataProxyService.CreateUploadLocation alone, for pages that do not call the others.
 */
export const createUploadLocationMethod: DescMethodUnary<typeof CreateUploadLocationRequestSchema, typeof CreateUploadLocationResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/dataproxy;(DataProxyService;CreateUploadLocation CreateUploadLocationRequest CreateUploadLocationResponse;}", [file_flyteidl_service_dataproxy]);

/**
 * The method DataProxyService.CreateDownloadLocation alone, for pages that do not call the others.
 * @deprecated
 */
export const createDownloadLocationMethod: DescMethodUnary<typeof CreateDownloadLocationRequestSchema, typeof CreateDownloadLocationResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/dataproxy;(DataProxyService;CreateDownloadLocation CreateDownloadLocationRequest CreateDownloadLocationResponse !;}", [file_flyteidl_service_dataproxy]);

/**
 * The method DataProxyService.CreateDownloadLink alone, for pages that do not call the others.
 */
export const createDownloadLinkMethod: DescMethodUnary<typeof CreateDownloadLinkRequestSchema, typeof CreateDownloadLinkResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/dataproxy;(DataProxyService;CreateDownloadLink CreateDownloadLinkRequest CreateDownloadLinkResponse;}", [file_flyteidl_service_dataproxy]);

/**
 * The method DataProxyService.GetData alone, for pages that do not call the others.
 */
export const getDataMethod: DescMethodUnary<typeof GetDataRequestSchema, typeof GetDataResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/dataproxy;(DataProxyService;GetData GetDataRequest GetDataResponse;}", [file_flyteidl_service_dataproxy]);

/**
 * The method IdentityService.UserInfo alone, for pages that do not call the others.
 */
export const userInfoMethod: DescMethodUnary<typeof UserInfoRequestSchema, typeof UserInfoResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/identity;(IdentityService;UserInfo UserInfoRequest UserInfoResponse;}", [file_flyteidl_service_identity]);

/**
 * The method SignalService.GetOrCreateSignal alone, for pages that do not call the others.
 */
export const getOrCreateSignalMethod: DescMethodUnary<typeof SignalGetOrCreateRequestSchema, typeof SignalSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/signal;(SignalService;GetOrCreateSignal SignalGetOrCreateRequest Signal;}", [file_flyteidl_admin_signal]);

/**
 * The method SignalService.ListSignals alone, for pages that do not call the others.
 */
export const listSignalsMethod: DescMethodUnary<typeof SignalListRequestSchema, typeof SignalListSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/signal;(SignalService;ListSignals SignalListRequest SignalList;}", [file_flyteidl_admin_signal]);

/**
 * The method SignalService.SetSignal alone, for pages that do not call the others.
 */
export const setSignalMethod: DescMethodUnary<typeof SignalSetRequestSchema, typeof SignalSetResponseSchema> = /*@__PURE__*/
  unaryMethod("flyteidl/service/signal;(SignalService;SetSignal SignalSetRequest SignalSetResponse;}", [file_flyteidl_admin_signal]);

/**
 * All methods of AdminService, by their names.
 */
export const adminServiceMethods: {
  readonly createTask: typeof createTaskMethod;
  readonly getTask: typeof getTaskMethod;
  readonly listTaskIds: typeof listTaskIdsMethod;
  readonly listTasks: typeof listTasksMethod;
  readonly createWorkflow: typeof createWorkflowMethod;
  readonly getWorkflow: typeof getWorkflowMethod;
  readonly listWorkflowIds: typeof listWorkflowIdsMethod;
  readonly listWorkflows: typeof listWorkflowsMethod;
  readonly createLaunchPlan: typeof createLaunchPlanMethod;
  readonly getLaunchPlan: typeof getLaunchPlanMethod;
  readonly getActiveLaunchPlan: typeof getActiveLaunchPlanMethod;
  readonly listActiveLaunchPlans: typeof listActiveLaunchPlansMethod;
  readonly listLaunchPlanIds: typeof listLaunchPlanIdsMethod;
  readonly listLaunchPlans: typeof listLaunchPlansMethod;
  readonly updateLaunchPlan: typeof updateLaunchPlanMethod;
  readonly createExecution: typeof createExecutionMethod;
  readonly relaunchExecution: typeof relaunchExecutionMethod;
  readonly recoverExecution: typeof recoverExecutionMethod;
  readonly getExecution: typeof getExecutionMethod;
  readonly updateExecution: typeof updateExecutionMethod;
  readonly getExecutionData: typeof getExecutionDataMethod;
  readonly listExecutions: typeof listExecutionsMethod;
  readonly terminateExecution: typeof terminateExecutionMethod;
  readonly getNodeExecution: typeof getNodeExecutionMethod;
  readonly getDynamicNodeWorkflow: typeof getDynamicNodeWorkflowMethod;
  readonly listNodeExecutions: typeof listNodeExecutionsMethod;
  readonly listNodeExecutionsForTask: typeof listNodeExecutionsForTaskMethod;
  readonly getNodeExecutionData: typeof getNodeExecutionDataMethod;
  readonly registerProject: typeof registerProjectMethod;
  readonly updateProject: typeof updateProjectMethod;
  readonly getProject: typeof getProjectMethod;
  readonly listProjects: typeof listProjectsMethod;
  readonly getDomains: typeof getDomainsMethod;
  readonly createWorkflowEvent: typeof createWorkflowEventMethod;
  readonly createNodeEvent: typeof createNodeEventMethod;
  readonly createTaskEvent: typeof createTaskEventMethod;
  readonly getTaskExecution: typeof getTaskExecutionMethod;
  readonly listTaskExecutions: typeof listTaskExecutionsMethod;
  readonly getTaskExecutionData: typeof getTaskExecutionDataMethod;
  readonly updateProjectDomainAttributes: typeof updateProjectDomainAttributesMethod;
  readonly getProjectDomainAttributes: typeof getProjectDomainAttributesMethod;
  readonly deleteProjectDomainAttributes: typeof deleteProjectDomainAttributesMethod;
  readonly updateProjectAttributes: typeof updateProjectAttributesMethod;
  readonly getProjectAttributes: typeof getProjectAttributesMethod;
  readonly deleteProjectAttributes: typeof deleteProjectAttributesMethod;
  readonly updateWorkflowAttributes: typeof updateWorkflowAttributesMethod;
  readonly getWorkflowAttributes: typeof getWorkflowAttributesMethod;
  readonly deleteWorkflowAttributes: typeof deleteWorkflowAttributesMethod;
  readonly listMatchableAttributes: typeof listMatchableAttributesMethod;
  readonly listNamedEntities: typeof listNamedEntitiesMethod;
  readonly getNamedEntity: typeof getNamedEntityMethod;
  readonly updateNamedEntity: typeof updateNamedEntityMethod;
  readonly getVersion: typeof getVersionMethod;
  readonly getDescriptionEntity: typeof getDescriptionEntityMethod;
  readonly listDescriptionEntities: typeof listDescriptionEntitiesMethod;
  readonly getExecutionMetrics: typeof getExecutionMetricsMethod;
} = {
  createTask: createTaskMethod,
  getTask: getTaskMethod,
  listTaskIds: listTaskIdsMethod,
  listTasks: listTasksMethod,
  createWorkflow: createWorkflowMethod,
  getWorkflow: getWorkflowMethod,
  listWorkflowIds: listWorkflowIdsMethod,
  listWorkflows: listWorkflowsMethod,
  createLaunchPlan: createLaunchPlanMethod,
  getLaunchPlan: getLaunchPlanMethod,
  getActiveLaunchPlan: getActiveLaunchPlanMethod,
  listActiveLaunchPlans: listActiveLaunchPlansMethod,
  listLaunchPlanIds: listLaunchPlanIdsMethod,
  listLaunchPlans: listLaunchPlansMethod,
  updateLaunchPlan: updateLaunchPlanMethod,
  createExecution: createExecutionMethod,
  relaunchExecution: relaunchExecutionMethod,
  recoverExecution: recoverExecutionMethod,
  getExecution: getExecutionMethod,
  updateExecution: updateExecutionMethod,
  getExecutionData: getExecutionDataMethod,
  listExecutions: listExecutionsMethod,
  terminateExecution: terminateExecutionMethod,
  getNodeExecution: getNodeExecutionMethod,
  getDynamicNodeWorkflow: getDynamicNodeWorkflowMethod,
  listNodeExecutions: listNodeExecutionsMethod,
  listNodeExecutionsForTask: listNodeExecutionsForTaskMethod,
  getNodeExecutionData: getNodeExecutionDataMethod,
  registerProject: registerProjectMethod,
  updateProject: updateProjectMethod,
  getProject: getProjectMethod,
  listProjects: listProjectsMethod,
  getDomains: getDomainsMethod,
  createWorkflowEvent: createWorkflowEventMethod,
  createNodeEvent: createNodeEventMethod,
  createTaskEvent: createTaskEventMethod,
  getTaskExecution: getTaskExecutionMethod,
  listTaskExecutions: listTaskExecutionsMethod,
  getTaskExecutionData: getTaskExecutionDataMethod,
  updateProjectDomainAttributes: updateProjectDomainAttributesMethod,
  getProjectDomainAttributes: getProjectDomainAttributesMethod,
  deleteProjectDomainAttributes: deleteProjectDomainAttributesMethod,
  updateProjectAttributes: updateProjectAttributesMethod,
  getProjectAttributes: getProjectAttributesMethod,
  deleteProjectAttributes: deleteProjectAttributesMethod,
  updateWorkflowAttributes: updateWorkflowAttributesMethod,
  getWorkflowAttributes: getWorkflowAttributesMethod,
  deleteWorkflowAttributes: deleteWorkflowAttributesMethod,
  listMatchableAttributes: listMatchableAttributesMethod,
  listNamedEntities: listNamedEntitiesMethod,
  getNamedEntity: getNamedEntityMethod,
  updateNamedEntity: updateNamedEntityMethod,
  getVersion: getVersionMethod,
  getDescriptionEntity: getDescriptionEntityMethod,
  listDescriptionEntities: listDescriptionEntitiesMethod,
  getExecutionMetrics: getExecutionMetricsMethod,
};

/**
 * All methods of AuthMetadataService, by their names.
 */
export const authMetadataServiceMethods: {
  readonly getOAuth2Metadata: typeof getOAuth2MetadataMethod;
  readonly getPublicClientConfig: typeof getPublicClientConfigMethod;
} = {
  getOAuth2Metadata: getOAuth2MetadataMethod,
  getPublicClientConfig: getPublicClientConfigMethod,
};

/**
 * All methods of DataProxyService, by their names.
 */
export const dataProxyServiceMethods: {
  readonly createUploadLocation: typeof createUploadLocationMethod;
  readonly createDownloadLocation: typeof createDownloadLocationMethod;
  readonly createDownloadLink: typeof createDownloadLinkMethod;
  readonly getData: typeof getDataMethod;
} = {
  createUploadLocation: createUploadLocationMethod,
  createDownloadLocation: createDownloadLocationMethod,
  createDownloadLink: createDownloadLinkMethod,
  getData: getDataMethod,
};

/**
 * All methods of IdentityService, by their names.
 */
export const identityServiceMethods: {
  readonly userInfo: typeof userInfoMethod;
} = {
  userInfo: userInfoMethod,
};

/**
 * All methods of SignalService, by their names.
 */
export const signalServiceMethods: {
  readonly getOrCreateSignal: typeof getOrCreateSignalMethod;
  readonly listSignals: typeof listSignalsMethod;
  readonly setSignal: typeof setSignalMethod;
} = {
  getOrCreateSignal: getOrCreateSignalMethod,
  listSignals: listSignalsMethod,
  setSignal: setSignalMethod,
};

