import type { TaskRow } from "../../store/index.js";
import { baseColumns, bytes, digest, text } from "../column.js";
import type { Entity } from "../entity.js";

/** Versions of tasks. */
export const taskEntity: Entity<TaskRow> = {
  code: "t",
  table: "tasks",
  columns: {
    ...baseColumns<TaskRow>(),
    project: text((row) => row.project),
    domain: text((row) => row.domain),
    name: text((row) => row.name),
    version: text((row) => row.version),
    closure: bytes((row) => row.closure),
    digest: digest(),
    type: text((row) => row.type),
    short_description: text((row) => row.shortDescription),
  },
  relations: {},
};
