import type { FieldDescriptorProto, FieldOptions } from "@bufbuild/protobuf/wkt";

import { singular, unsetFieldOptions } from "./numbers.js";
import { protoOf } from "./proto.js";

/** What the compiled descriptor of a field says; the rest is the same for all fields of proto3. */
export type FieldFacts = Pick<FieldDescriptorProto, "name" | "jsonName" | "number" | "type"> &
  Partial<Pick<FieldDescriptorProto, "label" | "typeName" | "oneofIndex" | "options">>;

/** The compiled descriptor of a field, which is singular unless its label says otherwise. */
export function fieldProto(facts: FieldFacts): FieldDescriptorProto {
  return protoOf(
    "FieldDescriptorProto",
    { typeName: "", extendee: "", defaultValue: "", oneofIndex: 0, proto3Optional: false },
    { label: singular, ...facts },
  );
}

/** The options of a deprecated field. */
export function deprecatedField(): FieldOptions {
  return protoOf(
    "FieldOptions",
    {
      packed: false,
      lazy: false,
      unverifiedLazy: false,
      weak: false,
      debugRedact: false,
      ...unsetFieldOptions,
    },
    {
      targets: [],
      editionDefaults: [],
      uninterpretedOption: [],
      deprecated: true,
    },
  );
}
