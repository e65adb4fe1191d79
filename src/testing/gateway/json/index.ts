export { readJson, type UnknownMembers } from "./read-json.js";
export { type FieldNames, writeJson } from "./write-json.js";
