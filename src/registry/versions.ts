import type { DescMessage, DescMethodUnary, Message, MessageShape } from "@bufbuild/protobuf";
import type {
  NamedEntityIdentifier,
  ObjectGetRequestSchema,
} from "../../gen/flyteidl/admin/common_pb.js";
import { type Identifier, ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import { NotFoundError } from "../errors/index.js";
import type { CallOptions } from "../internal/index.js";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import type { FilterEntity } from "../lists/filters/index.js";
import {
  type EntityQuery,
  entityQueryNames,
  listRows,
  type ListRpc,
  type ListRpcOf,
  requireQuery,
  type VersionScope,
} from "../lists/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type NamedEntityIdInput,
  requireNamedEntityId,
  requireResourceId,
  requireScope,
  type ResourceIdInput,
  type Scope,
  type ScopeInput,
  scopeNames,
  type VersionedResourceType,
} from "../values/identifiers/index.js";

/** The versions of an entity to list. */
export interface VersionQuery<E extends FilterEntity> extends EntityQuery<E>, ScopeInput {
  /**
   * The exact name whose versions to list.
   * @defaultValue all names
   */
  readonly name?: string | undefined;
}

const versionQueryNames: OptionNames<VersionQuery<FilterEntity>> = {
  ...entityQueryNames,
  ...scopeNames,
  name: true,
};

/** The identifier part of a request for versions. */
function versionScope<E extends FilterEntity>(
  connection: Connection,
  query: VersionQuery<E>,
): Scope & { name?: string } {
  requireQuery(query, versionQueryNames);
  const scope = requireScope(query, requireDefaults(connection));
  if (query.name === undefined) return scope;
  const { name } = requireNamedEntityId(
    { ...scope, name: query.name },
    requireDefaults(connection),
    "query",
  );
  return { ...scope, name };
}

/** Lists the versions of one name, or of all names of a project and domain. */
export function listVersions<
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends Message,
>(
  connection: Connection,
  rpc: ListRpc<VersionScope, Request, Reply, E, Row>,
  query: VersionQuery<E>,
  options?: ListOptions,
): PagedList<Row> {
  const scope = { id: versionScope(connection, query) };
  return listRows(connection, rpc, { scope, query }, options);
}

/**
 * Lists names, each once. The three lists take no filters (the server ignores them there) and can
 * be sorted by name only.
 */
export function listNames(
  connection: Connection,
  rpc: ListRpcOf<"listTaskIds" | "listWorkflowIds" | "listLaunchPlanIds">,
  query: ScopeInput,
  options?: ListOptions,
): PagedList<NamedEntityIdentifier> {
  requireQuery(query, scopeNames);
  const scope = requireScope(query, requireDefaults(connection));
  return listRows(connection, rpc, { scope, query: {} }, options);
}

/** Gets one version. */
export async function getVersion<Row extends DescMessage>(
  connection: Connection,
  method: DescMethodUnary<typeof ObjectGetRequestSchema, Row>,
  type: VersionedResourceType,
  id: ResourceIdInput,
  options?: CallOptions,
): Promise<MessageShape<Row>> {
  const request = { id: requireResourceId(type, id, requireDefaults(connection)) };
  return callUnary(connection, method, request, options);
}

/**
 * Gets the version that was registered last, through the list of versions.
 *
 * @throws NotFoundError when the name has no version
 */
export async function getLatestVersion<Row>(
  connection: Connection,
  kind: string,
  list: (
    connection: Connection,
    query: { project: string; domain: string; name: string; orderBy: NewestFirst },
    options?: ListOptions,
  ) => PagedList<Row>,
  id: NamedEntityIdInput,
  options?: CallOptions,
): Promise<Row> {
  const { project, domain, name } = requireNamedEntityId(id, requireDefaults(connection));
  const query = { project, domain, name, orderBy: newestFirst };
  const latest = await list(connection, query, options).first();
  if (latest !== undefined) return latest;
  throw new NotFoundError(
    `No ${kind} named "${name}" is registered in ${project}/${domain}: check the name, the project and the domain`,
  );
}

interface NewestFirst {
  readonly field: "createdAt";
  readonly direction: "descending";
}

const newestFirst: NewestFirst = { field: "createdAt", direction: "descending" };

const newVersionNames = { id: true, spec: true } as const;

/** Checks what is to be registered, and returns its id and its spec. */
export function requireNewVersion<Spec>(
  connection: Connection,
  type: VersionedResourceType,
  option: string,
  resource: { readonly id: ResourceIdInput; readonly spec: Spec },
): { readonly id: Identifier; readonly spec: Spec } {
  const expected = "an object with id and spec";
  const { id, spec } = requireKnownOptions(resource, newVersionNames, option, expected);
  return { id: requireResourceId(type, id, requireDefaults(connection)), spec };
}

/** A kind of thing that has a name, versions and a description. */
export type ResourceKind = "task" | "workflow" | "launchPlan";

/** The enum value of each kind. */
export const resourceTypes: Readonly<Record<ResourceKind, VersionedResourceType>> = {
  task: ResourceType.TASK,
  workflow: ResourceType.WORKFLOW,
  launchPlan: ResourceType.LAUNCH_PLAN,
};
