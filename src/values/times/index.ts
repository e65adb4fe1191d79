export { durationMs, timestampDate, timestampMs } from "./times.js";
export { durationOf, type SecondsAndNanos, timestampOf } from "./times.js";
