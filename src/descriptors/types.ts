import type { DescEnum, DescFile, DescMessage } from "@bufbuild/protobuf";

/** The types that a file sees: its own by their names within its package, and those of its imports alike. */
export type Types = Map<string, DescEnum | DescMessage>;

/** The types of some files, by their names within their packages and by their whole names with a dot in front. */
export function typesOf(files: readonly DescFile[]): Types {
  const types: Types = new Map();
  for (const file of files) {
    for (const type of [...file.messages, ...file.enums]) addType(types, type);
  }
  return types;
}

/** Adds a type and what is nested in it. */
function addType(types: Types, type: DescEnum | DescMessage): void {
  types.set(`.${type.typeName}`, type);
  types.set(type.typeName.slice(type.file.proto.package.length + 1), type);
  if (type.kind === "enum") return;
  for (const nested of [...type.nestedMessages, ...type.nestedEnums]) addType(types, nested);
}

/**
 * The type that the text names.
 *
 * @throws Error when the file sees no such type: the text was not written for these imports
 */
export function findType(types: Types, name: string): DescEnum | DescMessage {
  const type = types.get(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

/**
 * The message that the text names.
 *
 * @throws Error when the file sees no such message
 */
export function findMessage(types: Types, name: string): DescMessage {
  const type = findType(types, name);
  if (type.kind === "enum") throw new Error(`${name} is an enum`);
  return type;
}
