import {
  type ExecutionCreateRequest,
  type ExecutionSpec,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import {
  type Identifier,
  ResourceType,
  ResourceTypeSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { invalidArgument, missing } from "../../../server-errors.js";
import {
  checkLabels,
  checkLiterals,
  checkProjectAndDomain,
  requireField,
  requireIdFields,
} from "../../registry/checks/index.js";
import { checkNotifications } from "../../registry/launch-plans/index.js";
import { enumName } from "../rows/index.js";
import { checkExecutionName } from "./execution-name.js";

/** The parts of a request for an execution that must be there. */
export interface CheckedRequest {
  readonly spec: ExecutionSpec;
  /** The entity to run: a launch plan or a task. */
  readonly reference: Identifier;
}

/**
 * Checks a request for an execution, but for what it refers to.
 * @throws INVALID_ARGUMENT with what is wrong first
 */
export function checkExecutionRequest(
  state: FlyteState,
  request: ExecutionCreateRequest,
): CheckedRequest {
  requireField(request.project, "project");
  requireField(request.domain, "domain");
  if (request.name !== "") checkExecutionName(request.name);
  checkProjectAndDomain(state, request.project, request.domain);
  const { spec } = request;
  if (spec === undefined) throw missing("spec");
  const reference = requireIdFields(spec.launchPlan);
  const type = reference.resourceType;
  if (type !== ResourceType.LAUNCH_PLAN && type !== ResourceType.TASK) {
    throw invalidArgument(
      `Invalid reference entity resource type [${enumName(ResourceTypeSchema, type)}], ` +
        "only [map[TASK:<nil> LAUNCH_PLAN:<nil>]] allowed",
    );
  }
  checkLiterals(request.inputs, "inputs");
  if (spec.notificationOverrides.case === "notifications") {
    checkNotifications(spec.notificationOverrides.value.notifications);
  }
  checkLabels(spec.labels);
  return { spec, reference };
}
