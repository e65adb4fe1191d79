import {
  create,
  type DescEnum,
  type DescField,
  type DescMessage,
  type DescOneof,
  type MessageInitShape,
  type MessageShape,
  ScalarType,
} from "@bufbuild/protobuf";

import { InvalidOptionError } from "../errors/index.js";
import {
  findUnknownName,
  invalidOption,
  isObject,
  requireObject,
  suggestionOf,
} from "../internal/validation/index.js";
import { timestampOf } from "./times.js";

/**
 * Checks a message that a caller wrote, at every depth, and creates it. protobuf-es ignores names that it does not
 * know and encodes strings for numbers as NaN. Enum values may be names, 64-bit integers safe numbers, and timestamps
 * Dates.
 *
 * @param argument - what the argument is called; errors name the place under it
 * @throws InvalidOptionError
 */
export function requireMessage<Desc extends DescMessage>(
  schema: Desc,
  init: object,
  argument: string,
): MessageShape<Desc> {
  // What is checked has the shape of the schema; the walk over descriptors cannot say so in types.
  return create(schema, checkMessage(schema, init, argument) as MessageInitShape<Desc>);
}

function checkMessage(schema: DescMessage, given: unknown, path: string): object {
  const init = requireObject(given, path, expectedOf(schema));
  const type: unknown = Reflect.get(init, "$typeName");
  if (typeof type === "string" && type !== schema.typeName) {
    const problem = `${path} must be ${expectedOf(schema)}, got a message ${type}.`;
    throw new InvalidOptionError(problem, { option: path });
  }
  checkNames(schema, init, path);
  const checked: [name: string, value: unknown][] = [];
  let isChanged = false;
  for (const [name, value] of Object.entries(init)) {
    if (name.startsWith("$") || value === undefined || value === null) continue;
    const at = `${path}.${name}`;
    const member = schema.members.find(({ localName }) => localName === name);
    if (member === undefined) continue;
    const next =
      member.kind === "oneof" ? checkOneof(member, value, at) : checkField(member, value, at);
    isChanged ||= next !== value;
    checked.push([name, next]);
  }
  // An unchanged message stays itself, with the fields that this version does not know.
  return isChanged ? Object.fromEntries(checked) : init;
}

function checkNames(schema: DescMessage, init: object, path: string): void {
  const names = Object.fromEntries(
    schema.members.map(({ localName }) => [localName, true as const]),
  );
  const choice = schema.oneofs
    .flatMap(({ fields }) => fields)
    .find(({ localName }) => Object.hasOwn(init, localName) && !Object.hasOwn(names, localName));
  if (choice?.oneof !== undefined) {
    const remedy = `Write ${choice.oneof.localName}: { case: "${choice.localName}", value }.`;
    const problem = `${choice.localName} is not a property of ${path}. ${remedy}`;
    throw new InvalidOptionError(problem, { option: choice.localName });
  }
  const unknown = findUnknownName(init, names, path);
  const [only, ...others] = schema.fields;
  if (unknown !== undefined && only?.fieldKind === "map" && others.length === 0) {
    // Labels, annotations and attributes are such a map: protobuf has no field that is one by itself.
    const written = `${path}: { ${only.localName}: { ${unknown.name} } }`;
    const problem = `${unknown.name} is not a property of ${path}. Write ${written}.`;
    throw new InvalidOptionError(problem, { option: unknown.name });
  }
  if (unknown !== undefined) throw new InvalidOptionError(unknown.text, { option: unknown.name });
}

function checkOneof({ fields, localName }: DescOneof, value: unknown, path: string): unknown {
  const [first] = fields;
  const form = `an object such as { case: "${first?.localName ?? localName}", value }`;
  const given = requireObject(value, path, form);
  const choice: unknown = Reflect.get(given, "case");
  if (choice === undefined) return value;
  const field = fields.find((each) => each.localName === choice);
  if (field === undefined) {
    const names = fields.map((each) => each.localName);
    const expected = `one of ${names.join(", ")}`;
    throw invalidOption(`${path}.case`, expected, choice, suggestionOf(choice, names));
  }
  const held: unknown = Reflect.get(given, "value");
  const next = checkField(field, held, `${path}.value`);
  return next === held ? value : { case: choice, value: next };
}

