import { clone, create, equals, fromBinary, toBinary } from "@bufbuild/protobuf";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";

import { NamedEntityIdentifierSchema } from "../../../../../gen/flyteidl/admin/common_pb.js";
import {
  type LaunchPlan,
  LaunchPlanClosureSchema,
  type LaunchPlanCreateRequest,
  LaunchPlanCreateResponseSchema,
  LaunchPlanListSchema,
  LaunchPlanSchema,
  type LaunchPlanSpec,
  LaunchPlanSpecSchema,
  LaunchPlanState,
  type LaunchPlanUpdateRequest,
  LaunchPlanUpdateResponseSchema,
} from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import { type Identifier, ResourceType } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { TypedInterfaceSchema } from "../../../../../gen/flyteidl/core/interface_pb.js";
import { type Condition, launchPlanEntity, listRows, requireLimit } from "../../../lists/index.js";
import { type FlyteState, joinKey, type LaunchPlanRow, timestampOf } from "../../../store/index.js";
import { adminError, invalidArgument, missing, missingEntity } from "../../../server-errors.js";
import { goJson, messageText, structureDiff } from "../../../go-format/index.js";
import {
  checkLabels,
  checkLiterals,
  checkScope,
  identifierText,
  lookedUpText,
  requireField,
  requireNamedEntityId,
  requireVersionId,
  withResourceType,
} from "../checks/index.js";
import type { AdminHandlers } from "../handler-types.js";
import { checkDefaultInputs, expectedInputs } from "./expected-inputs.js";
import { checkNotifications } from "./notifications.js";
import { checkSchedule, scheduleType } from "./schedule.js";
import { listNames } from "../name-lists.js";
import { findSomeVersion, findVersion, insertVersion, listedVersions } from "../versions.js";
import { requireWorkflow } from "../workflows/index.js";

type LaunchPlanRpc =
  | "createLaunchPlan"
  | "getLaunchPlan"
  | "getActiveLaunchPlan"
  | "listLaunchPlans"
  | "listActiveLaunchPlans"
  | "listLaunchPlanIds"
  | "updateLaunchPlan";

/** The RPCs of launch plans. */
export function launchPlanHandlers(state: FlyteState): Pick<AdminHandlers, LaunchPlanRpc> {
  return {
    createLaunchPlan: (request) => {
      createLaunchPlan(state, request);
      return create(LaunchPlanCreateResponseSchema);
    },
    getLaunchPlan: (request) => {
      const id = withResourceType(request.id, ResourceType.LAUNCH_PLAN);
      return launchPlanMessage(
        requireLaunchPlan(state, requireVersionId(id, ResourceType.LAUNCH_PLAN)),
      );
    },
    getActiveLaunchPlan: (request) => {
      // Without an identifier the server names its first part.
      const { project, domain, name } = requireNamedEntityId(
        request.id ?? create(NamedEntityIdentifierSchema),
      );
      const row = activeLaunchPlan(state, project, domain, name);
      if (row === undefined) {
        const text = `No active launch plan could be found: ${project}:${domain}:${name}`;
        throw adminError(Code.NotFound, text);
      }
      return launchPlanMessage(row);
    },
    listLaunchPlans: (request) => {
      const versions = listedVersions(state.launchPlans, request);
      const { rows, token } = listRows(state, versions, request, {
        entity: launchPlanEntity,
        rpc: "ListLaunchPlans",
      });
      return create(LaunchPlanListSchema, { launchPlans: rows.map(launchPlanMessage), token });
    },
    listActiveLaunchPlans: (request) => {
      requireField(request.project, "project");
      requireField(request.domain, "domain");
      requireLimit(request.limit);
      const versions = state.launchPlans.group(joinKey(request.project, request.domain));
      const { rows, token } = listRows(state, versions, request, {
        entity: launchPlanEntity,
        rpc: "ListActiveLaunchPlans",
        addConditions: () => [isActive],
      });
      return create(LaunchPlanListSchema, { launchPlans: rows.map(launchPlanMessage), token });
    },
    listLaunchPlanIds: (request) =>
      listNames(
        state,
        scopedLaunchPlans(state, request.project, request.domain),
        request,
        launchPlanEntity,
        {
          checkStatement: () => {
            if (request.limit === 0) throw missingParameter("limit");
            if (request.project === "" && request.domain === "") throw missingParameter("filters");
          },
        },
      ),
    updateLaunchPlan: (request) => {
      updateLaunchPlan(state, request);
      return create(LaunchPlanUpdateResponseSchema);
    },
  };
}

const isActive: Condition = {
  target: "l",
  column: "state",
  kind: "integer",
  fn: "eq",
  values: ["1"],
};

function missingParameter(name: string): Error {
  return invalidArgument(`missing and/or invalid parameters: ${name}`);
}

/** This list is not checked as the others are: one part of its scope is enough. */
function scopedLaunchPlans(
  state: FlyteState,
  project: string,
  domain: string,
): readonly LaunchPlanRow[] {
  if (project !== "" && domain !== "") return state.launchPlans.group(joinKey(project, domain));
  const { rows } = state.launchPlans;
  return state.results.get(rows, `scope ${joinKey(project, domain)}`, state.revision(), () =>
    rows.filter(
      (row) =>
        (project === "" || row.project === project) && (domain === "" || row.domain === domain),
    ),
  );
}

