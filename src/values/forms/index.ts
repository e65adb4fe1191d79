export { type FormInterface, interfaceToJsonSchema } from "./interface-to-json-schema.js";
export { JsonInputError } from "./simple-value.js";
export { jsonToLiterals, type JsonToLiteralsOptions } from "./json-to-literals.js";
