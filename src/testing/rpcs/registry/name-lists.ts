import { create } from "@bufbuild/protobuf";

import {
  type NamedEntityIdentifierList,
  NamedEntityIdentifierListSchema,
  type NamedEntityIdentifierListRequest,
} from "../../../../gen/flyteidl/admin/common_pb.js";
import { type Entity, parseListRequest, requireLimit, runListQuery } from "../../lists/index.js";
import { type FlyteState, joinKey, type VersionedRow } from "../../store/index.js";
import { requireField } from "./checks/index.js";

/** The keys that names can be sorted by; others are columns and fail in the database. */
const groupedColumns: readonly string[] = ["project", "domain", "name"];

/**
 * Refuses a list of names without a scope or a limit.
 * @throws INVALID_ARGUMENT
 */
export function checkNameList({ project, domain, limit }: NamedEntityIdentifierListRequest): void {
  requireField(project, "project");
  requireField(domain, "domain");
  requireLimit(limit);
}

/** The first version of every name, in the order of their registration. */
export function firstVersions<R extends VersionedRow>(rows: readonly R[]): readonly R[] {
  const names = new Map<string, R>();
  for (const row of rows) {
    const key = joinKey(row.project, row.domain, row.name);
    if (!names.has(key)) names.set(key, row);
  }
  return [...names.values()];
}

/** How one list of names differs from the others. */
export interface NameListSettings {
  /** The name in the error text for a bad token; none when the text names no list. */
  readonly rpc?: string;
  /** Checks what the server checks last, before it asks the database. */
  readonly checkStatement?: () => void;
}

/**
 * A page of the names that versions have. Filters are not looked at, and
 * archived and system-generated names are among them.
 * @throws UNKNOWN for sort keys other than project, domain and name
 */
export function listNames<R extends VersionedRow>(
  state: FlyteState,
  rows: readonly R[],
  request: NamedEntityIdentifierListRequest,
  entity: Entity<R>,
  settings: NameListSettings,
): NamedEntityIdentifierList {
  const { limit, token, sortBy } = request;
  const names = state.results.get(rows, `names of ${entity.table}`, state.revision(), () =>
    firstVersions(rows),
  );
  const query = parseListRequest(
    { limit, token, sortBy },
    {
      entity,
      ...(settings.rpc === undefined ? {} : { rpc: settings.rpc }),
      sortError: (key) =>
        groupedColumns.includes(key)
          ? undefined
          : `column "${entity.table}.${key}" must appear in the GROUP BY clause or be used in an aggregate function`,
    },
  );
  settings.checkStatement?.();
  const page = runListQuery(state, query, names);
  return create(NamedEntityIdentifierListSchema, {
    entities: page.rows.map(({ project, domain, name }) => ({ project, domain, name })),
    token: page.token,
  });
}
