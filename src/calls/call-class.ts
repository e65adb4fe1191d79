import type { DescMethod, DescService } from "@bufbuild/protobuf";
import type { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import type { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import type { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import type { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import type { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import {
  type FlyteError,
  isCertificateFault,
  saysTooLarge,
  type StatusCode,
  unusableRequest,
} from "../errors/index.js";

/**
 * The effect on the server when a call is sent twice: nothing (`read`), the same as once
 * (`idempotentWrite`), nothing the second time since the name is taken (`namedCreate`), or
 * something new (`unnamedCreate`).
 */
export type CallKind = "read" | "idempotentWrite" | "namedCreate" | "unnamedCreate";

/** The effect of sending an RPC twice. */
interface CallClass {
  /** `launch` is a create whose request may hold a name, and is a named create when it does. */
  readonly kind: Exclude<CallKind, "unnamedCreate"> | "launch";
  /** The code that the server returns to the second of two equal requests: the first has done all there was to do. */
  readonly repeatedAs?: StatusCode;
}

/** Exhaustive over the descriptor: a new RPC does not compile before it has a class. */
type ClassTable<S extends DescService> = { readonly [M in keyof S["method"]]: CallClass };

const read: CallClass = { kind: "read" };
const write: CallClass = { kind: "idempotentWrite" };
const launch: CallClass = { kind: "launch" };
const create: CallClass = { kind: "namedCreate" };
/** ALREADY_EXISTS stands for identical content: other content under the same key is INVALID_ARGUMENT. */
const registration: CallClass = { kind: "namedCreate", repeatedAs: "ALREADY_EXISTS" };
const event: CallClass = { kind: "idempotentWrite", repeatedAs: "ALREADY_EXISTS" };
/** An execution that has ended is what was asked for, whoever ended it. */
const end: CallClass = { kind: "idempotentWrite", repeatedAs: "FAILED_PRECONDITION" };

const adminClasses: ClassTable<typeof AdminService> = {
  createTask: registration,
  getTask: read,
  listTaskIds: read,
  listTasks: read,
  createWorkflow: registration,
  getWorkflow: read,
  listWorkflowIds: read,
  listWorkflows: read,
  createLaunchPlan: registration,
  getLaunchPlan: read,
  getActiveLaunchPlan: read,
  listActiveLaunchPlans: read,
  listLaunchPlanIds: read,
  listLaunchPlans: read,
  updateLaunchPlan: write,
  createExecution: launch,
  relaunchExecution: launch,
  recoverExecution: launch,
  getExecution: read,
  updateExecution: write,
  getExecutionData: read,
  listExecutions: read,
  terminateExecution: end,
  getNodeExecution: read,
  getDynamicNodeWorkflow: read,
  listNodeExecutions: read,
  listNodeExecutionsForTask: read,
  getNodeExecutionData: read,
  registerProject: create,
  updateProject: write,
  getProject: read,
  listProjects: read,
  getDomains: read,
  createWorkflowEvent: event,
  createNodeEvent: event,
  createTaskEvent: event,
  getTaskExecution: read,
  listTaskExecutions: read,
  getTaskExecutionData: read,
  updateProjectDomainAttributes: write,
  getProjectDomainAttributes: read,
  deleteProjectDomainAttributes: write,
  updateProjectAttributes: write,
  getProjectAttributes: read,
  deleteProjectAttributes: write,
  updateWorkflowAttributes: write,
  getWorkflowAttributes: read,
  deleteWorkflowAttributes: write,
  listMatchableAttributes: read,
  listNamedEntities: read,
  getNamedEntity: read,
  updateNamedEntity: write,
  getVersion: read,
  getDescriptionEntity: read,
  listDescriptionEntities: read,
  getExecutionMetrics: read,
};

const dataProxyClasses: ClassTable<typeof DataProxyService> = {
  // Signs a URL and stores nothing: without a file name each answer has a folder of its own.
  createUploadLocation: read,
  createDownloadLocation: read,
  createDownloadLink: read,
  getData: read,
};

const signalClasses: ClassTable<typeof SignalService> = {
  getOrCreateSignal: write,
  listSignals: read,
  setSignal: write,
};

const identityClasses: ClassTable<typeof IdentityService> = { userInfo: read };

const authMetadataClasses: ClassTable<typeof AuthMetadataService> = {
  getOAuth2Metadata: read,
  getPublicClientConfig: read,
};

/** Returns the effect on the server when this request is sent twice. A method of a foreign service counts as an unnamed create. */
export function callKindOf(method: DescMethod, message: unknown): CallKind {
  const kind = classOf(method)?.kind ?? "launch";
  if (kind !== "launch") return kind;
  return hasName(message) ? "namedCreate" : "unnamedCreate";
}

/**
 * Whether an answer to a request that was sent before, and whose answer was lost, says that the
 * first one has done what was asked for.
 */
export function saysDone(method: DescMethod, code: StatusCode): boolean {
  return classOf(method)?.repeatedAs === code;
}

function classOf(method: DescMethod): CallClass | undefined {
  return tableOf(method.parent)?.[method.localName];
}

/** By the full name of the service: its descriptor would bring all its messages into every page. */
const classes: Readonly<Record<string, Readonly<Record<string, CallClass>>>> = {
  "flyteidl.service.AdminService": adminClasses,
  "flyteidl.service.DataProxyService": dataProxyClasses,
  "flyteidl.service.SignalService": signalClasses,
  "flyteidl.service.IdentityService": identityClasses,
  "flyteidl.service.AuthMetadataService": authMetadataClasses,
};

function tableOf({ typeName }: DescService): Readonly<Record<string, CallClass>> | undefined {
  return Object.hasOwn(classes, typeName) ? classes[typeName] : undefined;
}

function hasName(message: unknown): boolean {
  if (typeof message !== "object" || message === null || !("name" in message)) return false;
  return typeof message.name === "string" && message.name !== "";
}

/**
 * Whether a call of this kind may succeed, and does no harm, when it is sent again after this failure.
 *
 * FlyteAdmin answers UNKNOWN and INTERNAL both to client mistakes and to troubles of its database
 * that pass; its words tell which. Only reads are sent again after these: a write may have been
 * half done. RESOURCE_EXHAUSTED is a size limit by FlyteAdmin, and a rate limit by proxies. A call
 * whose sign-in did not reach the issuer was not sent, so it may be sent whatever its kind.
 */
export function isTransient(error: FlyteError, kind: CallKind): boolean {
  if (error.attempts === 0) return error.code === "UNAVAILABLE" && !isCertificateFault(error);
  if (kind === "unnamedCreate") return false;
  const words = error.serverMessage;
  switch (error.code) {
    case "UNAVAILABLE":
      return !isCertificateFault(error);
    case "ABORTED":
      return true;
    case "DEADLINE_EXCEEDED":
      // Without words it is this client's own limit.
      return words !== undefined;
    case "CANCELLED":
      return words !== undefined && kind === "read";
    case "RESOURCE_EXHAUSTED":
      return !saysTooLarge(words ?? error.message);
    case "INTERNAL":
      // Without words the answer came and could not be read.
      return words === undefined || (kind === "read" && !isOwnFault(words));
    case "UNKNOWN":
      // Without words it may be a login page, which comes again.
      return words !== undefined && kind === "read" && !isOwnFault(words);
    default:
      return false;
  }
}

function isOwnFault(words: string): boolean {
  return unusableRequest.test(words);
}
