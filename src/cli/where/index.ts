export { parseOrderBy } from "./order-by.js";
export {
  type ParsedCondition,
  parseWhere,
  type WhereOperator,
  whereOperators,
} from "./parse-where.js";
export { proposeOrderBy, proposeWhere, type WhereEntity } from "./propose.js";
export { toWhere } from "./to-where.js";
