export {
  colorPhase,
  cutToWidth,
  displayWidth,
  jsonText,
  manyLines,
  oneLine,
} from "./terminal-text.js";
export { type OutputStream, Progress, TextOutput } from "./text-output.js";
export { type TableColumn, TableWriter } from "./table.js";
