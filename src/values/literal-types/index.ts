export { type FormInput, formInputs, type FormInterface } from "./form-inputs.js";
export {
  blobType,
  enumType,
  listType,
  type LiteralTypeInput,
  mapType,
  simpleType,
  type SimpleTypeName,
  structuredDatasetType,
  toLiteralType,
  typedInterface,
  type TypedInterfaceInput,
  unionType,
} from "./literal-types.js";
