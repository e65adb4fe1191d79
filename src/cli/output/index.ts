export { cutToWidth, displayWidth } from "./display-width.js";
export { colorPhase } from "./phase-color.js";
export { Progress } from "./progress.js";
export { jsonText, manyLines, oneLine } from "./safe-text.js";
export { type TableColumn, TableWriter } from "./table.js";
export { type OutputStream, TextOutput } from "./text-output.js";
