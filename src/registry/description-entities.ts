import type { DescriptionEntity } from "../../gen/flyteidl/admin/description_entity_pb.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import { getDescriptionEntityMethod } from "../../gen/flyteidl/service/methods.js";
import { NotFoundError } from "../errors/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  type OptionNames,
  requireKnownOptions,
  requireOneOf,
} from "../internal/validation/index.js";
import {
  type EntityQuery,
  entityQueryNames,
  listDescriptionEntitiesRpc,
  listRows,
  requireQuery,
} from "../lists/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireResourceId,
  type ResourceIdInput,
} from "../values/identifiers/index.js";
import { type ResourceKind, resourceTypes } from "./versions.js";

/** The descriptions to list. */
export interface DescriptionEntityQuery extends EntityQuery<"descriptionEntity"> {
  /** The task, workflow or launch plan that is described. */
  readonly kind: ResourceKind;
  /** The name whose versions' descriptions to list; the server needs all three parts. */
  readonly id: NamedEntityIdInput;
}

const descriptionQueryNames: OptionNames<DescriptionEntityQuery> = {
  ...entityQueryNames,
  kind: true,
  id: true,
};

/** The description of one version. */
export interface DescriptionEntityInput {
  /** The kind of thing that is described. */
  readonly kind: ResourceKind;
  /** The version that is described. */
  readonly id: ResourceIdInput;
}

const descriptionEntityNames: OptionNames<DescriptionEntityInput> = { kind: true, id: true };

/**
 * Lists the descriptions of all versions of one name.
 *
 * The server looks at the name alone: a task and a workflow of the same name come back
 * together, so rows of another kind are left out here.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export function listDescriptionEntities(
  connection: Connection,
  query: DescriptionEntityQuery,
  options?: ListOptions,
): PagedList<DescriptionEntity> {
  requireQuery(query, descriptionQueryNames, "an object with kind and id");
  const id = requireNamedEntityId(query.id, requireDefaults(connection), "id");
  const resourceType = requireOneOf(resourceTypes, query.kind);
  const keep = (row: DescriptionEntity): boolean => row.id?.resourceType === resourceType;
  const scope = { resourceType, id };
  return listRows(connection, listDescriptionEntitiesRpc, { scope, query, keep }, options);
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
export async function getDescriptionEntity(
  connection: Connection,
  entity: DescriptionEntityInput,
  options?: CallOptions,
): Promise<DescriptionEntity> {
  const { kind, id } = requireKnownOptions(
    entity,
    descriptionEntityNames,
    "entity",
    "an object with kind and id",
  );
  const resourceType = requireOneOf(resourceTypes, kind);
  const request = { id: requireResourceId(resourceType, id, requireDefaults(connection)) };
  const found = await callUnary(connection, getDescriptionEntityMethod, request, options);
  if (found.id?.resourceType === resourceType) return found;
  throw new NotFoundError(
    `${request.id.project}/${request.id.domain}/${request.id.name} ${request.id.version} has no description as a ${kind}`,
    { rpc: "GetDescriptionEntity" },
  );
}
