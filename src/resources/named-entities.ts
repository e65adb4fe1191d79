import type { CallOptions } from "@connectrpc/connect";

import {
  type NamedEntity,
  NamedEntityState,
  NamedEntitySchema,
} from "../../gen/flyteidl/admin/common_pb.js";
import { InvalidOptionError } from "../errors/index.js";
import { rawFilter } from "../lists/filters/index.js";
import {
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireScope,
  type ScopeInput,
} from "../values/identifiers/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import { requireObject } from "../internal/require-object.js";
import type { ResourceContext } from "./context.js";
import { listRows } from "../lists/listing.js";
import { factsOf } from "./facts-of.js";
import { type ResourceKind, resourceTypes } from "./resource-kinds.js";

/** A name of `flyteidl.admin.NamedEntityState`. */
export type NamedEntityStateName = keyof typeof NamedEntityState;

/** Which named entities to list. */
export interface NamedEntityQuery extends ScopeInput {
  /** What is named. */
  readonly kind: ResourceKind;
  /**
   * The states to list.
   * @defaultValue all: active, archived, and those that the server made itself
   */
  readonly states?: readonly NamedEntityStateName[];
  /**
   * A part of the name, upper and lower case told apart.
   * @defaultValue all names
   */
  readonly nameContains?: string;
}

/** What to change about a named entity; what is left out stays. */
export interface NamedEntityChanges {
  /** At most 300 characters, and not empty: the server cannot clear a description. */
  readonly description: string;
}

/**
 * Named entities: what the versions of a task, a workflow or a launch plan have in common, which
 * is a description and whether the name is archived.
 *
 * {@includeCode ../../examples/resources/named-entities.ts#example}
 */
export class NamedEntities {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
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
    const scope = requireScope(query, this.#context.defaults);
    const resourceType = factsOf(resourceTypes, query.kind);
    return listRows(
      {
        rpc: "ListNamedEntities",
        entity: "namedEntity",
        schema: NamedEntitySchema,
        fetch: async (page, call) => {
          const request = { resourceType, ...scope, ...page };
          const reply = await this.#context.clients.admin.listNamedEntities(request, call);
          return { items: reply.entities, token: reply.token };
        },
        keyOf: ({ id }) => id?.name ?? "",
        keep: keepOf(query),
      },
      { where: () => rawFilter("contains(name,%)") },
      options,
    );
  }

  /**
   * Gets one named entity.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when nothing has that name
   */
  async get(
    kind: ResourceKind,
    id: NamedEntityIdInput | undefined,
    options?: CallOptions,
  ): Promise<NamedEntity> {
    const request = {
      resourceType: factsOf(resourceTypes, kind),
      id: requireNamedEntityId(id, this.#context.defaults),
    };
    return this.#context.clients.admin.getNamedEntity(request, options);
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
  async update(
    kind: ResourceKind,
    id: NamedEntityIdInput | undefined,
    changes: NamedEntityChanges,
    options?: CallOptions,
  ): Promise<void> {
    const { description } = requireObject(changes, "changes", "an object with description");
    if (typeof description !== "string" || description === "") {
      throw new InvalidOptionError(
        "description is empty: the server cannot clear a description, so give a text",
        { option: "description" },
      );
    }
    const { metadata } = await this.get(kind, id, options);
    await this.#write(
      kind,
      id,
      { description, state: metadata?.state ?? NamedEntityState.NAMED_ENTITY_ACTIVE },
      options,
    );
  }

  /**
   * Archives a name: consoles leave it out of their lists. Nothing else changes.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when nothing has that name;
   *   InvalidArgumentError when the server made the name itself
   */
  async archive(
    kind: ResourceKind,
    id: NamedEntityIdInput | undefined,
    options?: CallOptions,
  ): Promise<void> {
    await this.#write(kind, id, { state: NamedEntityState.NAMED_ENTITY_ARCHIVED }, options);
  }

  /**
   * Makes an archived name active again.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when nothing has that name
   */
  async activate(
    kind: ResourceKind,
    id: NamedEntityIdInput | undefined,
    options?: CallOptions,
  ): Promise<void> {
    await this.#write(kind, id, { state: NamedEntityState.NAMED_ENTITY_ACTIVE }, options);
  }

  async #write(
    kind: ResourceKind,
    id: NamedEntityIdInput | undefined,
    metadata: { description?: string; state: NamedEntityState },
    options?: CallOptions,
  ): Promise<void> {
    const request = {
      resourceType: factsOf(resourceTypes, kind),
      id: requireNamedEntityId(id, this.#context.defaults),
      metadata,
    };
    await this.#context.clients.admin.updateNamedEntity(request, options);
  }
}

function keepOf({ states, nameContains = "" }: NamedEntityQuery): (row: NamedEntity) => boolean {
  const wanted = states && new Set<number>(states.map((state) => NamedEntityState[state]));
  return ({ id, metadata }) =>
    (wanted?.has(metadata?.state ?? NamedEntityState.NAMED_ENTITY_ACTIVE) ?? true) &&
    (id?.name ?? "").includes(nameContains);
}
