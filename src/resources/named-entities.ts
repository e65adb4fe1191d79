import type { NamedEntity } from "../../gen/flyteidl/admin/common_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  unarchiveNamedEntity,
  archiveNamedEntity,
  getNamedEntity,
  listNamedEntities,
  type NamedEntityInput,
  type NamedEntityUpdateInput,
  type NamedEntityQuery,
  updateNamedEntity,
} from "../registry/index.js";

/**
 * Named entities: what the versions of a task, a workflow or a launch plan have in common, which
 * is a description and whether the name is archived.
 *
 * @example
 * ```ts
 * const id = { project: "flytesnacks", domain: "development", name: "core.flows.sample" };
 * await admin.namedEntities.update(
 *   { kind: "workflow", id },
 *   { description: "the sample of the docs" },
 * );
 * await admin.namedEntities.archive({ kind: "workflow", id });
 *
 * const archived = admin.namedEntities.list({
 *   kind: "workflow",
 *   project: "flytesnacks",
 *   domain: "development",
 *   states: ["NAMED_ENTITY_ARCHIVED"],
 * });
 * for await (const entity of archived) console.log(entity.id?.name, entity.metadata?.description);
 *
 * await admin.namedEntities.unarchive({ kind: "workflow", id });
 * ```
 */
export class NamedEntities {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Lists named entities, sorted by name.
   *
   * FlyteAdmin applies filters after it has cut the page, its own hidden one as well, so a
   * filtered list of its own ends early. This list sends a filter that every name passes and
   * leaves out rows here: it loses none and hides none.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call
   */
  list(query: NamedEntityQuery, options?: ListOptions): PagedList<NamedEntity> {
    return listNamedEntities(this.#connection, query, options);
  }

  /**
   * Gets one named entity.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when nothing has that name
   */
  get(entity: NamedEntityInput, options?: CallOptions): Promise<NamedEntity> {
    return getNamedEntity(this.#connection, entity, options);
  }

  /**
   * Describes a named entity, and leaves its state as it is.
   *
   * The server makes an archived name active again when an update leaves the state out, so the
   * entity is read first.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; NotFoundError when
   *   nothing has that name
   */
  update(
    entity: NamedEntityInput,
    changes: NamedEntityUpdateInput,
    options?: CallOptions,
  ): Promise<void> {
    return updateNamedEntity(this.#connection, entity, changes, options);
  }

  /**
   * Archives a name: consoles leave it out of their lists. Nothing else changes.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when nothing has that name;
   *   InvalidArgumentError when the server made the name itself
   */
  archive(entity: NamedEntityInput, options?: CallOptions): Promise<void> {
    return archiveNamedEntity(this.#connection, entity, options);
  }

  /**
   * Makes an archived name active again.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when nothing has that name
   */
  unarchive(entity: NamedEntityInput, options?: CallOptions): Promise<void> {
    return unarchiveNamedEntity(this.#connection, entity, options);
  }
}
