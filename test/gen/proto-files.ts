import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";

const require = createRequire(import.meta.url);

/** The folder of the .proto files that @flyteorg/flyteidl ships. */
export const theirFolder: string = join(
  dirname(require.resolve("@flyteorg/flyteidl/package.json")),
  "protos",
);

/** The folder of our own .proto files. */
export const ourFolder: string = fileURLToPath(new URL("../../protos", import.meta.url));

/** protobufjs's own folder: it holds a copy of google/api/http.proto. */
export const protobufjsFolder: string = dirname(require.resolve("protobufjs/package.json"));

/** The .proto files of `folder` and below, as paths relative to it, in order. */
export function protoPaths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".proto"))
    .sort();
}

/** The declarations of one .proto file, nested types included. */
export interface ProtoFile {
  readonly path: string;
  readonly messages: readonly protobuf.Type[];
  readonly enums: readonly protobuf.Enum[];
  readonly services: readonly protobuf.Service[];
}

/**
 * Parses the .proto files of a folder with protobufjs: a parser of another house
 * than buf's, which made our descriptors.
 */
export function parseProtos(
  folder: string,
  paths: readonly string[] = protoPaths(folder),
): ProtoFile[] {
  const root = new protobuf.Root();
  // An import that does not exist here (an option of openapi) needs no definition to be kept as an option.
  root.resolvePath = (_origin, target) => {
    const found = [target, join(folder, target), join(protobufjsFolder, target)].find(existsSync);
    return found ?? null;
  };
  root.loadSync(
    paths.map((path) => join(folder, path)),
    { keepCase: true, alternateCommentMode: true },
  );
  root.resolveAll();
  const declared = [...declarations(root)];
  return paths.map((path) => {
    const own = declared.filter(
      (object) => object.filename != null && relative(folder, object.filename) === path,
    );
    return {
      path,
      messages: own.filter((object) => object instanceof protobuf.Type),
      enums: own.filter((object) => object instanceof protobuf.Enum),
      services: own.filter((object) => object instanceof protobuf.Service),
    };
  });
}

function* declarations(object: protobuf.ReflectionObject): Generator<protobuf.ReflectionObject> {
  yield object;
  if (object instanceof protobuf.Namespace)
    for (const nested of object.nestedArray) yield* declarations(nested);
}
