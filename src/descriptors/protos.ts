/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment --
   Their enums are in the module of protobuf's own descriptors, all of which they would bring along. */
import { protoCamelCase } from "@bufbuild/protobuf/reflect";
import type {
  DescriptorProto,
  EnumDescriptorProto,
  EnumValueDescriptorProto,
  FieldDescriptorProto,
  FieldOptions,
  FileDescriptorProto,
  MessageOptions,
  MethodDescriptorProto,
  MethodOptions,
  OneofDescriptorProto,
  ServiceDescriptorProto,
} from "@bufbuild/protobuf/wkt";

const unset = 0;
const singular: FieldDescriptorProto["label"] = 1;
const repeated: FieldDescriptorProto["label"] = 3;

// The values of unset fields, of which each becomes the prototype of all messages of a type.
const fileUnset = { edition: unset };
const messageUnset = { visibility: unset };
const messageOptionsUnset = {
  messageSetWireFormat: false,
  noStandardDescriptorAccessor: false,
  deprecated: false,
  mapEntry: false,
  deprecatedLegacyJsonFieldConflicts: false,
};
const fieldUnset = {
  typeName: "",
  extendee: "",
  defaultValue: "",
  oneofIndex: 0,
  proto3Optional: false,
};
const fieldOptionsUnset = {
  packed: false,
  lazy: false,
  unverifiedLazy: false,
  weak: false,
  debugRedact: false,
  ctype: unset,
  jstype: unset,
  retention: unset,
};
const methodUnset = { clientStreaming: false, serverStreaming: false };
const methodOptionsUnset = { deprecated: false, idempotencyLevel: unset };
const rangeUnset = { start: 0, end: 0 };
const nothingUnset = {};

/** The type of a field that is a string. */
export const typeString: FieldDescriptorProto["type"] = 9;
/** The type of a field that is a message. */
export const typeMessage: FieldDescriptorProto["type"] = 11;
/** The type of a field that is an enum. */
export const typeEnum: FieldDescriptorProto["type"] = 14;

/**
 * A message of protobuf's own descriptors as `create` makes it: the values of fields that are
 * unset are in its prototype, where protobuf distinguishes them from fields that are set to the same.
 */
function protoOf<const Name extends string, Unset extends object, Set extends object>(
  name: Name,
  unsetFields: Unset,
  setFields: Set,
): { $typeName: `google.protobuf.${Name}` } & Unset & Set {
  const typeName = { $typeName: `google.protobuf.${name}` } as const;
  // Object.create returns any, whatever the prototype is.
  return Object.assign(Object.create(unsetFields) as Unset, typeName, setFields);
}

/** The compiled descriptor of a proto3 file, without its types. */
export function fileProto(
  name: string,
  packageName: string,
  dependency: string[],
): FileDescriptorProto {
  return protoOf("FileDescriptorProto", fileUnset, {
    name,
    package: packageName,
    dependency,
    publicDependency: [],
    weakDependency: [],
    optionDependency: [],
    messageType: [],
    enumType: [],
    service: [],
    extension: [],
    syntax: "proto3",
  });
}

/** The compiled descriptor of a message, without its fields and types. */
export function messageProto(
  name: string,
  option: "deprecated" | "mapEntry" | undefined,
): DescriptorProto {
  return protoOf("DescriptorProto", messageUnset, {
    name,
    field: [],
    extension: [],
    nestedType: [],
    enumType: [],
    extensionRange: [],
    oneofDecl: [],
    reservedRange: [],
    reservedName: [],
    ...(option && { options: messageOptions(option) }),
  });
}

function messageOptions(option: "deprecated" | "mapEntry"): MessageOptions {
  return protoOf("MessageOptions", messageOptionsUnset, {
    uninterpretedOption: [],
    [option]: true,
  });
}

/** The range of reserved numbers of a message or an enum, from an entry such as `^1 4`. */
export function reservedRange<
  Name extends "DescriptorProto.ReservedRange" | "EnumDescriptorProto.EnumReservedRange",
>(name: Name, entry: string): { $typeName: `google.protobuf.${Name}`; start: number; end: number } {
  const [start = 0, end = 0] = entry.slice(1).split(" ").map(Number);
  return protoOf(name, rangeUnset, { start, end });
}

/** The compiled descriptor of an enum, without its values. */
export function enumProto(name: string): EnumDescriptorProto {
  return protoOf("EnumDescriptorProto", messageUnset, {
    name,
    value: [],
    reservedRange: [],
    reservedName: [],
  });
}

/** The compiled descriptor of an enum's value. */
export function enumValueProto(name: string, number: number): EnumValueDescriptorProto {
  return protoOf("EnumValueDescriptorProto", nothingUnset, { name, number });
}

/** The compiled descriptor of a oneof. */
export function oneofProto(name: string): OneofDescriptorProto {
  return protoOf("OneofDescriptorProto", nothingUnset, { name });
}

/** The type of a field: a message or an enum has a name too. */
export interface FieldType {
  readonly type: FieldDescriptorProto["type"];
  readonly typeName?: string;
}

/** The type of a scalar field, from the letter of its number. */
export function scalarType(letter: string): FieldDescriptorProto["type"] {
  return letter.charCodeAt(0) - 96;
}

/** The properties of a field that the text holds; the rest is the same for all fields of proto3. */
export interface FieldFacts extends FieldType {
  readonly name: string;
  readonly number: number;
  readonly isRepeated?: boolean;
  readonly oneofIndex?: number;
  readonly options?: FieldOptions;
}

/** The compiled descriptor of a field. */
export function fieldProto({ isRepeated, ...facts }: FieldFacts): FieldDescriptorProto {
  return protoOf("FieldDescriptorProto", fieldUnset, {
    label: isRepeated === true ? repeated : singular,
    jsonName: protoCamelCase(facts.name),
    ...facts,
  });
}

/** The options of a deprecated field. */
export function deprecatedField(): FieldOptions {
  return protoOf("FieldOptions", fieldOptionsUnset, {
    targets: [],
    editionDefaults: [],
    uninterpretedOption: [],
    deprecated: true,
  });
}

/** The compiled descriptor of a service, without its methods. */
export function serviceProto(name: string): ServiceDescriptorProto {
  return protoOf("ServiceDescriptorProto", nothingUnset, { name, method: [] });
}

/** The compiled descriptor of a method without streams. */
export function methodProto(
  name: string,
  inputType: string,
  outputType: string,
  isDeprecated: boolean,
): MethodDescriptorProto {
  return protoOf("MethodDescriptorProto", methodUnset, {
    name,
    inputType,
    outputType,
    ...(isDeprecated && { options: deprecatedMethod() }),
  });
}

function deprecatedMethod(): MethodOptions {
  return protoOf("MethodOptions", methodOptionsUnset, {
    uninterpretedOption: [],
    deprecated: true,
  });
}
