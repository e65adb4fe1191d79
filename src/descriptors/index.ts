export { fileFromText, unaryMethod } from "./read-file.js";
