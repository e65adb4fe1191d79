import {
  enumNames,
  executionFilters,
  fieldNamed,
  filterFieldNames,
  nodeExecutionFilters,
  taskExecutionFilters,
} from "../../lists/filters/index.js";
import { sortKeys } from "./order-by.js";

const tables = {
  execution: executionFilters,
  nodeExecution: nodeExecutionFilters,
  taskExecution: taskExecutionFilters,
} as const;

/** The lists that commands filter. */
export type WhereEntity = keyof typeof tables;

/** Proposes how the last condition of a `--where` can continue: its field, or a name of an enum behind `=`. */
export function proposeWhere(entity: WhereEntity, prefix: string): readonly string[] {
  const start = prefix.slice(0, prefix.lastIndexOf(",") + 1);
  const condition = prefix.slice(start.length);
  const [, field, operator] = /^([\w.]+)(!?=)/.exec(condition) ?? [];
  const proposals =
    field === undefined || operator === undefined
      ? filterFieldNames(tables[entity]).map((name) => `${start}${name}`)
      : valuesOf(entity, field).map((value) => `${start}${field}${operator}${value}`);
  return proposals.filter((proposal) => proposal.startsWith(prefix));
}

/** Proposes the fields that a list sorts by. */
export function proposeOrderBy(entity: WhereEntity, prefix: string): readonly string[] {
  return sortKeys(tables[entity])
    .flatMap((name) => [name, `${name}:desc`])
    .filter((proposal) => proposal.startsWith(prefix));
}

function valuesOf(entity: WhereEntity, field: string): readonly string[] {
  const column = columnOf(entity, field);
  return column?.kind === "enum" ? enumNames(column.values) : [];
}

function columnOf(entity: WhereEntity, field: string) {
  switch (entity) {
    case "execution":
      return fieldNamed(tables.execution, field)?.column;
    case "nodeExecution":
      return fieldNamed(tables.nodeExecution, field)?.column;
    case "taskExecution":
      return fieldNamed(tables.taskExecution, field)?.column;
  }
}
