export { durationMs, durationOf, type SecondsAndNanos, timestampDate, timestampMs, timestampOf } from "./times.js";
