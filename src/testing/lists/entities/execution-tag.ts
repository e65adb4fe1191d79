import type { ExecutionTagRow } from "../../store/index.js";
import { baseColumns, text, varchar } from "../column.js";
import type { Entity } from "../entity.js";

/** Tags of executions; only joined, never listed. */
export const executionTagEntity: Entity<ExecutionTagRow> = {
  code: "et",
  table: "execution_tags",
  columns: {
    ...baseColumns<ExecutionTagRow>(),
    execution_project: text((row) => row.executionProject),
    execution_domain: text((row) => row.executionDomain),
    execution_name: text((row) => row.executionName),
    key: varchar((row) => row.key),
    value: varchar((row) => row.value),
  },
  relations: {},
};
