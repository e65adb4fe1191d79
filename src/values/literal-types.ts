import { create, type MessageInitShape } from "@bufbuild/protobuf";

import { type TypedInterface, TypedInterfaceSchema } from "../../gen/flyteidl/core/interface_pb.js";
import {
  BlobType_BlobDimensionality,
  type LiteralType,
  LiteralTypeSchema,
  SimpleType,
} from "../../gen/flyteidl/core/types_pb.js";
import {
  invalidOption,
  type OptionNames,
  requireKnownOptions,
  requireObject,
  requireOneOf,
} from "../internal/validation/index.js";
import { requireMessage } from "./require-message.js";

/** The name of a simple type, such as `"integer"`. */
export type SimpleTypeName =
  | "none"
  | "integer"
  | "float"
  | "string"
  | "boolean"
  | "datetime"
  | "duration"
  | "binary"
  | "error"
  | "struct";

const simpleTypes: Readonly<Record<SimpleTypeName, SimpleType>> = {
  none: SimpleType.NONE,
  integer: SimpleType.INTEGER,
  float: SimpleType.FLOAT,
  string: SimpleType.STRING,
  boolean: SimpleType.BOOLEAN,
  datetime: SimpleType.DATETIME,
  duration: SimpleType.DURATION,
  binary: SimpleType.BINARY,
  error: SimpleType.ERROR,
  struct: SimpleType.STRUCT,
};

/** A literal type: the name of a simple one, or the message. */
export type LiteralTypeInput = SimpleTypeName | MessageInitShape<typeof LiteralTypeSchema>;

/**
 * Returns a simple type by its name, such as `"integer"`.
 *
 * @throws InvalidOptionError when no simple type has that name
 */
export function simpleType(name: SimpleTypeName): LiteralType {
  return literalType({ case: "simple", value: requireOneOf(simpleTypes, name, "type") });
}

/** Returns the type of a list whose items have one type. */
export function listType(items: LiteralTypeInput): LiteralType {
  return literalType({ case: "collectionType", value: toLiteralType(items) });
}

/** Returns the type of a map from strings to values of one type. */
export function mapType(values: LiteralTypeInput): LiteralType {
  return literalType({ case: "mapValueType", value: toLiteralType(values) });
}

/**
 * Returns the type of a file, or of a folder where `isFolder` is set.
 *
 * @param options - its `format` is such as `csv`; any format fits where it is left out
 */
export function blobType(
  options: { readonly format?: string | undefined; readonly isFolder?: boolean | undefined } = {},
): LiteralType {
  const { format = "", isFolder = false } = requireKnownOptions(options, {
    format: true,
    isFolder: true,
  });
  const dimensionality = isFolder
    ? BlobType_BlobDimensionality.MULTIPART
    : BlobType_BlobDimensionality.SINGLE;
  return literalType({ case: "blob", value: { format, dimensionality } });
}

/**
 * Returns the type of a table with its columns by name; any columns fit where none are given.
 *
 * @param options - its `format` is such as `parquet`
 */
export function structuredDatasetType(
  columns: Readonly<Record<string, LiteralTypeInput>> = {},
  options: { readonly format?: string | undefined } = {},
): LiteralType {
  const { format = "" } = requireKnownOptions(options, { format: true });
  const named = Object.entries(requireObject(columns, "columns", "an object of types by name"));
  return literalType({
    case: "structuredDatasetType",
    value: {
      format,
      columns: named.map(([name, type]) => ({ name, literalType: toLiteralType(type) })),
    },
  });
}

/**
 * Returns the type of a string that is one of some values.
 *
 * @throws InvalidOptionError when there are none
 */
export function enumType(values: readonly string[]): LiteralType {
  return literalType({ case: "enumType", value: { values: requireSome(values, "values") } });
}

/**
 * Returns the type of a value that has one of some types; an optional value is a union with `"none"`.
 *
 * @throws InvalidOptionError when there are none
 */
export function unionType(variants: readonly LiteralTypeInput[]): LiteralType {
  const types = requireSome(variants, "variants").map(toLiteralType);
  return literalType({ case: "unionType", value: { variants: types } });
}

/** Returns the message of a type that is given by name or as a message. */
export function toLiteralType(type: LiteralTypeInput): LiteralType {
  if (typeof type === "string") return simpleType(type);
  const form = 'a type such as "integer" or listType("integer")';
  return requireMessage(LiteralTypeSchema, requireObject(type, "type", form), "type");
}

function literalType(
  type: NonNullable<MessageInitShape<typeof LiteralTypeSchema>["type"]>,
): LiteralType {
  return create(LiteralTypeSchema, { type });
}

function requireSome<T>(items: readonly T[], option: string): T[] {
  const given: unknown = items;
  if (Array.isArray(given) && items.length > 0) return [...items];
  throw invalidOption(option, "an array with at least one item", given);
}

/** The inputs and outputs of a task or a workflow, with their types by name. */
export interface TypedInterfaceInput {
  /** @defaultValue none */
  readonly inputs?: Readonly<Record<string, LiteralTypeInput>> | undefined;
  /** @defaultValue none */
  readonly outputs?: Readonly<Record<string, LiteralTypeInput>> | undefined;
}

const typedInterfaceNames: OptionNames<TypedInterfaceInput> = { inputs: true, outputs: true };

/**
 * Returns the interface of a task or a workflow.
 *
 * @example
 * ```ts
 * typedInterface({ inputs: { epochs: "integer" }, outputs: { model: blobType() } });
 * ```
 * @throws InvalidOptionError for a type that does not exist
 */
export function typedInterface(input: TypedInterfaceInput): TypedInterface {
  const { inputs = {}, outputs = {} } = requireKnownOptions(
    input,
    typedInterfaceNames,
    "interface",
    "an object with inputs and outputs",
  );
  return create(TypedInterfaceSchema, {
    inputs: { variables: variables(inputs) },
    outputs: { variables: variables(outputs) },
  });
}

function variables(
  types: Readonly<Record<string, LiteralTypeInput>>,
): Record<string, { type: LiteralType }> {
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, { type: toLiteralType(type) }]),
  );
}
