export { CallLog, type CallWire, type RecordedCall } from "./call-log.js";
export { CallRecord } from "./call-record.js";
