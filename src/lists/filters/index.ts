export type { Column } from "./column.js";
export {
  type Condition,
  conditionsToFilter,
  type FilterFunction,
  maxFilterBytes,
  type RawFilter,
  rawFilter,
} from "./filter-grammar.js";
export { type DurationInput, escapeLike, type TimeInput } from "./values.js";
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
export { type OrderBy, type SortKey, toSort } from "./order-by.js";
export { type OptionalCondition, toConditions, toFilterString, type WhereInput } from "./where.js";
