import type { SignalRow } from "../../store/index.js";
import { baseColumns, bytes, text } from "../column.js";
import type { Entity } from "../entity.js";

/** Signals of executions. */
export const signalEntity: Entity<SignalRow> = {
  code: "s",
  table: "signals",
  columns: {
    ...baseColumns<SignalRow>(),
    execution_project: text((row) => row.executionProject),
    execution_domain: text((row) => row.executionDomain),
    execution_name: text((row) => row.executionName),
    signal_id: text((row) => row.signalId),
    type: bytes((row) => row.type),
    value: bytes((row) => row.value),
  },
  relations: {},
};
