/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment --
   Their enums stand in the module of protobuf's own descriptors, all of which they would bring along. */
import type { DescField, DescFile, DescMethod, ScalarType } from "@bufbuild/protobuf";
import type {
  DescriptorProto,
  FieldDescriptorProto,
  FieldOptions,
  FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";

/** The edition of proto3. */
export const proto3: DescFile["edition"] = 999;
/** The edition that the compiled descriptor of a file of proto3 has. */
export const noEdition: FileDescriptorProto["edition"] = 0;
/** The visibility that types of proto3 have. */
export const noVisibility: DescriptorProto["visibility"] = 0;
/** The idempotency of a method that says nothing of it. */
export const unknownIdempotency: DescMethod["idempotency"] = 0;

/** The presence of a field that is known to be set or not. */
export const explicit: DescField["presence"] = 1;
/** The presence of a field that is set when it is not zero. */
export const implicit: DescField["presence"] = 2;

/** The label of a singular field. */
export const singular: FieldDescriptorProto["label"] = 1;
/** The label of a list or a map. */
export const repeated: FieldDescriptorProto["label"] = 3;

/** The type of a field that is a string. */
export const typeString: FieldDescriptorProto["type"] = 9;
/** The type of a field that is a message. */
export const typeMessage: FieldDescriptorProto["type"] = 11;
/** The type of a field that is an enum. */
export const typeEnum: FieldDescriptorProto["type"] = 14;

/** What the options of a field say where they are not given. */
export const unsetFieldOptions: Pick<FieldOptions, "ctype" | "jstype" | "retention"> = {
  ctype: 0,
  jstype: 0,
  retention: 0,
};

/** The type of a scalar field as its descriptor and as its compiled descriptor have it, from the letter of its number. */
export function scalarOf(letter: string): {
  readonly scalar: ScalarType;
  readonly type: FieldDescriptorProto["type"];
} {
  const number = letter.charCodeAt(0) - 96;
  return { scalar: number, type: number };
}
