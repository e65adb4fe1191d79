import type { DescriptionEntity } from "../../gen/flyteidl/admin/description_entity_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type DescriptionEntityInput,
  type DescriptionEntityQuery,
  getDescriptionEntity,
  listDescriptionEntities,
} from "../registry/index.js";

/**
 * Description entities: the documentation that tasks, workflows and launch plans were registered
 * with. A version that was registered without a description has none.
 *
 * @example
 * ```ts
 * const id = { project: "flytesnacks", domain: "development", name: "core.described" };
 * for await (const entity of admin.descriptionEntities.list({ kind: "task", id })) {
 *   console.log(entity.id?.version, entity.shortDescription);
 * }
 *
 * const described = await admin.descriptionEntities.get({
 *   kind: "task",
 *   id: { ...id, version: "v1" },
 * });
 * console.log(described.longDescription?.content.value);
 * ```
 */
export class DescriptionEntities {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Lists the descriptions of all versions of one name.
   *
   * The server looks at the name alone: a task and a workflow of the same name come back
   * together, so rows of another kind are left out here.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  list(query: DescriptionEntityQuery, options?: ListOptions): PagedList<DescriptionEntity> {
    return listDescriptionEntities(this.#connection, query, options);
  }

  /**
   * Gets the description of one version.
   *
   * The server looks at the name and version alone and may answer with the description of another
   * kind of thing; that counts as none.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when that version was registered
   *   without a description
   */
  get(entity: DescriptionEntityInput, options?: CallOptions): Promise<DescriptionEntity> {
    return getDescriptionEntity(this.#connection, entity, options);
  }
}
