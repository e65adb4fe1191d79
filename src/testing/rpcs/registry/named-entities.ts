import { create } from "@bufbuild/protobuf";

import {
  type NamedEntity,
  type NamedEntityIdentifier,
  type NamedEntityListRequest,
  NamedEntityListSchema,
  NamedEntitySchema,
  NamedEntityState,
  NamedEntityUpdateResponseSchema,
} from "../../../../gen/flyteidl/admin/common_pb.js";
import { ResourceType } from "../../../../gen/flyteidl/core/identifier_pb.js";
import {
  bindConditions,
  type Condition,
  filterRows,
  type NamedEntityEntry,
  namedEntityEntity,
  nextToken,
  pageOf,
  parseListRequest,
  requireLimit,
  runListQuery,
} from "../../lists/index.js";
import {
  type FlyteState,
  joinKey,
  type NamedEntityRow,
  type VersionedRow,
} from "../../store/index.js";
import { databaseError, entryNotFound, invalidArgument, missing } from "../../server-errors.js";
import {
  requireField,
  requireNamedEntityId,
  requireResourceType,
  resourceTypeName,
} from "./checks/index.js";
import type { AdminHandlers } from "./handler-types.js";
import { firstVersions } from "./name-lists.js";

const maxDescriptionChars = 300;

/** The columns that names are grouped by, and so can be sorted by. */
const groupedColumns: readonly string[] = ["project", "domain", "name"];

type NamedEntityRpc = "getNamedEntity" | "updateNamedEntity" | "listNamedEntities";

/** The RPCs of named entities. */
export function namedEntityHandlers(state: FlyteState): Pick<AdminHandlers, NamedEntityRpc> {
  return {
    getNamedEntity: ({ resourceType, id: requestId }) => {
      requireResourceType(resourceType);
      const id = requireNamedEntityId(requestId);
      return entityMessage(resourceType, requireEntry(state, resourceType, id));
    },
    updateNamedEntity: ({ resourceType, id: requestId, metadata }) => {
      requireResourceType(resourceType);
      const id = requireNamedEntityId(requestId);
      if (metadata === undefined) throw missing("metadata");
      const named = isNamed(resourceType);
      if (metadata.state !== NamedEntityState.NAMED_ENTITY_ACTIVE && !named) {
        throw invalidArgument(
          `Resource [${resourceTypeName(resourceType)}] cannot have its state updated`,
        );
      }
      requireEntry(state, resourceType, id);
      if (Array.from(metadata.description).length > maxDescriptionChars) {
        throw databaseError(`value too long for type character varying(${maxDescriptionChars})`);
      }
      setNamedEntity(state, resourceType, id, metadata);
      return create(NamedEntityUpdateResponseSchema);
    },
    listNamedEntities: (request) => {
      const { rows, token } = listEntries(state, request);
      return create(NamedEntityListSchema, {
        entities: rows.map((entry) => entityMessage(request.resourceType, entry)),
        token,
      });
    },
  };
}

/** Writes what is kept about a name. An empty description keeps the old one; the state is always written. */
export function setNamedEntity(
  state: FlyteState,
  resourceType: ResourceType,
  { project, domain, name }: Pick<NamedEntityIdentifier, "project" | "domain" | "name">,
  metadata: { readonly description: string; readonly state: NamedEntityState },
): void {
  const now = state.tick();
  const row = findMetadata(state, resourceType, { project, domain, name });
  if (row === undefined) {
    const inserted = { id: state.namedEntities.nextId, createdAt: now, updatedAt: now };
    const { description } = metadata;
    state.namedEntities.insert(
      { ...inserted, resourceType, project, domain, name, description, state: metadata.state },
      joinKey(String(resourceType), project, domain, name),
    );
    return;
  }
  row.updatedAt = now;
  if (metadata.description !== "") row.description = metadata.description;
  row.state = metadata.state;
}

/**
 * A page of names. The database cuts the page first and filters it then, so a
 * page can come out short, and a short page has no token.
 */
