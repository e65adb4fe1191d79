export { requireObject } from "./validation/index.js";
