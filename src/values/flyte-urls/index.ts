export {
  checkResolvable,
  type FlyteArtifact,
  type FlyteUrl,
  formatFlyteUrl,
  parseFlyteUrl,
  resolvableUrl,
} from "./flyte-url.js";
