import type { DescEnum, DescFile, DescMessage } from "@bufbuild/protobuf";

/** A type as a compiled descriptor names it. */
export interface NamedType {
  /** The whole name, with a dot in front. */
  readonly typeName: string;
  readonly isEnum: boolean;
}

/** The types that a file sees. */
export interface Types {
  /** The file's own types, by their names within its package and by their whole names with a dot in front. */
  readonly own: ReadonlyMap<string, NamedType>;
  /** The files whose types it sees too. Of equal names within packages that of the last counts. */
  readonly imports: readonly DescFile[];
}

/** The types of a file's imports, and those that its entries begin, which count before the others. */
export function typesOf(
  imports: readonly DescFile[],
  packageName: string,
  entries: readonly string[],
): Types {
  const own = new Map<string, NamedType>();
  const open: string[] = [];
  for (const entry of entries) {
    const mark = entry.charAt(0);
    if (entry === "}") open.pop();
    else if (mark === "{" || mark === "<" || mark === "(") {
      open.push(entry.slice(1).split(" ", 1)[0] ?? "");
      if (mark === "(") continue;
      const name = open.join(".");
      const type = { typeName: `.${packageName}.${name}`, isEnum: mark === "<" };
      own.set(name, type).set(type.typeName, type);
    }
  }
  return { own, imports };
}

/**
 * The type that the text names.
 *
 * @throws Error when the file does not see the type: the text was not written for these imports
 */
export function findType({ own, imports }: Types, name: string): NamedType {
  const type = own.get(name) ?? importedType(imports, name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

/** Looks in the imports one by one: a table of all their types would cost each file more than its few look-ups. */
function importedType(imports: readonly DescFile[], name: string): NamedType | undefined {
  for (const file of [...imports].reverse()) {
    const typeName = name.startsWith(".") ? name.slice(1) : `${file.proto.package}.${name}`;
    const type = typeIn(file, typeName);
    if (type !== undefined) return { typeName: `.${typeName}`, isEnum: type.kind === "enum" };
  }
  return undefined;
}

function typeIn(file: DescFile, typeName: string): DescMessage | DescEnum | undefined {
  let { messages, enums } = file;
  for (;;) {
    const isNamed = (type: DescMessage | DescEnum) => type.typeName === typeName;
    const type = messages.find(isNamed) ?? enums.find(isNamed);
    if (type !== undefined) return type;
    const outer = messages.find((message) => typeName.startsWith(`${message.typeName}.`));
    if (outer === undefined) return undefined;
    ({ nestedMessages: messages, nestedEnums: enums } = outer);
  }
}
