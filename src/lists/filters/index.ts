export type { Column } from "./column.js";
export type { Condition, FilterFunction } from "./condition.js";
export type { DurationInput, TimeInput } from "./time-value.js";
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
export { conditionsToFilter, maxFilterBytes, type RawFilter, rawFilter } from "./filter-string.js";
export { type OrderBy, type SortKey, toSort } from "./order-by.js";
export { escapeLike } from "./values.js";
export { type OptionalCondition, toConditions, toFilterString, type WhereInput } from "./where.js";
