import type {
  DescriptorProto,
  EnumDescriptorProto,
  FileDescriptorProto,
  MessageOptions,
} from "@bufbuild/protobuf/wkt";

import { noEdition, noVisibility } from "./numbers.js";
import { protoOf } from "./proto.js";

/** The compiled descriptor of a proto3 file, without its types. */
export function fileProto(
  name: string,
  packageName: string,
  dependency: string[],
): FileDescriptorProto {
  return protoOf(
    "FileDescriptorProto",
    { edition: noEdition },
    {
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
    },
  );
}

/** The compiled descriptor of a message, without its fields and types. */
export function messageProto(name: string, options: MessageOptions | undefined): DescriptorProto {
  return protoOf(
    "DescriptorProto",
    { visibility: noVisibility },
    {
      name,
      field: [],
      extension: [],
      nestedType: [],
      enumType: [],
      extensionRange: [],
      oneofDecl: [],
      reservedRange: [],
      reservedName: [],
      ...(options && { options }),
    },
  );
}

/** The options of a message, with one that is true. */
export function messageOptions(option: "deprecated" | "mapEntry"): MessageOptions {
  return protoOf(
    "MessageOptions",
    {
      messageSetWireFormat: false,
      noStandardDescriptorAccessor: false,
      deprecated: false,
      mapEntry: false,
      deprecatedLegacyJsonFieldConflicts: false,
    },
    {
      uninterpretedOption: [],
      ...(option === "mapEntry" ? { mapEntry: true } : { deprecated: true }),
    },
  );
}

/** The compiled descriptor of an enum, without its values. */
export function enumProto(name: string): EnumDescriptorProto {
  return protoOf(
    "EnumDescriptorProto",
    { visibility: noVisibility },
    {
      name,
      value: [],
      reservedRange: [],
      reservedName: [],
    },
  );
}
