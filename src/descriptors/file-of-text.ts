import type { DescFile } from "@bufbuild/protobuf";

import { addMessage, type Later } from "./messages.js";
import { addEnum } from "./enums.js";
import { addService } from "./methods.js";
import { proto3 } from "./numbers.js";
import { fileProto } from "./type-protos.js";
import { typesOf } from "./types.js";

/**
 * What `fileDesc` of protobuf-es gives for a compiled descriptor in base64, for a short text that
 * the build writes in its place. Neither base64 nor protobuf's own descriptors are needed then,
 * which are a good part of a page's bundle.
 *
 * It tells files of proto3 whose package is their folder. It has entries split by `;`, the first of
 * which is the path of the file without `.proto`.
 *
 * - `{Name` begins a message, `<Name` an enum and `(Name` a service; `}` ends each of them.
 *   `{Name !` is a deprecated message.
 * - In a message, `name type` is a field. It has the number after that of the field before it,
 *   unless one is given, as in `name=7 type`. A scalar type is the letter of its number, and may
 *   be left out when it is `i`, a string. Any other type is a name. `*` before the type stands for
 *   a list, and `%` for a map with strings as keys. `!` behind it stands for deprecated.
 * - `|name` begins a oneof, and `|` ends it.
 * - In an enum, `NAME` or `NAME=7` is a value.
 * - In a service, a method has its name, its two types, `!` when it is deprecated, and its
 *   routes: the number of the verb's field with the path, and `+` for a body.
 * - `^1 4` is a range of reserved numbers.
 *
 * Names of types are those within their package, of the file itself or of the import that comes
 * last; with a dot in front they are whole.
 *
 * @throws Error when the text names a type that neither the file nor its imports have
 */
export function fileOfText(text: string, imports: DescFile[] = []): DescFile {
  const [path = "", ...rest] = text.split(";");
  const file = newFile(path, imports);
  const later: Later = [];
  // Whoever adds a type takes its entries from the same iterator.
  const entries = rest.values();
  for (const entry of entries) {
    const name = entry.slice(1);
    if (entry.startsWith("{")) addMessage(file, undefined, name, entries, later);
    else if (entry.startsWith("<")) addEnum(file, undefined, name, entries);
    else addService(file, name, entries, later);
  }
  const types = typesOf([...imports, file]);
  for (const add of later) add(types);
  return file;
}

function newFile(path: string, dependencies: DescFile[]): DescFile {
  const name = `${path}.proto`;
  return {
    kind: "file",
    proto: fileProto(
      name,
      path.replace(/\/[^/]*$/, "").replaceAll("/", "."),
      dependencies.map(({ proto }) => proto.name),
    ),
    deprecated: false,
    edition: proto3,
    name: path,
    dependencies,
    enums: [],
    messages: [],
    extensions: [],
    services: [],
    toString: () => `file ${name}`,
  };
}
