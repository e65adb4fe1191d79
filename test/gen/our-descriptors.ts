import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createRegistry } from "@bufbuild/protobuf";
import type { DescEnum, DescFile, DescMessage, DescService } from "@bufbuild/protobuf";

const genFolder = fileURLToPath(new URL("../../gen/", import.meta.url));

/** All that gen/ declares, in the order of its files. */
export interface OurDescriptors {
  readonly files: readonly DescFile[];
  readonly messages: readonly DescMessage[];
  readonly enums: readonly DescEnum[];
  readonly services: readonly DescService[];
}

/** Imports every generated module, so that a file added to protos/ cannot be forgotten here. */
export async function loadOurDescriptors(): Promise<OurDescriptors> {
  const paths = readdirSync(genFolder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith("_pb.ts"),
  );
  const files: DescFile[] = [];
  for (const path of paths.sort()) {
    const module: unknown = await import(genFolder + path);
    files.push(...Object.values(module ?? {}).filter(isDescFile));
  }
  const types = [...createRegistry(...files)].filter((type) =>
    paths.includes(`${type.kind === "extension" ? "" : type.file.name}_pb.ts`),
  );
  return {
    files,
    messages: types.filter((type) => type.kind === "message"),
    enums: types.filter((type) => type.kind === "enum"),
    services: types.filter((type) => type.kind === "service"),
  };
}

function isDescFile(value: unknown): value is DescFile {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "file";
}
