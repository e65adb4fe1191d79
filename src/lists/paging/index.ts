export { createPagedList } from "./create-paged-list.js";
export { listOptionNames } from "./list-options.js";
export type { ListOptions, ListProgress } from "./list-options.js";
export type { Page, PagedList, PageOptions } from "./paged-list.js";
export type { PageSource } from "./page-source.js";
export { pageOptions } from "./page-options.js";
export { createRowList, type RowList } from "./row-list.js";