function checkField(field: DescField, value: unknown, path: string): unknown {
  switch (field.fieldKind) {
    case "list":
      if (!Array.isArray(value)) throw invalidOption(path, "an array", value);
      return kept(
        value,
        value.map((item: unknown, at) => checkItem(field, item, `${path}[${at}]`)),
      );
    case "map": {
      if (!isObject(value)) throw invalidOption(path, "an object", value);
      const entries = Object.entries(value).map(([key, item]) => {
        return [key, checkItem(field, item, `${path}.${key}`)] as const;
      });
      const isSame = entries.every(([key, item]) => item === Reflect.get(value, key));
      return isSame ? value : Object.fromEntries(entries);
    }
    default:
      return checkItem(field, value, path);
  }
}

function kept(given: readonly unknown[], checked: readonly unknown[]): readonly unknown[] {
  return checked.every((item, at) => item === given[at]) ? given : checked;
}

function checkItem(field: DescField, value: unknown, path: string): unknown {
  if (field.message !== undefined) return checkMessageItem(field.message, field, value, path);
  if (field.enum !== undefined) return checkEnum(field.enum, value, path);
  return checkScalar(field.scalar, value, path);
}

function checkMessageItem(
  message: DescMessage,
  field: DescField,
  value: unknown,
  path: string,
): unknown {
  if (message.typeName === "google.protobuf.Timestamp" && value instanceof Date) {
    if (Number.isNaN(value.getTime())) {
      throw new InvalidOptionError(`${path} is an invalid Date.`, { option: path });
    }
    return timestampOf(value);
  }
  const [wrapped] = message.fields;
  const isWrapper = /^google\.protobuf\.\w+Value$/.test(message.typeName);
  // protobuf-es unwraps these where they are a field of their own.
  if (
    isWrapper &&
    wrapped?.scalar !== undefined &&
    field.fieldKind === "message" &&
    field.oneof === undefined
  ) {
    return checkScalar(wrapped.scalar, value, path);
  }
  // Struct, Value and Any are JSON or bytes, of any shape.
  if (isJson.has(message.typeName)) return value;
  return checkMessage(message, value, path);
}

const isJson: ReadonlySet<string> = new Set(
  ["Struct", "Value", "ListValue", "Any"].map((name) => `google.protobuf.${name}`),
);

function checkEnum({ values }: DescEnum, value: unknown, path: string): unknown {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  const named = values.find(({ localName, name }) => value === localName || value === name);
  if (named !== undefined) return named.number;
  const names = values.map(({ localName }) => localName);
  const expected = `one of ${names.join(", ")}, or its number`;
  throw invalidOption(path, expected, value, suggestionOf(value, names));
}

function checkScalar(scalar: ScalarType, value: unknown, path: string): unknown {
  switch (scalar) {
    case ScalarType.STRING:
      if (typeof value === "string") return value;
      throw invalidOption(path, "a string", value);
    case ScalarType.BOOL:
      if (typeof value === "boolean") return value;
      throw invalidOption(path, "a boolean", value);
    case ScalarType.BYTES:
      if (value instanceof Uint8Array) return value;
      throw invalidOption(path, "a Uint8Array", value);
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      if (typeof value === "number") return value;
      throw invalidOption(path, "a number", value);
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      if (typeof value === "bigint") return value;
      if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
      throw invalidOption(path, "a bigint, or a safe integer", value);
    default:
      if (typeof value === "number" && Number.isInteger(value)) return value;
      throw invalidOption(path, "an integer", value);
  }
}

function expectedOf({ typeName, name, members }: DescMessage): string {
  if (typeName === "flyteidl.core.LiteralType")
    return 'a LiteralType, such as simpleType("integer")';
  if (typeName === "google.protobuf.Duration") return "a Duration, such as { seconds: 5n }";
  if (typeName === "google.protobuf.Timestamp") return "a Timestamp, or a Date";
  const [first] = members;
  return first === undefined ? `a ${name}` : `a ${name}, such as { ${first.localName} }`;
}
