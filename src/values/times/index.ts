export { durationMs, timestampDate, timestampMs } from "./read-times.js";
export { durationOf, type SecondsAndNanos, timestampOf } from "./seconds-and-nanos.js";
