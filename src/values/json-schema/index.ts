export { isJsonObject, isJsonSchema, referencedSchema } from "./json-schema.js";
