import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import type { LaunchPlan } from "../../gen/flyteidl/admin/launch_plan_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  activateLaunchPlan,
  type ActiveLaunchPlanQuery,
  createLaunchPlan,
  deactivateLaunchPlan,
  getActiveLaunchPlan,
  getLatestLaunchPlan,
  getLaunchPlan,
  type LaunchPlanQuery,
  listActiveLaunchPlans,
  listLaunchPlanNames,
  listLaunchPlans,
  type LaunchPlanInput,
} from "../registry/index.js";
import type {
  NamedEntityIdInput,
  ResourceIdInput,
  ScopeInput,
} from "../values/identifiers/index.js";

/**
 * Launch plans, each in versions of which at most one is active.
 *
 * @example
 * ```ts
 * const launchPlan = { project: "flytesnacks", domain: "development", name: "core.flows.sample" };
 * await admin.launchPlans.activate({ ...launchPlan, version: "v1" });
 *
 * const active = await admin.launchPlans.getActive(launchPlan);
 * console.log("active:", active.id?.version);
 *
 * const { project, domain } = launchPlan;
 * for await (const { id } of admin.launchPlans.listActive({ project, domain })) {
 *   console.log(id?.name, id?.version);
 * }
 * ```
 */
export class LaunchPlans {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Lists versions of launch plans, active or not: every version is a row, with its whole spec.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  list(query?: LaunchPlanQuery, options?: ListOptions): PagedList<LaunchPlan> {
    return listLaunchPlans(this.#connection, query, options);
  }

  /**
   * Lists the active version of every launch plan that has one.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call
   */
  listActive(query?: ActiveLaunchPlanQuery, options?: ListOptions): PagedList<LaunchPlan> {
    return listActiveLaunchPlans(this.#connection, query, options);
  }

  /**
   * Lists the names of launch plans, each once, sorted by name. Archived names are among them.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call
   */
  listNames(query?: ScopeInput, options?: ListOptions): PagedList<NamedEntityIdentifier> {
    return listLaunchPlanNames(this.#connection, query, options);
  }

  /**
   * Gets one version of a launch plan.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the version does not exist
   */
  get(id: ResourceIdInput, options?: CallOptions): Promise<LaunchPlan> {
    return getLaunchPlan(this.#connection, id, options);
  }

  /**
   * Gets the active version of a launch plan.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when no version is active
   */
  getActive(id: NamedEntityIdInput, options?: CallOptions): Promise<LaunchPlan> {
    return getActiveLaunchPlan(this.#connection, id, options);
  }

  /**
   * Gets the version of a launch plan that was registered last, active or not.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the launch plan has no
   *   version
   */
  getLatest(id: NamedEntityIdInput, options?: CallOptions): Promise<LaunchPlan> {
    return getLatestLaunchPlan(this.#connection, id, options);
  }

  /**
   * Registers a version of a launch plan, which is not active until `activate`. The id of its
   * workflow may leave out the resource type, and a project, domain or version that is the launch plan's.
   *
   * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
   *   registered with the same spec; InvalidArgumentError when it is registered with another
   *   spec, or when the spec does not fit the workflow; NotFoundError when the
   *   workflow does not exist
   */
  create(launchPlan: LaunchPlanInput, options?: CallOptions): Promise<void> {
    return createLaunchPlan(this.#connection, launchPlan, options);
  }

  /**
   * Makes a version the active one, in place of the version that was. Its schedule starts.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the version does not exist
   */
  activate(id: ResourceIdInput, options?: CallOptions): Promise<void> {
    return activateLaunchPlan(this.#connection, id, options);
  }

  /**
   * Makes a version inactive. Its schedule stops.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the version does not exist
   */
  deactivate(id: ResourceIdInput, options?: CallOptions): Promise<void> {
    return deactivateLaunchPlan(this.#connection, id, options);
  }
}
