export * from "./binding-errors.js";
export { type CompileError, CompileErrors, CompileFailure } from "./compile-errors.js";
export * from "./reference-errors.js";
export * from "./structure-errors.js";
export { readableType, typeText } from "./type-text.js";
