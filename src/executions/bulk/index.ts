export { mapConcurrent, type MapConcurrentOptions, type MapContext } from "./map-concurrent.js";
export { actOnAll, type BulkOptions, type BulkProgress, type BulkResult } from "./act-on-all.js";
