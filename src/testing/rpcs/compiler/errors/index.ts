export * from "./binding-errors.js";
export { CompileErrors, CompileFailure } from "./compile-errors.js";
export * from "./reference-errors.js";
export * from "./structure-errors.js";
export { typeText } from "./type-text.js";
