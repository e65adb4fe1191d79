import { fromBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { BinaryReader } from "@bufbuild/protobuf/wire";

/** @import { DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, MethodDescriptorProto, ServiceDescriptorProto } from "@bufbuild/protobuf/wkt" */

/**
 * Writes a descriptor as the text that `descriptorBytes` (src/descriptors) reads. What the text has no place
 * for is left out, so the result has to be compared.
 * @param {string} base64 a descriptor as protoc-gen-es writes it
 * @returns {string}
 */
export function descriptorText(base64) {
  const file = fromBinary(FileDescriptorProtoSchema, base64Decode(base64));
  const own = `.${file.package}.`;

  /** @param {string} name */
  const typeName = (name) =>
    name.startsWith(own) && !name.slice(own.length).startsWith(".") ? name.slice(own.length) : name;

  /** @param {number} start @param {number} end */
  const range = (start, end) => `^${start} ${end}`;

  /** @param {FieldDescriptorProto} field @param {number} next */
  const fieldEntry = (field, next) => {
    const words = [
      `${field.label === 3 ? "*" : ""}${field.name}${field.number === next ? "" : `=${field.number}`}`,
      String.fromCharCode(96 + field.type) + typeName(field.typeName),
    ];
    if (field.options?.deprecated === true) words.push("!");
    if (Object.hasOwn(field, "oneofIndex")) words.push(String(field.oneofIndex));
    return words.join(" ");
  };

  /** @param {EnumDescriptorProto} type @returns {string[]} */
  const enumEntries = (type) => [
    `<${type.name}`,
    ...type.value.map(({ name, number }, at) => {
      const next = at === 0 ? 0 : (type.value[at - 1]?.number ?? 0) + 1;
      return number === next ? name : `${name}=${number}`;
    }),
    ...type.reservedRange.map(({ start, end }) => range(start, end)),
    "}",
  ];

  /** @param {DescriptorProto} message @returns {string[]} */
  const messageEntries = (message) => [
    `{${message.name}`,
    ...message.field.map((field, at) =>
      fieldEntry(field, at === 0 ? 1 : (message.field[at - 1]?.number ?? 0) + 1),
    ),
    ...message.nestedType.flatMap(messageEntries),
    ...message.enumType.flatMap(enumEntries),
    ...(message.options?.deprecated === true ? ["!"] : []),
    ...(message.options?.mapEntry === true ? ["%"] : []),
    ...message.oneofDecl.map(({ name }) => `|${name}`),
    ...message.reservedRange.map(({ start, end }) => range(start, end)),
    "}",
  ];

  /** @param {MethodDescriptorProto} method */
  const methodEntry = (method) => {
    const rules = (method.options?.$unknown ?? []).flatMap(({ data }) =>
      routes(new BinaryReader(data).bytes()),
    );
    return [
      method.name,
      typeName(method.inputType),
      typeName(method.outputType),
      ...(method.options?.deprecated === true ? ["!"] : []),
      ...rules,
    ].join(" ");
  };

  /** @param {ServiceDescriptorProto} service @returns {string[]} */
  const serviceEntries = (service) => [`(${service.name}`, ...service.method.map(methodEntry), "}"];

  return [
    [file.name, file.package, file.syntax].join(" "),
    ...file.messageType.flatMap(messageEntries),
    ...file.enumType.flatMap(enumEntries),
    ...file.service.flatMap(serviceEntries),
  ].join(";");
}

/**
 * The routes of an encoded `google.api.HttpRule`, the first one's further bindings after it.
 * @param {Uint8Array} rule
 * @returns {string[]}
 */
function routes(rule) {
  const reader = new BinaryReader(rule);
  let first = "";
  /** @type {string[]} */
  const others = [];
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    if (field === 11) others.push(...routes(reader.bytes()));
    else if (field === 7) first += reader.string() === "*" ? "+" : "";
    else first = `${field}${reader.string()}${first}`;
  }
  return [first, ...others];
}
