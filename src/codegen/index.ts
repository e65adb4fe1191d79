export { generateTypes, type GenerateTypesQuery } from "./generate-types.js";
