export { createListMemory } from "./list-memory.js";
export {
  listOptionNames,
  type ListOptions,
  type ListProgress,
  requireCount,
} from "./list-options.js";
export { PagePlanner } from "./page-planner.js";
export { isTooLarge, type PageSource } from "./page-request.js";
export type { Page } from "./page-walk.js";
export { createPagedList, type PagedList, type PageOptions } from "./paged-list.js";
export { createRowList, type RowList } from "./row-list.js";