function requireLaunchPlan(state: FlyteState, id: Identifier): LaunchPlanRow {
  const row = findVersion(state.launchPlans, id);
  if (row === undefined) throw missingEntity("LAUNCH_PLAN", lookedUpText(id));
  return row;
}

function activeLaunchPlan(
  state: FlyteState,
  project: string,
  domain: string,
  name: string,
): LaunchPlanRow | undefined {
  return state.launchPlans
    .group(joinKey(project, domain, name))
    .find((row) => row.state === LaunchPlanState.ACTIVE);
}

function createLaunchPlan(state: FlyteState, request: LaunchPlanCreateRequest): void {
  const workflowId = requireVersionId(request.spec?.workflowId, ResourceType.WORKFLOW);
  const workflow = requireWorkflow(state, workflowId);
  const typed = fromBinary(TypedInterfaceSchema, workflow.typedInterface);
  const id = requireVersionId(request.id, ResourceType.LAUNCH_PLAN);
  checkScope(state, id.project, id.domain);
  if (request.spec === undefined) throw missing("spec");
  const spec = clone(LaunchPlanSpecSchema, request.spec);
  checkLabels(spec.labels);
  checkLiterals(spec.fixedInputs, "fixed_inputs");
  checkDefaultInputs(spec.defaultInputs);
  const inputs = expectedInputs(typed, spec.fixedInputs, spec.defaultInputs);
  checkSchedule(spec, inputs);
  spec.defaultInputs = inputs;
  checkMetadata(spec);
  const existing = findVersion(state.launchPlans, id);
  if (existing !== undefined) throw launchPlanExists(id, specOf(existing), spec);
  const closure = create(LaunchPlanClosureSchema, { expectedInputs: inputs });
  if (typed.outputs !== undefined) closure.expectedOutputs = typed.outputs;
  const now = state.tick();
  const schedule = scheduleType(spec);
  insertVersion(state.launchPlans, {
    id: state.launchPlans.nextId,
    createdAt: now,
    updatedAt: now,
    project: id.project,
    domain: id.domain,
    name: id.name,
    version: id.version,
    spec: toBinary(LaunchPlanSpecSchema, spec),
    closure: toBinary(LaunchPlanClosureSchema, closure),
    workflow,
    state: LaunchPlanState.INACTIVE,
    scheduleType: schedule,
    launchConditionType: schedule === "NONE" ? null : "SCHED",
  });
}

function checkMetadata({ entityMetadata }: LaunchPlanSpec): void {
  checkNotifications(entityMetadata?.notifications ?? []);
  if (entityMetadata?.launchConditions === undefined) return;
  const found = messageText(AnySchema, entityMetadata.launchConditions);
  throw invalidArgument(`Launch condition must be empty, found ${found}`);
}

function launchPlanExists(
  id: Identifier,
  registered: LaunchPlanSpec,
  requested: LaunchPlanSpec,
): Error {
  if (equals(LaunchPlanSpecSchema, registered, requested)) {
    return adminError(Code.AlreadyExists, "launch plan with identical structure already exists");
  }
  const diff = structureDiff(
    goJson(LaunchPlanSpecSchema, registered),
    goJson(LaunchPlanSpecSchema, requested),
  );
  return invalidArgument(
    `${id.name} launch plan with different structure already exists. (Please register a new version of the launch plan):\n${diff}`,
  );
}

/** A request without a state deactivates. */
function updateLaunchPlan(state: FlyteState, request: LaunchPlanUpdateRequest): void {
  const id = withResourceType(request.id, ResourceType.LAUNCH_PLAN);
  switch (request.state) {
    case LaunchPlanState.INACTIVE: {
      const row = requireLaunchPlan(state, requireVersionId(id, ResourceType.LAUNCH_PLAN));
      row.updatedAt = state.tick();
      row.state = LaunchPlanState.INACTIVE;
      return;
    }
    case LaunchPlanState.ACTIVE:
      activateLaunchPlan(state, id);
      return;
    default:
      throw invalidArgument(
        `Unrecognized launch plan state ${String(request.state)} for update for launch plan [${identifierText(id)}]`,
      );
  }
}

/** Makes one version the active one; neither row counts as updated. Identifiers are not checked here. */
function activateLaunchPlan(state: FlyteState, id: Identifier | undefined): void {
  const row = findSomeVersion(state.launchPlans, id);
  if (row === undefined) throw missingEntity("LAUNCH_PLAN", lookedUpText(id));
  state.tick();
  const former = activeLaunchPlan(state, row.project, row.domain, row.name);
  if (former !== undefined) former.state = LaunchPlanState.INACTIVE;
  row.state = LaunchPlanState.ACTIVE;
}

function specOf(row: LaunchPlanRow): LaunchPlanSpec {
  return fromBinary(LaunchPlanSpecSchema, row.spec);
}

function launchPlanMessage(row: LaunchPlanRow): LaunchPlan {
  const { project, domain, name, version } = row;
  const closure = fromBinary(LaunchPlanClosureSchema, row.closure);
  closure.state = row.state;
  closure.createdAt = timestampOf(row.createdAt);
  closure.updatedAt = timestampOf(row.updatedAt);
  return create(LaunchPlanSchema, {
    id: { resourceType: ResourceType.LAUNCH_PLAN, project, domain, name, version },
    spec: specOf(row),
    closure,
  });
}
