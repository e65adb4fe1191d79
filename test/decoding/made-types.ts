import { create, createFileRegistry, type DescMessage } from "@bufbuild/protobuf";
import {
  type FieldDescriptorProto,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  FieldDescriptorProtoSchema,
  FieldOptions_JSType as JsType,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_struct,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";

const noScalars: readonly Type[] = [Type.GROUP, Type.MESSAGE, Type.ENUM];
const noKeys: readonly Type[] = [Type.FLOAT, Type.DOUBLE, Type.BYTES];
const scalars = Object.values(Type).filter(
  (type): type is Type => typeof type === "number" && !noScalars.includes(type),
);

interface FieldOfMade {
  readonly name: string;
  readonly number: number;
  readonly type: Type;
  readonly typeName?: string;
  readonly repeated?: boolean;
  readonly oneofIndex?: number;
  readonly optional?: boolean;
  readonly jsType?: JsType;
  readonly defaultValue?: string;
}

function field(made: FieldOfMade): FieldDescriptorProto {
  return create(FieldDescriptorProtoSchema, {
    name: made.name,
    number: made.number,
    type: made.type,
    label: made.repeated === true ? Label.REPEATED : Label.OPTIONAL,
    ...(made.typeName === undefined ? {} : { typeName: made.typeName }),
    ...(made.oneofIndex === undefined ? {} : { oneofIndex: made.oneofIndex }),
    ...(made.optional === true ? { proto3Optional: true } : {}),
    ...(made.jsType === undefined ? {} : { options: { jstype: made.jsType } }),
    ...(made.defaultValue === undefined ? {} : { defaultValue: made.defaultValue }),
  });
}

/** The messages that stand in one place each: a field, a list, a oneof and a map. */
const kept = [
  ".made.Forms",
  ".made.Old",
  ".made.LongText",
  ".google.protobuf.Struct",
  ".google.protobuf.Value",
  ".google.protobuf.ListValue",
  ".google.protobuf.BoolValue",
  ".google.protobuf.StringValue",
  ".google.protobuf.Int64Value",
  ".google.protobuf.BytesValue",
  ".google.protobuf.DoubleValue",
];

const keyFields = scalars
  .filter((type) => !noKeys.includes(type))
  .map((key, index) => ({
    entry: `M${200 + index}Entry`,
    number: 200 + index,
    key,
    value: index % 2 ? Type.INT64 : Type.BYTES,
    typeName: undefined,
  }));
const valueFields = [...kept, ".made.Color"].map((typeName, index) => ({
  entry: `M${220 + index}Entry`,
  number: 220 + index,
  key: Type.STRING,
  value: typeName === ".made.Color" ? Type.ENUM : Type.MESSAGE,
  typeName,
}));
const maps = [...keyFields, ...valueFields];

/** A file of proto3 with every form that a field can have, and one of proto2. */
const files = [
  create(FileDescriptorProtoSchema, {
    name: "old.proto",
    package: "made",
    syntax: "proto2",
    messageType: [
      {
        name: "Old",
        field: [
          field({ name: "number", number: 1, type: Type.INT32, defaultValue: "7" }),
          field({ name: "text", number: 2, type: Type.STRING }),
          field({ name: "kind", number: 3, type: Type.ENUM, typeName: ".made.OldKind" }),
          field({ name: "part", number: 4, type: Type.GROUP, typeName: ".made.Old.Part" }),
          field({ name: "old", number: 5, type: Type.MESSAGE, typeName: ".made.Old" }),
        ],
        nestedType: [{ name: "Part", field: [field({ name: "id", number: 1, type: Type.INT64 })] }],
      },
    ],
    enumType: [
      {
        name: "OldKind",
        value: [
          { name: "A", number: 1 },
          { name: "B", number: 2 },
        ],
      },
    ],
  }),
  create(FileDescriptorProtoSchema, {
    name: "forms.proto",
    package: "made",
    syntax: "proto3",
    dependency: ["old.proto", "google/protobuf/struct.proto", "google/protobuf/wrappers.proto"],
    messageType: [
      {
        name: "Forms",
        oneofDecl: [{ name: "choice" }, { name: "_maybe" }],
        field: [
          ...scalars.map((type) => field({ name: `one_${type}`, number: type, type })),
          ...scalars.map((type) =>
            field({ name: `list_${type}`, number: 20 + type, type, repeated: true }),
          ),
          ...scalars.map((type) =>
            field({ name: `choice_${type}`, number: 40 + type, type, oneofIndex: 0 }),
          ),
          field({ name: "color", number: 60, type: Type.ENUM, typeName: ".made.Color" }),
          field({
            name: "colors",
            number: 61,
            type: Type.ENUM,
            typeName: ".made.Color",
            repeated: true,
          }),
          field({
            name: "choice_color",
            number: 62,
            type: Type.ENUM,
            typeName: ".made.Color",
            oneofIndex: 0,
          }),
          field({ name: "maybe", number: 63, type: Type.STRING, oneofIndex: 1, optional: true }),
          ...kept.flatMap((typeName, index) => [
            field({ name: `kept_${index}`, number: 100 + index, type: Type.MESSAGE, typeName }),
            field({
              name: `kept_list_${index}`,
              number: 120 + index,
              type: Type.MESSAGE,
              typeName,
              repeated: true,
            }),
            field({
              name: `kept_choice_${index}`,
              number: 140 + index,
              type: Type.MESSAGE,
              typeName,
              oneofIndex: 0,
            }),
          ]),
          ...maps.map(({ number }) =>
            field({
              name: `m${number}`,
              number,
              type: Type.MESSAGE,
              typeName: `.made.Forms.M${number}Entry`,
              repeated: true,
            }),
          ),
        ],
        nestedType: maps.map(({ entry, key, value, typeName }) => ({
          name: entry,
          options: { mapEntry: true },
          field: [
            field({ name: "key", number: 1, type: key }),
            field({
              name: "value",
              number: 2,
              type: value,
              ...(typeName === undefined ? {} : { typeName }),
            }),
          ],
        })),
      },
      {
        name: "LongText",
        field: [
          field({ name: "id", number: 1, type: Type.INT64, jsType: JsType.JS_STRING }),
          field({
            name: "ids",
            number: 2,
            type: Type.UINT64,
            jsType: JsType.JS_STRING,
            repeated: true,
          }),
        ],
      },
    ],
    enumType: [
      {
        name: "Color",
        value: [
          { name: "RED", number: 0 },
          { name: "BLUE", number: 1 },
        ],
      },
    ],
  }),
];

const registry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: [file_google_protobuf_struct.proto, file_google_protobuf_wrappers.proto, ...files],
  }),
);

/** A type of ours for tests, by its name. */
export function madeType(name: "Forms" | "Old" | "LongText"): DescMessage {
  const desc = registry.getMessage(`made.${name}`);
  if (desc === undefined) throw new Error(`there is no made.${name}`);
  return desc;
}
