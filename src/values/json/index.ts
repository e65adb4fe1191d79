export { toJson } from "./to-json.js";
