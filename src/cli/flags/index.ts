export { connectionAliases, type ConnectionFlags, connectionFlags } from "./connection-flags.js";
export { type FilterFlags, filterFlags, type ListFlags, listFlags, type Propose } from "./list-flags.js";
export { jsonFlag, jsonLinesFlag, type OutputFlags } from "./output-flags.js";
export { count, durationMs, index, text } from "./parsers.js";
