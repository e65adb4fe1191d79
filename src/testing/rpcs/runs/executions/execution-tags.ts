import type { ExecutionSpec } from "../../../../../gen/flyteidl/admin/execution_pb.js";
import { type ExecutionRow, type FlyteState, joinKey } from "../../../store/index.js";
import { databaseError, uniqueViolation } from "../../errors.js";

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
 * Refuses tags that do not fit their columns, and those that come twice.
 * @throws UNKNOWN or ALREADY_EXISTS, as the database answers
 */
export function checkTags(tags: readonly Tag[]): void {
  if (tags.some(({ key, value }) => isTooLong(key) || isTooLong(value))) {
    throw databaseError(`value too long for type character varying(${maxTagChars})`);
  }
  const keys = new Set(tags.map(({ key, value }) => joinKey(key, value)));
  if (keys.size < tags.length) throw uniqueViolation("execution_tags_pkey");
}

/** Adds the rows of an execution's tags, found by the execution's name, as the server joins them. */
export function insertTags(state: FlyteState, row: ExecutionRow, tags: readonly Tag[]): void {
  for (const { key, value } of tags) {
    const id = state.executionTags.nextId;
    const tag = {
      id,
      createdAt: row.createdAt,
      updatedAt: row.createdAt,
      executionProject: row.project,
      executionDomain: row.domain,
      executionName: row.name,
      key,
      value,
    };
    state.executionTags.insert(tag, joinKey(String(id)), [row.name]);
  }
}

function isTooLong(text: string): boolean {
  return Array.from(text).length > maxTagChars;
}
