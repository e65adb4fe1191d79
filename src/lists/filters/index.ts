export type { Column } from "./column.js";
export type { Condition, FilterFunction } from "./condition.js";
export type { DurationInput } from "./duration-value.js";
export {
  descriptionEntityFilters,
  executionFilters,
  type FilterEntity,
  type FilterTable,
  launchPlanFilters,
  namedEntityFilters,
  namedEntityIdentifierFilters,
  nodeExecutionFilters,
  projectFilters,
  signalFilters,
  taskExecutionFilters,
  taskFilters,
  workflowFilters,
} from "./entities.js";
export type {
  DurationField,
  EnumField,
  FieldsOf,
  IntField,
  TextField,
  TimeField,
} from "./field-types.js";
export { enumNames } from "./enums.js";
export { fieldNamed, filterFieldNames, type NamedField } from "./fields.js";
export { conditionsToFilter, maxFilterBytes } from "./filter-string.js";
export type { OrderBy, SortKey } from "./order-by.js";
export { toSort } from "./order-by.js";
export type { RawFilter } from "./raw-filter.js";
export { rawFilter } from "./raw-filter.js";
export type { TimeInput } from "./time-value.js";
export { escapeLike } from "./values.js";
export { type OptionalCondition, toConditions, toFilterString, type WhereInput } from "./where.js";
