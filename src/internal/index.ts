export { type CallOptions, type FetchFunction, withContextValue } from "./validation/index.js";
export { Channel } from "./channel.js";
export { forAwaitOnly } from "./for-await-only.js";
export {
  defaultConcurrency,
  mapConcurrent,
  type MapConcurrentOptions,
  type MapContext,
  requireConcurrency,
  requireSource,
} from "./map-concurrent.js";
export { copyMessage, fieldValue, nameOf, sameMessage } from "./messages.js";
export type { Progress } from "./progress.js";
export { version } from "./version.js";
