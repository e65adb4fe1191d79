export { descriptorBytes } from "./descriptor-bytes.js";
export { fileOfText } from "./file-of-text.js";
