export {
  blobType,
  enumType,
  listType,
  type LiteralTypeInput,
  mapType,
  simpleType,
  type SimpleTypeName,
  structuredDatasetType,
  typedInterface,
  type TypedInterfaceInput,
  unionType,
} from "./literal-types.js";
