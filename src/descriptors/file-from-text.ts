import {
  createFileRegistry,
  type DescFile,
  type DescMessage,
  type DescMethodUnary,
} from "@bufbuild/protobuf";

import { readFile } from "./read-file.js";

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
 * as often as there are ways to it, which took as long as all else of a client's start.
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