function listEntries(
  state: FlyteState,
  request: NamedEntityListRequest,
): { readonly rows: readonly NamedEntityEntry[]; readonly token: string } {
  const { project, domain, resourceType, limit } = request;
  requireField(project, "project");
  requireField(domain, "domain");
  requireResourceType(resourceType);
  requireLimit(limit);
  const query = parseListRequest(request, {
    entity: namedEntityEntity,
    rpc: "ListNamedEntities",
    addConditions: (conditions) =>
      request.filters === "" ? [hideSystemNames] : conditions.map(ontoMetadata),
    sortError: (key) =>
      groupedColumns.includes(key) ? undefined : `column "${key}" does not exist`,
  });
  if (!isNamed(resourceType)) {
    throw invalidArgument(
      `Cannot list entity names for resource type: ${resourceTypeName(resourceType)}`,
    );
  }
  const scope = versionsOf(state, resourceType, joinKey(project, domain));
  const names = state.results.get(scope, `entries of ${resourceType}`, state.revision(), () =>
    firstVersions(scope).map((version) => entryOf(state, resourceType, version)),
  );
  const conditions = bindConditions(query, state.now());
  const { rows: sorted } = runListQuery(
    state,
    { ...query, conditions: [], offset: 0n, limit: 0 },
    names,
  );
  const page = pageOf(sorted, query.offset, limit);
  const rows = filterRows(state, namedEntityEntity, conditions, page);
  return { rows, token: nextToken(query.offset, limit, rows.length) };
}

/** Stands in for filters that the request does not have. */
const hideSystemNames: Condition = {
  target: "nen",
  column: "name",
  kind: "text",
  fn: "not_like",
  values: [".flytegen%"],
};

/** Names without metadata count as active, but have no description to compare. */
function ontoMetadata(condition: Condition): Condition {
  const isMetadata = condition.column === "description" || condition.column === "state";
  const target = isMetadata ? "nen" : condition.target;
  return condition.column === "state"
    ? { ...condition, target, missingAs: 0 }
    : { ...condition, target };
}

function isNamed(resourceType: ResourceType): boolean {
  return (
    resourceType === ResourceType.TASK ||
    resourceType === ResourceType.WORKFLOW ||
    resourceType === ResourceType.LAUNCH_PLAN
  );
}

function versionsOf(
  state: FlyteState,
  resourceType: ResourceType,
  group: string,
): readonly VersionedRow[] {
  switch (resourceType) {
    case ResourceType.TASK:
      return state.tasks.group(group);
    case ResourceType.WORKFLOW:
      return state.workflows.group(group);
    case ResourceType.LAUNCH_PLAN:
      return state.launchPlans.group(group);
    default:
      return [];
  }
}

function requireEntry(
  state: FlyteState,
  resourceType: ResourceType,
  id: NamedEntityIdentifier,
): NamedEntityEntry {
  if (!isNamed(resourceType)) {
    throw invalidArgument(
      `Cannot get NamedEntityMetadata for resource type: ${resourceTypeName(resourceType)}`,
    );
  }
  const [version] = versionsOf(state, resourceType, joinKey(id.project, id.domain, id.name));
  if (version === undefined) throw entryNotFound();
  return entryOf(state, resourceType, version);
}

function entryOf(
  state: FlyteState,
  resourceType: ResourceType,
  version: VersionedRow,
): NamedEntityEntry {
  const { project, domain, name } = version;
  return { project, domain, name, metadata: findMetadata(state, resourceType, version) };
}

function findMetadata(
  state: FlyteState,
  resourceType: ResourceType,
  { project, domain, name }: Pick<VersionedRow, "project" | "domain" | "name">,
): NamedEntityRow | undefined {
  return state.namedEntities.get(joinKey(String(resourceType), project, domain, name));
}

function entityMessage(resourceType: ResourceType, entry: NamedEntityEntry): NamedEntity {
  const { project, domain, name, metadata } = entry;
  return create(NamedEntitySchema, {
    resourceType,
    id: { project, domain, name },
    metadata: {
      description: metadata?.description ?? "",
      state: metadata?.state ?? NamedEntityState.NAMED_ENTITY_ACTIVE,
    },
  });
}
