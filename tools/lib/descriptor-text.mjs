import { BinaryReader } from "@bufbuild/protobuf/wire";
import { nestedTypes } from "@bufbuild/protobuf/reflect";

/** @import { DescEnum, DescField, DescFile, DescMessage, DescMethod, DescOneof, DescService } from "@bufbuild/protobuf" */

/**
 * Writes a file as the text that `fileOfText` (src/descriptors) reads. What the text has no place for is left
 * out, so what is read from it has to be compared.
 * @param {DescFile} file
 * @returns {string}
 */
export function descriptorText(file) {
  /** @type {Map<string, string>} */
  const seen = new Map();
  for (const each of [...file.dependencies, file]) {
    for (const type of nestedTypes(each)) seen.set(shortName(type), type.typeName);
  }

  /** @param {DescMessage | DescEnum} type */
  const typeName = (type) =>
    seen.get(shortName(type)) === type.typeName ? shortName(type) : `.${type.typeName}`;

  /** @param {DescField} field */
  const type = (field) =>
    `${field.fieldKind === "list" ? "*" : field.fieldKind === "map" ? "%" : ""}${
      field.message || field.enum
        ? typeName(field.message ?? field.enum)
        : String.fromCharCode(96 + field.scalar)
    }`;

  /** @param {DescField} field @param {number} at */
  const fieldEntry = (field, at) => {
    const next = (field.parent.fields[at - 1]?.number ?? 0) + 1;
    const words = [numbered(field, next), type(field)];
    if (field.deprecated) words.push("!");
    return words.join(" ").replace(/ i$/, "");
  };

  /** @param {DescMessage} message @returns {string[]} */
  const memberEntries = (message) => {
    /** @type {DescOneof | undefined} */
    let open;
    const entries = message.fields.flatMap((field, at) => {
      const marks = field.oneof === open ? [] : [`|${field.oneof?.name ?? ""}`];
      open = field.oneof;
      return [...marks, fieldEntry(field, at)];
    });
    return entries;
  };

  /** @param {DescMessage} message @returns {string[]} */
  const messageEntries = (message) => [
    `{${message.name}${message.deprecated ? " !" : ""}`,
    ...memberEntries(message),
    ...message.nestedMessages.flatMap(messageEntries),
    ...message.nestedEnums.flatMap(enumEntries),
    ...message.proto.reservedRange.map(rangeEntry),
    "}",
  ];

  /** @param {DescMethod} method */
  const methodEntry = (method) =>
    [
      method.name,
      typeName(method.input),
      typeName(method.output),
      ...(method.deprecated ? ["!"] : []),
      ...(method.proto.options?.$unknown ?? []).flatMap(({ data }) =>
        routes(new BinaryReader(data).bytes()),
      ),
    ].join(" ");

  /** @param {DescService} service @returns {string[]} */
  const serviceEntries = (service) => [
    `(${service.name}`,
    ...service.methods.map(methodEntry),
    "}",
  ];

  return [
    file.name,
    ...file.messages.flatMap(messageEntries),
    ...file.enums.flatMap(enumEntries),
    ...file.services.flatMap(serviceEntries),
  ].join(";");
}

/**
 * The name of a type within its package.
 * @param {{ readonly typeName: string; readonly file: DescFile }} type
 */
function shortName({ typeName, file }) {
  return typeName.slice(file.proto.package.length + 1);
}

/** @param {{ readonly name: string; readonly number: number }} entry @param {number} next */
function numbered({ name, number }, next) {
  return number === next ? name : `${name}=${number}`;
}

/** @param {DescEnum} type @returns {string[]} */
function enumEntries(type) {
  return [
    `<${type.name}`,
    ...type.values.map((value, at) => numbered(value, (type.values[at - 1]?.number ?? -1) + 1)),
    ...type.proto.reservedRange.map(rangeEntry),
    "}",
  ];
}

/** @param {{ readonly start: number; readonly end: number }} range */
function rangeEntry({ start, end }) {
  return `^${start} ${end}`;
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
