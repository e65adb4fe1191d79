export { type FormInterface, interfaceToJsonSchema } from "./interface-to-json-schema.js";
export { JsonInputError } from "./json-input-error.js";
export { jsonToLiterals, type JsonToLiteralsOptions } from "./json-to-literals.js";
