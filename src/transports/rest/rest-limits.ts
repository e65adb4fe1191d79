import type { DescMethod } from "@bufbuild/protobuf";

import type { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import type { AuthMetadataService } from "../../../gen/flyteidl/service/auth_pb.js";
import type { DataProxyService } from "../../../gen/flyteidl/service/dataproxy_pb.js";
import type { IdentityService } from "../../../gen/flyteidl/service/identity_pb.js";
import type { SignalService } from "../../../gen/flyteidl/service/signal_pb.js";

/** Why the REST gateway cannot carry something that gRPC carries. */
export type RestLimitReason =
  "noRoute" | "pathPart" | "emptyMessage" | "unknownEnum" | "longDuration";

/** What stands behind each reason, as the end of a sentence. */
export const restLimitTexts: Readonly<Record<RestLimitReason, string>> = {
  noRoute: "the server has no route for it",
  pathPart:
    "the gateway splits the path at every slash, encoded or not, and drops a part that is one or two dots",
  emptyMessage: "a query cannot tell a message without content from one that is not there",
  unknownEnum: "the gateway takes no enum value that it does not know",
  longDuration: "the gateway takes no duration of more than 292 years",
};

/** What of an RPC's requests the gateway cannot carry. */
export interface RestLimits {
  readonly cannot: readonly RestLimitReason[];
  /**
   * The part of the path that a query parameter carries where the path cannot, with
   * protobuf's names. FlyteAdmin v1.16 lets that parameter override the path on these
   * routes, by an accident of its generated filters; other routes ignore it.
   */
  readonly nameByQuery?: string;
}

const all: RestLimits = { cannot: [] };
const none: RestLimits = { cannot: ["noRoute"] };
const path: RestLimits = { cannot: ["pathPart"] };
const pathAndEnum: RestLimits = { cannot: ["pathPart", "unknownEnum"] };
const enums: RestLimits = { cannot: ["unknownEnum"] };
const list: RestLimits = { cannot: ["emptyMessage", "unknownEnum"] };
const pathAndList: RestLimits = { cannot: ["pathPart", "emptyMessage", "unknownEnum"] };
const nameByQuery = (name: string): RestLimits => ({ ...pathAndEnum, nameByQuery: name });

type LimitsOf<Service extends { readonly method: object }> = Readonly<
  Record<keyof Service["method"], RestLimits>
>;

/** The limits of every RPC of FlyteAdmin: one that is missing here does not compile. */
export const restLimits: {
  readonly AdminService: LimitsOf<typeof AdminService>;
  readonly DataProxyService: LimitsOf<typeof DataProxyService>;
  readonly SignalService: LimitsOf<typeof SignalService>;
  readonly IdentityService: LimitsOf<typeof IdentityService>;
  readonly AuthMetadataService: LimitsOf<typeof AuthMetadataService>;
} = {
  AdminService: {
    createTask: all,
    getTask: nameByQuery("id.name"),
    listTaskIds: pathAndList,
    listTasks: pathAndList,
    createWorkflow: all,
    getWorkflow: nameByQuery("id.name"),
    listWorkflowIds: pathAndList,
    listWorkflows: pathAndList,
    createLaunchPlan: all,
    getLaunchPlan: nameByQuery("id.name"),
    getActiveLaunchPlan: path,
    listActiveLaunchPlans: pathAndList,
    listLaunchPlanIds: pathAndList,
    listLaunchPlans: pathAndList,
    updateLaunchPlan: path,
    createExecution: all,
    relaunchExecution: all,
    recoverExecution: all,
    getExecution: path,
    updateExecution: path,
    getExecutionData: path,
    listExecutions: pathAndList,
    terminateExecution: path,
    getNodeExecution: path,
    getDynamicNodeWorkflow: path,
    listNodeExecutions: pathAndList,
    listNodeExecutionsForTask: pathAndList,
    getNodeExecutionData: path,
    registerProject: all,
    updateProject: path,
    getProject: path,
    listProjects: list,
    getDomains: all,
    createWorkflowEvent: all,
    createNodeEvent: all,
    createTaskEvent: all,
    getTaskExecution: nameByQuery("id.task_id.name"),
    listTaskExecutions: pathAndList,
    getTaskExecutionData: nameByQuery("id.task_id.name"),
    updateProjectDomainAttributes: path,
    getProjectDomainAttributes: pathAndEnum,
    deleteProjectDomainAttributes: path,
    updateProjectAttributes: path,
    getProjectAttributes: pathAndEnum,
    deleteProjectAttributes: path,
    updateWorkflowAttributes: path,
    getWorkflowAttributes: pathAndEnum,
    deleteWorkflowAttributes: path,
    listMatchableAttributes: enums,
    listNamedEntities: pathAndList,
    getNamedEntity: pathAndEnum,
    updateNamedEntity: pathAndEnum,
    getVersion: all,
    getDescriptionEntity: nameByQuery("id.name"),
    listDescriptionEntities: pathAndList,
    getExecutionMetrics: path,
  },
  DataProxyService: {
    createUploadLocation: all,
    createDownloadLocation: { cannot: ["longDuration"] },
    createDownloadLink: all,
    getData: all,
  },
  SignalService: {
    getOrCreateSignal: none,
    listSignals: pathAndList,
    setSignal: all,
  },
  IdentityService: { userInfo: all },
  AuthMetadataService: { getOAuth2Metadata: all, getPublicClientConfig: all },
};

/** The path field whose value a query parameter may carry instead, with protobuf's names. */
export function nameByQueryOf(method: DescMethod): string | undefined {
  const services: Readonly<Record<string, Readonly<Record<string, RestLimits>>>> = restLimits;
  return services[method.parent.name]?.[method.localName]?.nameByQuery;
}
