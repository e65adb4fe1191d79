import type {
  NamedEntityIdentifier,
  NamedEntityIdentifierList,
  Sort,
} from "../../gen/flyteidl/admin/common_pb.js";
import type { Identifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../calls/index.js";
import { NotFoundError } from "../errors/index.js";
import type { CallOptions } from "../internal/call-options.js";
import type { OptionNames } from "../internal/validation/index.js";
import { type FilterEntity, namedEntityIdentifierFilters, toSort } from "../lists/filters/index.js";
import { type EntityQuery, entityQueryNames } from "../lists/listing.js";
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
  requireScope,
  type Scope,
  type ScopeInput,
  scopeNames,
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
export function versionScope<E extends FilterEntity>(
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

/** What the three lists of names are asked for. */
export interface NamesPage {
  readonly project: string;
  readonly domain: string;
  readonly limit: number;
  readonly token: string;
  readonly sortBy: Sort;
}

/**
 * The list behind the three lists of names. They take no filters (the server ignores
 * them there) and can only be sorted by name.
 */
export function listNames(
  connection: Connection,
  rpc: string,
  fetch: (page: NamesPage, options: CallOptions) => Promise<NamedEntityIdentifierList>,
  query: ScopeInput,
  options: ListOptions = {},
): PagedList<NamedEntityIdentifier> {
  requireQuery(query, scopeNames);
  const scope = requireScope(query, connection.defaults);
  const sortBy = toSort(namedEntityIdentifierFilters, undefined);
  return createPagedList(
    {
      rpc,
      fetch: async ({ limit, token, signal }) => {
        const page = { ...scope, limit, token, sortBy };
        const reply = await fetch(page, pageOptions(options, signal));
        return { items: reply.entities, token: reply.token };
      },
      keyOf: ({ name }) => name,
    },
    options,
  );
}

/**
 * The version that was registered last, through the list of an entity's versions.
 *
 * @throws NotFoundError when the name has no version
 */
export async function latestVersion<Row>(
  kind: string,
  id: NamedEntityIdInput | undefined,
  connection: Connection,
  list: (query: { project: string; domain: string; name: string }) => PagedList<Row>,
): Promise<Row> {
  const { project, domain, name } = requireNamedEntityId(id, connection.defaults);
  const latest = await list({ project, domain, name }).first();
  if (latest !== undefined) return latest;
  throw new NotFoundError(
    `No ${kind} named "${name}" is registered in ${project}/${domain}: check the name, the project and the domain`,
  );
}
