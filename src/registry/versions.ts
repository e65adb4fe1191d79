import type { DescMessage, DescMethodUnary, Message, MessageShape } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";

import type {
  NamedEntityIdentifierListRequestSchema,
  NamedEntityIdentifierListSchema,
  ObjectGetRequestSchema,
  ResourceListRequestSchema,
} from "../../gen/flyteidl/admin/common_pb.js";
import { type NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import type { Identifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import { NotFoundError } from "../errors/index.js";
import type { CallOptions } from "../internal/call-options.js";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import {
  type FilterEntity,
  type FilterTable,
  namedEntityIdentifierFilters,
  toSort,
} from "../lists/filters/index.js";
import { type EntityQuery, entityQueryNames, listRows } from "../lists/listing.js";
import {
  createPagedList,
  type ListOptions,
  type PagedList,
  pageOptions,
} from "../lists/paging/index.js";
import { requireQuery } from "../lists/require-query.js";
import { rowKey } from "../lists/row-key.js";
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

/** Which versions of an entity to list. */
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
  const scope = requireScope(query, connection.defaults);
  if (query.name === undefined) return scope;
  const { name } = requireNamedEntityId(
    { ...scope, name: query.name },
    connection.defaults,
    "query",
  );
  return { ...scope, name };
}

/** What tells a version from the others of its list. */
export function versionKey({ id }: { readonly id?: Identifier | undefined }): string {
  return rowKey(id?.name, id?.version);
}

/** A list of the versions of a task, a workflow or a launch plan. */
export interface VersionList<
  E extends FilterEntity,
  Row extends Message,
  Reply extends DescMessage,
> {
  readonly method: DescMethodUnary<typeof ResourceListRequestSchema, Reply>;
  readonly filters: FilterTable<E>;
  readonly schema: GenMessage<Row>;
  readonly rowsOf: (reply: MessageShape<Reply>) => {
    readonly items: readonly Row[];
    readonly token: string;
  };
}

/** Lists the versions of one name, or of all names of a project and domain. */
export function listVersions<
  E extends FilterEntity,
  Row extends Message & { readonly id?: Identifier | undefined },
  Reply extends DescMessage,
>(
  connection: Connection,
  { method, filters, schema, rowsOf }: VersionList<E, Row, Reply>,
  query: VersionQuery<E>,
  options?: ListOptions,
): PagedList<Row> {
  const id = versionScope(connection, query);
  return listRows(
    {
      rpc: method.name,
      filters,
      schema,
      fetch: async (page, call) =>
        rowsOf(await callUnary(connection, method, { id, ...page }, call)),
      keyOf: versionKey,
    },
    query,
    options,
  );
}

/**
 * Lists names, each once. The three lists take no filters (the server ignores them there) and can
 * be sorted by name only.
 */
export function listNames(
  connection: Connection,
  method: DescMethodUnary<
    typeof NamedEntityIdentifierListRequestSchema,
    typeof NamedEntityIdentifierListSchema
  >,
  query: ScopeInput,
  options: ListOptions = {},
): PagedList<NamedEntityIdentifier> {
  requireQuery(query, scopeNames);
  const scope = requireScope(query, connection.defaults);
  const sortBy = toSort(namedEntityIdentifierFilters, undefined);
  return createPagedList(
    {
      rpc: method.name,
      fetch: async ({ limit, token, signal }) => {
        const request = { ...scope, limit, token, sortBy };
        const reply = await callUnary(connection, method, request, pageOptions(options, signal));
        return { items: reply.entities, token: reply.token };
      },
      keyOf: ({ name }) => name,
    },
    options,
  );
}

/** Gets one version. */
export async function getVersion<Row extends DescMessage>(
  connection: Connection,
  method: DescMethodUnary<typeof ObjectGetRequestSchema, Row>,
  type: VersionedResourceType,
  id: ResourceIdInput,
  options?: CallOptions,
): Promise<MessageShape<Row>> {
  const request = { id: requireResourceId(type, id, connection.defaults) };
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
  const { project, domain, name } = requireNamedEntityId(id, connection.defaults);
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
  return { id: requireResourceId(type, id, connection.defaults), spec };
}
