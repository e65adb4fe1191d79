import type { CallOptions } from "@connectrpc/connect";

import {
  type DescriptionEntity,
  DescriptionEntitySchema,
} from "../../gen/flyteidl/admin/description_entity_pb.js";
import { NotFoundError } from "../errors/index.js";
import {
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireResourceId,
  type ResourceIdInput,
} from "../values/identifiers/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import { requireObject } from "../internal/require-object.js";
import type { ResourceContext } from "./context.js";
import { type EntityQuery, listRows } from "../lists/listing.js";
import { factsOf } from "./facts-of.js";
import { type ResourceKind, resourceTypes } from "./resource-kinds.js";
import { rowKey } from "../lists/row-key.js";

/** Which descriptions to list. */
export interface DescriptionEntityQuery extends EntityQuery<"descriptionEntity"> {
  /** What is described. */
  readonly kind: ResourceKind;
  /** The name whose versions' descriptions to list; the server needs all three parts. */
  readonly id: NamedEntityIdInput | undefined;
}

/**
 * Description entities: the documentation that tasks, workflows and launch plans were registered
 * with. A version that was registered without a description has none.
 *
 * {@includeCode ../../examples/resources/description-entities.ts#example}
 */
export class DescriptionEntities {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
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
    requireObject(query, "query", "an object with kind and id");
    const id = requireNamedEntityId(query.id, this.#context.defaults, "id");
    const resourceType = factsOf(resourceTypes, query.kind);
    return listRows(
      {
        rpc: "ListDescriptionEntities",
        entity: "descriptionEntity",
        schema: DescriptionEntitySchema,
        fetch: async (page, call) => {
          const request = { resourceType, id, ...page };
          const reply = await this.#context.clients.admin.listDescriptionEntities(request, call);
          return { items: reply.descriptionEntities, token: reply.token };
        },
        keyOf: (row) => rowKey(row.id?.resourceType, row.id?.version),
        keep: (row) => row.id?.resourceType === resourceType,
      },
      query,
      options,
    );
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
  async get(
    kind: ResourceKind,
    id: ResourceIdInput | undefined,
    options?: CallOptions,
  ): Promise<DescriptionEntity> {
    const resourceType = factsOf(resourceTypes, kind);
    const request = { id: requireResourceId(resourceType, id, this.#context.defaults) };
    const found = await this.#context.clients.admin.getDescriptionEntity(request, options);
    if (found.id?.resourceType === resourceType) return found;
    throw new NotFoundError(
      `${request.id.project}/${request.id.domain}/${request.id.name} ${request.id.version} has no description as a ${kind}`,
      { rpc: "GetDescriptionEntity" },
    );
  }
}
