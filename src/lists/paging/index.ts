export { createPagedList } from "./create-paged-list.js";
export { listOptionNames, type ListOptions, type ListProgress } from "./list-options.js";
export { pageOptions } from "./page-options.js";
export { PageSizer } from "./page-sizer.js";
export type { PageSource } from "./page-source.js";
export type { Page, PagedList, PageOptions } from "./paged-list.js";
export { createRowList, type RowList } from "./row-list.js";
export { isTooLarge } from "./too-large.js";
export { requireCount } from "./walk-settings.js";
