export { requireMessage } from "./require-message.js";
