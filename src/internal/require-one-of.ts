export { requireOneOf } from "./validation/index.js";
