export { reportError } from "./report-error.js";
export { runWork } from "./run-work.js";
