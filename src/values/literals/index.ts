export { type BinaryCodec, type BinaryDecoder, msgpack, msgpackDecoder } from "./msgpack.js";
export { LiteralError, member, show } from "./literal-error.js";
export { isRecord, setMember } from "./plain-value.js";
export {
  literalsToValues,
  type LiteralsToValuesOptions,
  valuesToLiterals,
} from "./literal-maps.js";
export { literalToValue, type LiteralToValueOptions } from "./literal-to-value.js";
export type { Adaptations } from "./references.js";
export {
  adaptToLiteral,
  toVariant,
  valueToLiteral,
  type ValueToLiteralOptions,
} from "./value-to-literal.js";
export {
  type BinaryValue,
  type BlobRef,
  type ErrorValue,
  isBinaryValue,
  isBlobRef,
  isErrorValue,
  isOffloadedRef,
  isSchemaRef,
  isStructuredDatasetRef,
  isUnionValue,
  type LiteralValue,
  type OffloadedRef,
  type ReferenceInput,
  type SchemaRef,
  type StructuredDatasetRef,
  type UnionValue,
} from "./literal-value.js";
export { formatLiteral, type FormatLiteralOptions } from "./format-literal.js";
export { literalsToJson, type LiteralsToJsonOptions } from "./literals-to-json.js";
