import type { MatchableAttributesConfiguration } from "../../gen/flyteidl/admin/matchable_resource_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  type AppliedAttributes,
  type AttributeInput,
  type AttributeKind,
  type AttributeScope,
  deleteAttributes,
  type DeletedScope,
  getAttributes,
  listAttributes,
  updateAttributes,
  type WritableAttributeKind,
  type WritableAttributeScope,
} from "../projects/index.js";

/**
 * Matchable attributes: settings that hold for all executions of a project, of a project in a
 * domain, or of a workflow.
 *
 * @example
 * ```ts
 * const scope = { project: "flytesnacks", domain: "development" };
 * await admin.attributes.update("taskResourceAttributes", scope, {
 *   defaults: { cpu: "500m", memory: "500Mi" },
 *   limits: { cpu: "2", memory: "4Gi" },
 * });
 *
 * const applied = await admin.attributes.get("taskResourceAttributes", {
 *   ...scope,
 *   workflow: "core.flows.sample",
 * });
 * console.log(applied.value.limits?.memory, "set for", applied.scope);
 *
 * // The server deletes what is set for the workflows of the domain as well.
 * await admin.attributes.delete("taskResourceAttributes", { ...scope, includingNarrower: true });
 * ```
 */
export class Attributes {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Gets the attributes of one kind that apply to a scope: its own, or those of the nearest wider
   * scope. For a project's `workflowExecutionConfig` the server's own defaults are mixed in.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; NotFoundError when no scope has any;
   *   InvalidArgumentError when the project or domain does not exist
   */
  get<K extends AttributeKind>(
    kind: K,
    scope: AttributeScope,
    options?: CallOptions,
  ): Promise<AppliedAttributes<K>> {
    return getAttributes(this.#connection, kind, scope, options);
  }

  /**
   * Sets the attributes of one kind for a scope, in place of what was set for it. Only
   * `pluginOverrides` are merged with those that were set, by task type.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; InvalidArgumentError when the
   *   project or domain does not exist
   */
  update<K extends WritableAttributeKind>(
    kind: K,
    scope: WritableAttributeScope<K>,
    value: AttributeInput<K>,
    options?: CallOptions,
  ): Promise<void> {
    return updateAttributes(this.#connection, kind, scope, value, options);
  }

  /**
   * Deletes the attributes of one kind that are set for a scope. Deleting none is not an error.
   *
   * Deleting those of a project also deletes those of its domains and workflows, and deleting
   * those of a project-domain those of its workflows; `includingNarrower` says that this is meant.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; InvalidArgumentError when the
   *   project or domain does not exist
   */
  delete(kind: AttributeKind, scope: DeletedScope, options?: CallOptions): Promise<void> {
    return deleteAttributes(this.#connection, kind, scope, options);
  }

  /**
   * Lists the attributes of one kind of the whole server, the narrowest scopes first. FlyteAdmin
   * has no pages here.
   */
  list(kind: AttributeKind, options?: CallOptions): Promise<MatchableAttributesConfiguration[]> {
    return listAttributes(this.#connection, kind, options);
  }
}
