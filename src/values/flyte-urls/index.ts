export { checkResolvable } from "./flyte-url.js";
export type { FlyteArtifact, FlyteUrl } from "./flyte-url.js";
export { formatFlyteUrl } from "./flyte-url.js";
export { parseFlyteUrl } from "./flyte-url.js";
