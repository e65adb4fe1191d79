export { fileFromText, unaryMethod } from "./file-from-text.js";
