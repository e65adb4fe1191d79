import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CallOptions } from "@connectrpc/connect";

import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import {
  type LaunchPlan,
  type LaunchPlanSpecSchema,
  LaunchPlanState,
  LaunchPlanSchema,
} from "../../gen/flyteidl/admin/launch_plan_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import {
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireResourceId,
  requireScope,
  type ResourceIdInput,
  type ScopeInput,
} from "../values/identifiers/index.js";
import { toSort, type OrderBy } from "../lists/filters/index.js";
import {
  createPagedList,
  type ListOptions,
  type PagedList,
  pageOptions,
} from "../lists/paging/index.js";
import { requireObject } from "../internal/require-object.js";
import type { ResourceContext } from "./context.js";
import { listRows } from "../lists/listing.js";
import {
  latestVersion,
  listNames,
  versionKey,
  type VersionQuery,
  versionScope,
} from "./versions.js";

/** Which versions of launch plans to list. */
export type LaunchPlanQuery = VersionQuery<"launchPlan">;

/** Which active launch plans to list; the server takes no conditions here. */
export interface ActiveLaunchPlanQuery extends ScopeInput {
  /**
   * The one column to sort by.
   * @defaultValue the order of registration
   */
  readonly orderBy?: OrderBy<"launchPlan">;
}

/** A launch plan to register. */
export interface NewLaunchPlan {
  readonly id: ResourceIdInput | undefined;
  readonly spec: MessageInitShape<typeof LaunchPlanSpecSchema>;
}

/**
 * Launch plans, each in versions of which at most one is active.
 *
 * {@includeCode ../../examples/resources/launch-plans.ts#example}
 */
export class LaunchPlans {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Lists versions of launch plans, active or not: every version is a row, with its whole spec.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  list(query: LaunchPlanQuery = {}, options?: ListOptions): PagedList<LaunchPlan> {
    const id = versionScope(this.#context, query);
    return listRows(
      {
        rpc: "ListLaunchPlans",
        entity: "launchPlan",
        schema: LaunchPlanSchema,
        fetch: async (page, call) => {
          const reply = await this.#context.clients.admin.listLaunchPlans({ id, ...page }, call);
          return { items: reply.launchPlans, token: reply.token };
        },
        keyOf: versionKey,
      },
      query,
      options,
    );
  }

  /**
   * Lists the active version of every launch plan that has one.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call
   */
  listActive(query: ActiveLaunchPlanQuery = {}, options: ListOptions = {}): PagedList<LaunchPlan> {
    const scope = requireScope(query, this.#context.defaults);
    const sortBy = toSort("launchPlan", query.orderBy);
    return createPagedList<LaunchPlan>(
      {
        rpc: "ListActiveLaunchPlans",
        fetch: async ({ limit, token, signal }) => {
          const reply = await this.#context.clients.admin.listActiveLaunchPlans(
            { ...scope, limit, token, sortBy },
            pageOptions(options, signal),
          );
          return { items: reply.launchPlans, token: reply.token };
        },
        keyOf: versionKey,
      },
      options,
    );
  }

  /**
   * Lists the names of launch plans, each once, sorted by name. Archived names are among them.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call
   */
  listNames(query: ScopeInput = {}, options?: ListOptions): PagedList<NamedEntityIdentifier> {
    return listNames(
      this.#context,
      "ListLaunchPlanIds",
      (page, call) => this.#context.clients.admin.listLaunchPlanIds(page, call),
      query,
      options,
    );
  }

  /**
   * Gets one version of a launch plan.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such version
   */
  async get(id: ResourceIdInput | undefined, options?: CallOptions): Promise<LaunchPlan> {
    return this.#context.clients.admin.getLaunchPlan({ id: this.#versionId(id) }, options);
  }

  /**
   * Gets the active version of a launch plan.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when no version is active
   */
  async getActive(id: NamedEntityIdInput | undefined, options?: CallOptions): Promise<LaunchPlan> {
    const request = { id: requireNamedEntityId(id, this.#context.defaults) };
    return this.#context.clients.admin.getActiveLaunchPlan(request, options);
  }

  /**
   * Gets the version of a launch plan that was registered last, active or not.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the launch plan has no
   *   version
   */
  async getLatest(id: NamedEntityIdInput | undefined, options?: CallOptions): Promise<LaunchPlan> {
    return latestVersion("launch plan", id, this.#context, (named) =>
      this.list({ ...named, orderBy: { field: "createdAt", direction: "descending" } }, options),
    );
  }

  /**
   * Registers a version of a launch plan, which is not active until `activate`.
   *
   * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
   *   registered with the same spec; InvalidArgumentError when it is registered with another
   *   spec, or when the spec does not fit the workflow; NotFoundError when there is no such
   *   workflow
   */
  async create(launchPlan: NewLaunchPlan, options?: CallOptions): Promise<void> {
    const { id, spec } = requireObject(launchPlan, "launchPlan", "an object with id and spec");
    await this.#context.clients.admin.createLaunchPlan({ id: this.#versionId(id), spec }, options);
  }

  /**
   * Makes a version the active one, in place of the version that was. Its schedule starts.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such version
   */
  async activate(id: ResourceIdInput | undefined, options?: CallOptions): Promise<void> {
    await this.#setState(id, LaunchPlanState.ACTIVE, options);
  }

  /**
   * Makes a version inactive. Its schedule stops.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such version
   */
  async deactivate(id: ResourceIdInput | undefined, options?: CallOptions): Promise<void> {
    await this.#setState(id, LaunchPlanState.INACTIVE, options);
  }

  async #setState(
    id: ResourceIdInput | undefined,
    state: LaunchPlanState,
    options?: CallOptions,
  ): Promise<void> {
    await this.#context.clients.admin.updateLaunchPlan({ id: this.#versionId(id), state }, options);
  }

  #versionId(id: ResourceIdInput | undefined): ReturnType<typeof requireResourceId> {
    return requireResourceId(ResourceType.LAUNCH_PLAN, id, this.#context.defaults);
  }
}
