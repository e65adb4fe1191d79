export type { BinaryCodec } from "./codec.js";
export { LiteralError, member } from "./literal-error.js";
export { literalMapToNative, type MapToNativeOptions, nativeToLiteralMap } from "./literal-maps.js";
export { literalToNative, type ToNativeOptions } from "./literal-to-native.js";
export { nativeToLiteral, type ToLiteralOptions } from "./native-to-literal.js";
export type {
  BinaryValue,
  BlobRef,
  ErrorValue,
  NativeValue,
  OffloadedRef,
  SchemaRef,
  StructuredDatasetRef,
  UnionValue,
} from "./native-value.js";
export { formatLiteral, type FormatLiteralOptions } from "./format-literal.js";
export { msgpack } from "./msgpack.js";
