export { referenceProblem } from "./data-reference.js";
export { durationText } from "./duration-text.js";
export { identifierText } from "./identifier-text.js";
export { goJson } from "./json-value.js";
export { messageText } from "./message-text.js";
export { parseDuration } from "./parse-duration.js";
export { goQuote, parseUrl } from "./parse-url.js";
export { structureDiff } from "./structure-diff.js";
