import type { DescFile } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";

/** A type as a compiled descriptor names it. */
export interface NamedType {
  /** The whole name, with a dot in front. */
  readonly typeName: string;
  readonly isEnum: boolean;
}

/** The types that a file sees, by their names within their packages and by their whole names with a dot in front. */
export type Types = ReadonlyMap<string, NamedType>;

/** The types of a file's imports, and those that its entries begin. Of equal names within packages the last counts. */
export function typesOf(
  imports: readonly DescFile[],
  packageName: string,
  entries: readonly string[],
): Types {
  const types = new Map<string, NamedType>();
  const add = (scope: string, name: string, isEnum: boolean) => {
    const type = { typeName: `.${scope}.${name}`, isEnum };
    types.set(name, type).set(type.typeName, type);
  };
  for (const file of imports) {
    const scope = file.proto.package;
    for (const { kind, typeName } of nestedTypes(file)) {
      add(scope, typeName.slice(scope.length + 1), kind === "enum");
    }
  }
  const open: string[] = [];
  for (const entry of entries) {
    if (entry === "}") open.pop();
    else if (/^[{<(]/.test(entry)) {
      open.push(entry.slice(1).split(" ", 1)[0] ?? "");
      if (!entry.startsWith("(")) add(packageName, open.join("."), entry.startsWith("<"));
    }
  }
  return types;
}

/**
 * The type that the text names.
 *
 * @throws Error when the file does not see the type: the text was not written for these imports
 */
export function findType(types: Types, name: string): NamedType {
  const type = types.get(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}
