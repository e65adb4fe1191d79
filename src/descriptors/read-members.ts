import type { DescriptorProto } from "@bufbuild/protobuf/wkt";

import {
  deprecatedField,
  fieldProto,
  type FieldType,
  messageProto,
  oneofProto,
  reservedRange,
  scalarType,
  typeEnum,
  typeMessage,
  typeString,
} from "./protos.js";
import { findType, type Types } from "./types.js";

/** Reads the fields, oneofs and reserved numbers of a message from its entries. */
export function readMembers(
  message: DescriptorProto,
  typeName: string,
  entries: readonly string[],
  types: Types,
): void {
  let next = 1;
  let isInOneof = false;
  for (const entry of entries) {
    if (entry.startsWith("^")) {
      message.reservedRange.push(reservedRange("DescriptorProto.ReservedRange", entry));
    } else if (entry.startsWith("|")) {
      isInOneof = entry !== "|";
      if (isInOneof) message.oneofDecl.push(oneofProto(entry.slice(1)));
    } else {
      const [label = "", typeText = "i", mark] = entry.split(" ");
      const [name = "", given = next] = label.split("=");
      const number = Number(given);
      next = number + 1;
      const isMap = typeText.startsWith("%");
      const type = fieldType(typeText.replace(/^[*%]/, ""), types);
      message.field.push(
        fieldProto({
          name,
          number,
          ...(isMap ? mapEntry(message, typeName, name, type) : type),
          isRepeated: isMap || typeText.startsWith("*"),
          ...(isInOneof && { oneofIndex: message.oneofDecl.length - 1 }),
          ...(mark === "!" && { options: deprecatedField() }),
        }),
      );
    }
  }
}

/** The type of a field, or of what a list or map holds: a letter for a scalar, else a name. */
function fieldType(text: string, types: Types): FieldType {
  if (text.length === 1) return { type: scalarType(text) };
  const { typeName, isEnum } = findType(types, text);
  return { type: isEnum ? typeEnum : typeMessage, typeName };
}

/** Adds the message that the entries of a map are on the wire, and returns the type that the field then has. */
function mapEntry(
  parent: DescriptorProto,
  parentName: string,
  fieldName: string,
  value: FieldType,
): FieldType {
  const name = `${fieldName.replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase())}Entry`;
  const entry = messageProto(name, "mapEntry");
  entry.field.push(
    fieldProto({ name: "key", number: 1, type: typeString }),
    fieldProto({ name: "value", number: 2, ...value }),
  );
  parent.nestedType.push(entry);
  return { type: typeMessage, typeName: `.${parentName}.${name}` };
}
