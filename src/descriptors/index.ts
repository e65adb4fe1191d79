export { fileOfText } from "./file-of-text.js";
