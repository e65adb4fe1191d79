export { isCastable } from "./castable.js";
export { checkKnownType } from "./known-type.js";
export { literalType, scalarType } from "./literal-type.js";
