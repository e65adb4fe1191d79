export {
  blobType,
  enumType,
  listType,
  type LiteralTypeInput,
  mapType,
  simpleType,
  type SimpleTypeName,
  structuredDatasetType,
  unionType,
} from "./literal-types.js";
export { typedInterface, type TypedInterfaceInput } from "./typed-interface.js";
