import type { DescEnum, DescFile, DescMessage } from "@bufbuild/protobuf";
import { safeObjectProperty } from "@bufbuild/protobuf/reflect";

import { numbering, reservedRange } from "./numbered.js";
import { protoOf } from "./proto.js";
import { enumProto } from "./type-protos.js";

/** Adds an enum, out of the entries up to its end, to the message or file that it stands in. */
export function addEnum(
  file: DescFile,
  parent: DescMessage | undefined,
  name: string,
  entries: Iterable<string>,
): void {
  const proto = enumProto(name);
  const read = numbering(0);
  for (const entry of entries) {
    if (entry === "}") break;
    if (entry.startsWith("^")) {
      proto.reservedRange.push(
        protoOf("EnumDescriptorProto.EnumReservedRange", {}, reservedRange(entry)),
      );
    } else {
      proto.value.push(protoOf("EnumValueDescriptorProto", {}, read(entry)));
    }
  }
  const sharedPrefix = sharedPrefixOf(proto);
  const desc: DescEnum = {
    kind: "enum",
    proto,
    deprecated: false,
    file,
    parent,
    open: true,
    name,
    typeName: `${parent?.typeName ?? file.proto.package}.${name}`,
    value: {},
    values: [],
    sharedPrefix,
    toString: () => `enum ${desc.typeName}`,
  };
  for (const value of proto.value) {
    const { name: valueName, number } = value;
    const valueDesc = {
      kind: "enum_value" as const,
      proto: value,
      deprecated: false,
      parent: desc,
      name: valueName,
      localName: safeObjectProperty(valueName.slice(sharedPrefix?.length)),
      number,
      // What protobuf writes into JSON from 2.16 on.
      jsonName: valueName,
      toString: () => `enum value ${desc.typeName}.${valueName}`,
    };
    desc.values.push(valueDesc);
    desc.value[number] = valueDesc;
  }
  (parent?.nestedEnums ?? file.enums).push(desc);
  (parent?.proto ?? file.proto).enumType.push(proto);
}

/** The name of an enum in snake case, if all values begin with it and go on as identifiers. */
function sharedPrefixOf({ name, value }: DescEnum["proto"]): string | undefined {
  const prefix = `${name.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase()}_`;
  return value.every(
    (each) =>
      each.name.toLowerCase().startsWith(prefix) && /^\D/.test(each.name.slice(prefix.length)),
  )
    ? prefix
    : undefined;
}
