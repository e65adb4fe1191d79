import {
  createFileRegistry,
  type DescFile,
  type DescMessage,
  type DescMethodUnary,
} from "@bufbuild/protobuf";
import type {
  DescriptorProto,
  EnumDescriptorProto,
  FileDescriptorProto,
  MethodDescriptorProto,
  ServiceDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import {
  deprecatedField,
  enumProto,
  enumValueProto,
  fieldProto,
  type FieldType,
  fileProto,
  messageProto,
  methodProto,
  oneofProto,
  reservedRange,
  scalarType,
  serviceProto,
  typeEnum,
  typeMessage,
  typeString,
} from "./protos.js";
import { findType, type Types, typesOf } from "./types.js";

/**
 * Makes the descriptor of a file from the text that gen/ holds for it; README.md describes the format. The text
 * becomes a FileDescriptorProto, of which protobuf-es makes the descriptor.
 *
 * @param imports the files whose types the text names, in the order they were written in
 * @throws Error when the text names a type that neither the file nor its imports have
 */
export function fileFromText(text: string, imports: readonly DescFile[] = []): DescFile {
  const proto = readFile(text, imports);
  const registry = createFileRegistry(proto, (name) =>
    withoutImports(imports.find((file) => file.proto.name === name)),
  );
  const file = registry.getFile(proto.name);
  if (file === undefined) throw new Error(`protobuf-es made no file ${proto.name}`);
  file.dependencies.splice(0, file.dependencies.length, ...imports);
  return file;
}

/**
 * A file as protobuf-es needs it for the types in it. From the file itself it would collect all that the file imports,
 * once for each way to it, which was the longest part of a client's start.
 */
function withoutImports(file: DescFile | undefined): DescFile | undefined {
  return file && { ...file, dependencies: [] };
}

/**
 * Makes the descriptor of one method, whose service has no other, from the text of a file that has nothing
 * else. A page that calls one RPC by it bundles the messages of that RPC alone.
 *
 * @throws Error when the text has no method, or names a type that the imports do not have
 */
export function unaryMethod<I extends DescMessage, O extends DescMessage>(
  text: string,
  imports: readonly DescFile[],
): DescMethodUnary<I, O> {
  const method = fileFromText(text, imports).services[0]?.methods[0];
  if (method === undefined) throw new Error(`no method in ${text}`);
  // What generates the text names the types of the method's messages in it and in `I` and `O`.
  return method as DescMethodUnary<I, O>;
}

/**
 * Reads the compiled descriptor of a file from its text.
 *
 * @throws Error when the text names a type that neither the file nor its imports have
 */
function readFile(text: string, imports: readonly DescFile[]): FileDescriptorProto {
  const [path = "", ...rest] = text.split(";");
  const packageName = path.replace(/\/[^/]*$/, "").replaceAll("/", ".");
  const types = typesOf(imports, packageName, rest);
  const file = fileProto(
    `${path}.proto`,
    packageName,
    imports.map(({ proto }) => proto.name),
  );
  // Whoever reads a type takes its entries from the same iterator.
  const entries = rest.values();
  for (const entry of entries) {
    const name = entry.slice(1);
    if (entry.startsWith("{"))
      file.messageType.push(readMessage(packageName, name, entries, types));
    else if (entry.startsWith("<")) file.enumType.push(readEnum(name, entries));
    else file.service.push(readService(name, entries, types));
  }
  return file;
}

function readMessage(
  scope: string,
  head: string,
  entries: Iterable<string>,
  types: Types,
): DescriptorProto {
  const [name = "", mark] = head.split(" ");
  const message = messageProto(name, mark === "!" ? "deprecated" : undefined);
  const typeName = `${scope}.${name}`;
  const members: string[] = [];
  for (const entry of entries) {
    if (entry === "}") break;
    const rest = entry.slice(1);
    if (entry.startsWith("{")) message.nestedType.push(readMessage(typeName, rest, entries, types));
    else if (entry.startsWith("<")) message.enumType.push(readEnum(rest, entries));
    else members.push(entry);
  }
  readMembers(message, typeName, members, types);
  return message;
}

function readEnum(name: string, entries: Iterable<string>): EnumDescriptorProto {
  const type = enumProto(name);
  let next = 0;
  for (const entry of entries) {
    if (entry === "}") break;
    if (entry.startsWith("^")) {
      type.reservedRange.push(reservedRange("EnumDescriptorProto.EnumReservedRange", entry));
    } else {
      const [label = "", number = next] = entry.split("=");
      type.value.push(enumValueProto(label, Number(number)));
      next = Number(number) + 1;
    }
  }
  return type;
}

function readService(
  name: string,
  entries: Iterable<string>,
  types: Types,
): ServiceDescriptorProto {
  const service = serviceProto(name);
  for (const entry of entries) {
    if (entry === "}") break;
    service.method.push(readMethod(entry, types));
  }
  return service;
}

function readMethod(entry: string, types: Types): MethodDescriptorProto {
  const [name = "", input = "", output = "", mark] = entry.split(" ");
  return methodProto(name, messageName(types, input), messageName(types, output), mark === "!");
}

function messageName(types: Types, name: string): string {
  const type = findType(types, name);
  if (type.isEnum) throw new Error(`${name} is an enum`);
  return type.typeName;
}

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
