import type { MessageInitShape } from "@bufbuild/protobuf";

import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import {
  type LaunchPlan,
  LaunchPlanSpecSchema,
  LaunchPlanState,
} from "../../gen/flyteidl/admin/launch_plan_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import {
  createLaunchPlanMethod,
  getActiveLaunchPlanMethod,
  getLaunchPlanMethod,
  updateLaunchPlanMethod,
} from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/index.js";
import type { OptionNames } from "../internal/validation/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  listActiveLaunchPlansRpc,
  listLaunchPlanIdsRpc,
  listLaunchPlansRpc,
  listRows,
  requireQuery,
} from "../lists/index.js";
import type { OrderBy } from "../lists/filters/index.js";
import {
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireResourceId,
  requireScope,
  type ResourceIdInput,
  type ScopeInput,
  scopeNames,
} from "../values/identifiers/index.js";
import { completeSpec } from "./complete-spec.js";
import {
  getLatestVersion,
  getVersion,
  listNames,
  listVersions,
  requireNewVersion,
  type VersionQuery,
} from "./versions.js";

/** The versions of launch plans to list. */
export type LaunchPlanQuery = VersionQuery<"launchPlan">;

/** The active launch plans to list; the server takes no conditions here. */
export interface ActiveLaunchPlanQuery extends ScopeInput {
  /**
   * The one column to sort by.
   * @defaultValue the order of registration
   */
  readonly orderBy?: OrderBy<"launchPlan"> | undefined;
}

const activePlanQueryNames: OptionNames<ActiveLaunchPlanQuery> = { ...scopeNames, orderBy: true };

/** A launch plan to register. */
export interface LaunchPlanInput {
  /** The version to create. */
  readonly id: ResourceIdInput;
  /** The specification: workflow, inputs, schedule and so on. */
  readonly spec: MessageInitShape<typeof LaunchPlanSpecSchema>;
}

/**
 * Lists versions of launch plans, active or not: every version is a row, with its whole spec.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export function listLaunchPlans(
  connection: Connection,
  query: LaunchPlanQuery = {},
  options?: ListOptions,
): PagedList<LaunchPlan> {
  return listVersions(connection, listLaunchPlansRpc, query, options);
}

/**
 * Lists the active version of every launch plan that has one.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call
 */
export function listActiveLaunchPlans(
  connection: Connection,
  query: ActiveLaunchPlanQuery = {},
  options?: ListOptions,
): PagedList<LaunchPlan> {
  requireQuery(query, activePlanQueryNames);
  const scope = requireScope(query, requireDefaults(connection));
  const rows = { scope, query: { orderBy: query.orderBy } };
  return listRows(connection, listActiveLaunchPlansRpc, rows, options);
}

/**
 * Lists the names of launch plans, each once, sorted by name. Archived names are among them.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call
 */
export function listLaunchPlanNames(
  connection: Connection,
  query: ScopeInput = {},
  options?: ListOptions,
): PagedList<NamedEntityIdentifier> {
  return listNames(connection, listLaunchPlanIdsRpc, query, options);
}

/**
 * Gets one version of a launch plan.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the version does not exist
 */
export function getLaunchPlan(
  connection: Connection,
  id: ResourceIdInput,
  options?: CallOptions,
): Promise<LaunchPlan> {
  return getVersion(connection, getLaunchPlanMethod, ResourceType.LAUNCH_PLAN, id, options);
}

/**
 * Gets the active version of a launch plan.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when no version is active
 */
export async function getActiveLaunchPlan(
  connection: Connection,
  id: NamedEntityIdInput,
  options?: CallOptions,
): Promise<LaunchPlan> {
  const request = { id: requireNamedEntityId(id, requireDefaults(connection)) };
  return callUnary(connection, getActiveLaunchPlanMethod, request, options);
}

/**
 * Gets the version of a launch plan that was registered last, active or not.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the launch plan has no
 *   version
 */
export function getLatestLaunchPlan(
  connection: Connection,
  id: NamedEntityIdInput,
  options?: CallOptions,
): Promise<LaunchPlan> {
  return getLatestVersion(connection, "launch plan", listLaunchPlans, id, options);
}

/**
 * Registers a version of a launch plan, which is not active until `activateLaunchPlan`. The id of its
 * workflow may leave out the resource type, and a project, domain or version that is the launch plan's.
 *
 * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
 *   registered with the same spec; InvalidArgumentError when it is registered with another
 *   spec, or when the spec does not fit the workflow; NotFoundError when the
 *   workflow does not exist
 */
export async function createLaunchPlan(
  connection: Connection,
  launchPlan: LaunchPlanInput,
  options?: CallOptions,
): Promise<void> {
  const { id, spec } = requireNewVersion(
    connection,
    ResourceType.LAUNCH_PLAN,
    "launchPlan",
    launchPlan,
  );
  const complete = completeSpec(LaunchPlanSpecSchema, spec, "launchPlan", id);
  await callUnary(connection, createLaunchPlanMethod, { id, spec: complete }, options);
}

/**
 * Makes a version the active one, in place of the version that was. Its schedule starts.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the version does not exist
 */
export async function activateLaunchPlan(
  connection: Connection,
  id: ResourceIdInput,
  options?: CallOptions,
): Promise<void> {
  await setState(connection, id, LaunchPlanState.ACTIVE, options);
}

/**
 * Makes a version inactive. Its schedule stops.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the version does not exist
 */
export async function deactivateLaunchPlan(
  connection: Connection,
  id: ResourceIdInput,
  options?: CallOptions,
): Promise<void> {
  await setState(connection, id, LaunchPlanState.INACTIVE, options);
}

async function setState(
  connection: Connection,
  id: ResourceIdInput,
  state: LaunchPlanState,
  options?: CallOptions,
): Promise<void> {
  await callUnary(
    connection,
    updateLaunchPlanMethod,
    { id: versionId(connection, id), state },
    options,
  );
}

function versionId(
  connection: Connection,
  id: ResourceIdInput,
): ReturnType<typeof requireResourceId> {
  return requireResourceId(ResourceType.LAUNCH_PLAN, id, requireDefaults(connection));
}
