export { attributeHandlers } from "./attribute-handlers.js";
export { findRow, rowAttributes } from "./rows.js";
