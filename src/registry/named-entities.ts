import {
  type NamedEntity,
  type NamedEntityIdentifier,
  NamedEntityState,
} from "../../gen/flyteidl/admin/common_pb.js";
import type { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import {
  getNamedEntityMethod,
  updateNamedEntityMethod,
} from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/index.js";
import {
  invalidOption,
  type OptionNames,
  requireKnownOptions,
  requireOneOf,
} from "../internal/validation/index.js";
import { listNamedEntitiesRpc, listRows, requireQuery } from "../lists/index.js";
import { rawFilter } from "../lists/filters/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireScope,
  type ScopeInput,
  scopeNames,
} from "../values/identifiers/index.js";
import { type ResourceKind, resourceTypes } from "./versions.js";

/** A name of `flyteidl.admin.NamedEntityState`. */
export type NamedEntityStateName = keyof typeof NamedEntityState;

/** The named entities to list. */
export interface NamedEntityQuery extends ScopeInput {
  /** The task, workflow or launch plan that is named. */
  readonly kind: ResourceKind;
  /**
   * The states to list.
   * @defaultValue all: active, archived, and those that the server made itself
   */
  readonly states?: readonly NamedEntityStateName[] | undefined;
  /**
   * A part of the name, case-sensitive.
   * @defaultValue all names
   */
  readonly nameContains?: string | undefined;
}

const namedEntityQueryNames: OptionNames<NamedEntityQuery> = {
  ...scopeNames,
  kind: true,
  states: true,
  nameContains: true,
};

/** Names a task, a workflow or a launch plan, with all its versions. */
export interface NamedEntityInput {
  /** The task, workflow or launch plan that is named. */
  readonly kind: ResourceKind;
  /** The name, with its project and domain. */
  readonly id: NamedEntityIdInput;
}

const entityNames: OptionNames<NamedEntityInput> = { kind: true, id: true };

/** Changes to a named entity; fields that are left out stay as they are. */
export interface NamedEntityUpdateInput {
  /** At most 300 characters, and not empty: the server cannot clear a description. */
  readonly description: string;
}

const changeNames: OptionNames<NamedEntityUpdateInput> = { description: true };

/**
 * Lists named entities, sorted by name.
 *
 * FlyteAdmin applies filters after it has cut the page, its own hidden one as well, so a
 * filtered list of its own ends early. This list sends a filter that every name passes and
 * leaves out rows here: it loses none and hides none.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call
 */
export function listNamedEntities(
  connection: Connection,
  query: NamedEntityQuery,
  options?: ListOptions,
): PagedList<NamedEntity> {
  requireQuery(query, namedEntityQueryNames, "an object with kind");
  const names = requireScope(query, requireDefaults(connection));
  const scope = { resourceType: requireOneOf(resourceTypes, query.kind), ...names };
  const everyName = { where: () => rawFilter("contains(name,%)") };
  const rows = { scope, query: everyName, keep: createFilter(query) };
  return listRows(connection, listNamedEntitiesRpc, rows, options);
}

/**
 * Gets one named entity.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when nothing has that name
 */
export async function getNamedEntity(
  connection: Connection,
  entity: NamedEntityInput,
  options?: CallOptions,
): Promise<NamedEntity> {
  const request = requireEntity(connection, entity);
  return callUnary(connection, getNamedEntityMethod, request, options);
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
export async function updateNamedEntity(
  connection: Connection,
  entity: NamedEntityInput,
  changes: NamedEntityUpdateInput,
  options?: CallOptions,
): Promise<void> {
  const expected = "an object with description";
  const { description } = requireKnownOptions(changes, changeNames, "changes", expected);
  if (typeof description !== "string" || description === "") {
    const expected = "a string that is not empty, since the server cannot clear a description";
    throw invalidOption("description", expected, description);
  }
  const { metadata } = await getNamedEntity(connection, entity, options);
  await write(
    connection,
    entity,
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
export async function archiveNamedEntity(
  connection: Connection,
  entity: NamedEntityInput,
  options?: CallOptions,
): Promise<void> {
  await write(connection, entity, { state: NamedEntityState.NAMED_ENTITY_ARCHIVED }, options);
}

/**
 * Makes an archived name active again.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when nothing has that name
 */
export async function unarchiveNamedEntity(
  connection: Connection,
  entity: NamedEntityInput,
  options?: CallOptions,
): Promise<void> {
  await write(connection, entity, { state: NamedEntityState.NAMED_ENTITY_ACTIVE }, options);
}

function requireEntity(
  connection: Connection,
  entity: NamedEntityInput,
): { resourceType: ResourceType; id: NamedEntityIdentifier } {
  const expected = 'an object such as { kind: "task", id }';
  const { kind, id } = requireKnownOptions(entity, entityNames, "entity", expected);
  return {
    resourceType: requireOneOf(resourceTypes, kind),
    id: requireNamedEntityId(id, requireDefaults(connection)),
  };
}

async function write(
  connection: Connection,
  entity: NamedEntityInput,
  metadata: { description?: string; state: NamedEntityState },
  options?: CallOptions,
): Promise<void> {
  const request = { ...requireEntity(connection, entity), metadata };
  await callUnary(connection, updateNamedEntityMethod, request, options);
}

function createFilter({
  states,
  nameContains = "",
}: NamedEntityQuery): (row: NamedEntity) => boolean {
  const wanted = states && new Set<number>(states.map((state) => NamedEntityState[state]));
  return ({ id, metadata }) =>
    (wanted?.has(metadata?.state ?? NamedEntityState.NAMED_ENTITY_ACTIVE) ?? true) &&
    (id?.name ?? "").includes(nameContains);
}
