export { checkResolvable } from "./check-flyte-url.js";
export type { FlyteArtifact, FlyteUrl } from "./flyte-url.js";
export { formatFlyteUrl } from "./format-flyte-url.js";
export { parseFlyteUrl } from "./parse-flyte-url.js";
