import type { ProjectRow } from "../../store/index.js";
import { baseColumns, bytes, integer, text } from "../column.js";
import type { Entity } from "../entity.js";

/** Projects. */
export const projectEntity: Entity<ProjectRow> = {
  code: "p",
  table: "projects",
  columns: {
    ...baseColumns<ProjectRow>(),
    identifier: text((row) => row.identifier),
    name: text((row) => row.name),
    description: text((row) => row.description),
    labels: bytes((row) => row.labels),
    state: integer((row) => row.state),
  },
  relations: {},
};
