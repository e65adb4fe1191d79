import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import {
  createFileRegistry,
  type DescFile,
  type DescMessage,
  type DescMethod,
  fromBinary,
} from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

import * as wellKnown from "../../gen/google/protobuf/well_known.js";
import { optionFile } from "../../src/descriptors/write/expect-same-file.js";
import { writeFile } from "../../src/descriptors/write/write-file.js";
import { loadOurDescriptors } from "../gen/our-descriptors.js";

/** A file as protobuf-es makes it of what buf compiles, and as gen/ has it. */
export interface BothForms {
  readonly compiled: DescFile;
  readonly ours: DescFile;
  /** The text that gen/ has for it. */
  readonly text: string;
}

/**
 * All files of gen/ that are made of text, those of the well-known types among them, in both forms. Each comes
 * after those that it imports.
 */
export async function filesInBothForms(): Promise<readonly BothForms[]> {
  const registry = compileProtos();
  const { files } = await loadOurDescriptors();
  const ordered = new Set<DescFile>();
  const add = (file: DescFile): void => {
    file.dependencies.forEach(add);
    ordered.add(file);
  };
  [...Object.values<DescFile>(wellKnown), ...files.filter(isOfText)].forEach(add);
  return [...ordered].map((ours) => {
    const compiled = registry.getFile(ours.proto.name);
    if (compiled === undefined) throw new Error(`protos/ has no ${ours.proto.name}`);
    return { compiled, ours, text: writeFile(compiled) };
  });
}

function isOfText({ name }: DescFile): boolean {
  return name !== optionFile;
}

/** Compiles protos/ with buf alone, without any code of this package. */
function compileProtos() {
  const buf = createRequire(import.meta.url).resolve("@bufbuild/buf/bin/buf");
  const bytes = execFileSync(
    process.execPath,
    [buf, "build", "--exclude-source-info", "--as-file-descriptor-set", "--output", "-"],
    { cwd: fileURLToPath(new URL("../../", import.meta.url)), maxBuffer: 2 ** 26 },
  );
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, new Uint8Array(bytes)));
}

/** The messages of files, nested ones too. */
export function messagesOf(files: readonly DescFile[]): readonly DescMessage[] {
  return files.flatMap((file) => [...nestedTypes(file)].filter((type) => type.kind === "message"));
}

/** The methods of all services of files. */
export function methodsOf(files: readonly DescFile[]): readonly DescMethod[] {
  return files.flatMap((file) => file.services.flatMap((service) => service.methods));
}
