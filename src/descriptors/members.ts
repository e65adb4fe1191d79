import {
  ScalarType,
  type DescEnum,
  type DescField,
  type DescMessage,
  type DescOneof,
} from "@bufbuild/protobuf";
import { protoCamelCase, safeObjectProperty } from "@bufbuild/protobuf/reflect";
import type { FieldDescriptorProto } from "@bufbuild/protobuf/wkt";

import { deprecatedField, fieldProto } from "./field-proto.js";
import {
  explicit,
  implicit,
  repeated,
  scalarOf,
  typeEnum,
  typeMessage,
  typeString,
} from "./numbers.js";
import { numbering, reservedRange } from "./numbered.js";
import { protoOf } from "./proto.js";
import { messageOptions, messageProto } from "./type-protos.js";
import { findType, type Types } from "./types.js";

/** Adds the fields and oneofs that the entries of a message tell, which name their types. */
export function addMembers(message: DescMessage, entries: readonly string[], types: Types): void {
  const read = numbering(1);
  let oneof: DescOneof | undefined;
  for (const entry of entries) {
    if (entry.startsWith("^")) {
      message.proto.reservedRange.push(
        protoOf("DescriptorProto.ReservedRange", {}, reservedRange(entry)),
      );
    } else if (entry.startsWith("|")) {
      oneof = entry === "|" ? undefined : addOneof(message, entry.slice(1));
    } else {
      const [label = "", type = "i", mark] = entry.split(" ");
      const field = newField(
        message,
        oneof,
        { ...read(label), type, deprecated: mark === "!" },
        types,
      );
      message.fields.push(field);
      message.field[field.localName] = field;
      message.proto.field.push(field.proto);
      (oneof?.fields ?? message.members).push(field);
    }
  }
}

function addOneof(parent: DescMessage, name: string): DescOneof {
  const oneof: DescOneof = {
    kind: "oneof",
    proto: protoOf("OneofDescriptorProto", {}, { name }),
    deprecated: false,
    parent,
    fields: [],
    name,
    localName: safeObjectProperty(protoCamelCase(name)),
    toString: () => `oneof ${parent.typeName}.${name}`,
  };
  parent.oneofs.push(oneof);
  parent.members.push(oneof);
  parent.proto.oneofDecl.push(oneof.proto);
  return oneof;
}

interface FieldEntry {
  readonly name: string;
  readonly number: number;
  readonly type: string;
  readonly deprecated: boolean;
}

function newField(
  parent: DescMessage,
  oneof: DescOneof | undefined,
  { name, number, type, deprecated }: FieldEntry,
  types: Types,
): DescField {
  const isList = type.startsWith("*");
  const isMap = type.startsWith("%");
  const element = elementOf(type.replace(/^[*%]/, ""), types);
  const { kind, message, scalar } = element;
  const camelName = protoCamelCase(name);
  const proto = fieldProto({
    name,
    jsonName: camelName,
    number,
    ...(isMap ? mapEntryOf(parent, camelName, element.proto) : element.proto),
    ...((isList || isMap) && { label: repeated }),
    ...(oneof && { oneofIndex: parent.oneofs.indexOf(oneof) }),
    ...(deprecated && { options: deprecatedField() }),
  });
  const isSingular = !isList && !isMap;
  const isPackable =
    kind !== "message" && scalar !== ScalarType.STRING && scalar !== ScalarType.BYTES;
  // Which parts go with which kind is beyond the compiler; the build compares each field with protobuf's own.
  return {
    kind: "field",
    fieldKind: isList ? "list" : isMap ? "map" : kind,
    proto,
    deprecated,
    name,
    number,
    parent,
    oneof,
    localName: oneof ? camelName : safeObjectProperty(camelName),
    jsonName: camelName,
    scalar,
    message,
    enum: element.enum,
    presence: isSingular && (oneof !== undefined || kind === "message") ? explicit : implicit,
    utf8Validation: true,
    listKind: isList ? kind : undefined,
    mapKind: isMap ? kind : undefined,
    mapKey: isMap ? ScalarType.STRING : undefined,
    delimitedEncoding: isMap || kind === "message" ? false : undefined,
    packed: isList ? isPackable : undefined,
    longAsString: false,
    getDefaultValue: isSingular ? () => undefined : undefined,
    toString: () => `field ${parent.typeName}.${name}`,
  } as DescField;
}

interface Element {
  readonly kind: "message" | "enum" | "scalar";
  readonly message: DescMessage | undefined;
  readonly enum: DescEnum | undefined;
  readonly scalar: ScalarType | undefined;
  readonly proto: Pick<FieldDescriptorProto, "type"> & { readonly typeName?: string };
}

/** The type of a field, or of what a list or map holds: a letter for a scalar, else a name. */
function elementOf(type: string, types: Types): Element {
  if (type.length === 1) {
    const { scalar, ...proto } = scalarOf(type);
    return { kind: "scalar", message: undefined, enum: undefined, scalar, proto };
  }
  const found = findType(types, type);
  const typeName = `.${found.typeName}`;
  return found.kind === "message"
    ? {
        kind: "message",
        message: found,
        enum: undefined,
        scalar: undefined,
        proto: { type: typeMessage, typeName },
      }
    : {
        kind: "enum",
        message: undefined,
        enum: found,
        scalar: undefined,
        proto: { type: typeEnum, typeName },
      };
}

/** Adds the message that the entries of a map are on the wire, and gives the type that the field then has. */
function mapEntryOf(
  parent: DescMessage,
  camelName: string,
  value: Element["proto"],
): Element["proto"] {
  const name = `${camelName.charAt(0).toUpperCase()}${camelName.slice(1)}Entry`;
  const entry = messageProto(name, messageOptions("mapEntry"));
  entry.field.push(
    fieldProto({ name: "key", jsonName: "key", number: 1, type: typeString }),
    fieldProto({ name: "value", jsonName: "value", number: 2, ...value }),
  );
  parent.proto.nestedType.push(entry);
  return { type: typeMessage, typeName: `.${parent.typeName}.${name}` };
}
