export { createDecoder, type Decoder } from "./decoder.js";
