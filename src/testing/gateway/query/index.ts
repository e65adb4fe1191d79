export { FieldFault } from "./field-fault.js";
export { InvalidText } from "./parse-leaf.js";
export { parseQueries } from "./parse-query.js";
export { populateField, populateFromQuery } from "./populate.js";
