import type { ResourceListRequest } from "../../../../gen/flyteidl/admin/common_pb.js";
import type { Identifier } from "../../../../gen/flyteidl/core/identifier_pb.js";
import { requireLimit } from "../../lists/index.js";
import { type FlyteState, joinKey, versionGroups, type VersionedRow } from "../../store/index.js";
import { missing } from "../../server-errors.js";
import { requireField } from "./checks/index.js";

type VersionTable<R extends VersionedRow> = Pick<FlyteState["tasks"], "nextId"> & {
  readonly rows: readonly R[];
  get(key: string): R | undefined;
  group(key: string): readonly R[];
  insert(row: R, key: string, groups?: readonly string[]): R;
};

/** The parts of an identifier that name a version. */
export type VersionParts = Pick<Identifier, "project" | "domain" | "name" | "version">;

/** The row of a complete identifier. */
export function findVersion<R extends VersionedRow>(
  table: VersionTable<R>,
  { project, domain, name, version }: VersionParts,
): R | undefined {
  return table.get(joinKey(project, domain, name, version));
}

/**
 * The first row that has all the parts which are not empty: the server drops
 * empty conditions, so an incomplete identifier finds some row, even of another project.
 */
export function findSomeVersion<R extends VersionedRow>(
  table: VersionTable<R>,
  id: VersionParts | undefined,
): R | undefined {
  const parts = (["project", "domain", "name", "version"] as const).filter(
    (part) => id !== undefined && id[part] !== "",
  );
  if (id !== undefined && parts.length === 4) return findVersion(table, id);
  return table.rows.find((row) => parts.every((part) => row[part] === id?.[part]));
}

/** Adds a version to its table, where lists find it by project, domain and name. */
export function insertVersion<R extends VersionedRow>(table: VersionTable<R>, row: R): R {
  const { project, domain, name, version } = row;
  return table.insert(
    row,
    joinKey(project, domain, name, version),
    versionGroups(project, domain, name),
  );
}

/**
 * The rows in the scope of a list of versions.
 * @throws INVALID_ARGUMENT when the scope is incomplete or the limit 0
 */
export function listedVersions<R extends VersionedRow>(
  table: VersionTable<R>,
  { id, limit }: ResourceListRequest,
): readonly R[] {
  if (id === undefined) throw missing("id");
  const { project, domain, name } = id;
  requireField(project, "project");
  requireField(domain, "domain");
  requireLimit(limit);
  return table.group(name === "" ? joinKey(project, domain) : joinKey(project, domain, name));
}
