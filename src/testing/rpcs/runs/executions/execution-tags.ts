import type { ExecutionSpec } from "../../../../../gen/flyteidl/admin/execution_pb.js";
import { type FlyteState, joinKey } from "../../../store/index.js";
import { databaseError, uniqueViolation } from "../../../server-errors.js";
import type { ExecutionKey } from "../rows/index.js";

/** A tag of an execution; those of `spec.tags` have no value. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

const maxTagChars = 255;

/** The tags of an execution: the labels of its spec, and the tags. */
export function tagsOf(spec: ExecutionSpec): readonly Tag[] {
  const labels = Object.entries(spec.labels?.values ?? {}).map(([key, value]) => ({ key, value }));
  return [...labels, ...spec.tags.map((key) => ({ key, value: "" }))];
}

/**
 * Adds the rows of an execution's tags, all or none. They are found by the execution's name, as the
 * server joins them.
 * @throws UNKNOWN for a tag that does not fit its columns, and ALREADY_EXISTS for one that comes
 *   twice or is there already, as the database answers
 */
export function insertTags(
  state: FlyteState,
  { project, domain, name }: ExecutionKey,
  tags: readonly Tag[],
): void {
  if (tags.some(({ key, value }) => isTooLong(key) || isTooLong(value))) {
    throw databaseError(`value too long for type character varying(${maxTagChars})`);
  }
  if (tags.length === 0) return;
  const keys = tags.map(({ key, value }) => joinKey(project, domain, name, key, value));
  const isTaken = keys.some((key) => state.executionTags.get(key) !== undefined);
  if (isTaken || new Set(keys).size < keys.length) throw uniqueViolation("execution_tags_pkey");
  const now = state.tick();
  tags.forEach(({ key, value }, index) => {
    const tag = {
      id: state.executionTags.nextId,
      createdAt: now,
      updatedAt: now,
      executionProject: project,
      executionDomain: domain,
      executionName: name,
      key,
      value,
    };
    state.executionTags.insert(tag, keys[index] ?? "", [name]);
  });
}

function isTooLong(text: string): boolean {
  return Array.from(text).length > maxTagChars;
}
