import { create, type DescFile } from "@bufbuild/protobuf";
import { fileDesc } from "@bufbuild/protobuf/codegenv2";
import * as wkt from "@bufbuild/protobuf/wkt";
import {
  type CodeGeneratorResponse_File,
  CodeGeneratorResponse_FileSchema,
} from "@bufbuild/protobuf/wkt";

import { fileFromText } from "../../src/descriptors/index.js";
import { expectSameFile, optionFile } from "../../src/descriptors/write/expect-same-file.js";
import { writeFile } from "../../src/descriptors/write/write-file.js";

const wellKnownModule = "google/protobuf/well_known";
/** The call that protoc-gen-es writes for a file: its base64, and the constants of its imports. */
const call = /fileDesc\("([A-Za-z0-9+/=]+)"(?:, \[([\w, ]*)\])?\)/;

/** A file as protobuf-es makes it, and as it is made of its text. */
interface TwoForms {
  readonly file: DescFile;
  readonly text: string;
  readonly fromText: DescFile;
}

/**
 * Puts text in the place of base64 in the modules that protoc-gen-es wrote, and adds a module of the well-known
 * types that they import, made of text too. The module of an option keeps its base64: text has no place for it.
 *
 * @param order the proto files, each after those that it imports
 * @throws Error when a file of the text differs from the one that protobuf-es makes, or the modules are of a form
 *   that is not known here
 */
export function compactModules(
  modules: readonly CodeGeneratorResponse_File[],
  order: readonly string[],
): readonly CodeGeneratorResponse_File[] {
  const forms = new Map<string, TwoForms>();
  const compared = new Map<object, unknown>();
  const make = (file: DescFile): TwoForms => {
    const known = forms.get(constantOf(file));
    if (known !== undefined) return known;
    const imports = file.dependencies.filter(({ name }) => name !== optionFile);
    const text = writeFile(file);
    const fromText = fileFromText(
      text,
      imports.map((each) => make(each).fromText),
    );
    expectSameFile(file, fromText, compared);
    const made = { file, text, fromText };
    forms.set(constantOf(file), made);
    return made;
  };

  const written = order.map((proto) => {
    const module = moduleOf(modules, proto);
    if (proto === `${optionFile}.proto`) return module;
    const [, base64 = "", names = ""] = call.exec(module.content) ?? [];
    if (base64 === "") throw new Error(`${module.name} has no call of fileDesc`);
    const imports = names.split(", ").filter((name) => name !== "");
    const file = fileDesc(
      base64,
      imports.flatMap((name) => forms.get(name)?.file ?? wellKnown(name) ?? []),
    );
    return withText(module, make(file).text, imports);
  });
  const wellKnownFiles = [...forms.values()].filter(({ file }) =>
    file.name.startsWith("google/protobuf/"),
  );
  return [...written, moduleOfWellKnown(wellKnownFiles)];
}

function constantOf({ name }: DescFile): string {
  return `file_${name.replaceAll("/", "_")}`;
}

function moduleOf(
  modules: readonly CodeGeneratorResponse_File[],
  proto: string,
): CodeGeneratorResponse_File {
  const name = proto.replace(/\.proto$/, "_pb.ts");
  const module = modules.find((each) => each.name === name);
  if (module === undefined) throw new Error(`protoc-gen-es wrote no ${name}`);
  return module;
}

function wellKnown(constant: string): DescFile | undefined {
  return Object.entries(wkt).flatMap(([name, value]) =>
    name === constant && "kind" in value && value.kind === "file" ? [value] : [],
  )[0];
}

function withText(
  module: CodeGeneratorResponse_File,
  text: string,
  imports: readonly string[],
): CodeGeneratorResponse_File {
  const toRoot = "../".repeat(module.name.split("/").length - 1);
  const kept = imports.filter((name) => name !== "file_google_api_annotations");
  const list = kept.length === 0 ? "" : `, [${kept.join(", ")}]`;
  const content = module.content
    .replace(call, () => `fileFromText(${JSON.stringify(text)}${list})`)
    .replace(
      /^import \{ (.*fileDesc.*) \} from ("@bufbuild\/protobuf\/codegenv2";)$/m,
      (_, names: string, from: string) => {
        const others = names.split(", ").filter((name) => name !== "fileDesc");
        const ours = `import { fileFromText } from "${toRoot}../src/descriptors/index.js";`;
        return others.length === 0 ? ours : `${ours}\nimport { ${others.join(", ")} } from ${from}`;
      },
    )
    .replace(/^import \{ file_google_api_annotations \} from .*\n/m, "")
    .replace(
      /^(import \{ file_google_protobuf_.* \} from )"@bufbuild\/protobuf\/wkt";$/gm,
      (_, names: string) => `${names}"${toRoot || "./"}${wellKnownModule}.js";`,
    );
  if (/fileDesc\b|import \{ [^}]*file_google_\w+ \} from "@bufbuild/.test(content)) {
    throw new Error(`${module.name} has imports of a form that is not known here`);
  }
  return create(CodeGeneratorResponse_FileSchema, { name: module.name, content });
}

function moduleOfWellKnown(files: TwoForms[]): CodeGeneratorResponse_File {
  const constants = files
    .sort((a, b) => (a.file.name < b.file.name ? -1 : 1))
    .map(
      ({ file, text }) => `/**
 * Describes the file ${file.name}.proto.
 */
export const ${constantOf(file)}: GenFile = /*@__PURE__*/
  fileFromText(${JSON.stringify(text)});
`,
    );
  const content = `// @generated by tools/codegen from protobuf-es's own well-known types
/* eslint-disable */

import type { GenFile } from "@bufbuild/protobuf/codegenv2";
import { fileFromText } from "../../../src/descriptors/index.js";

${constants.join("\n")}`;
  return create(CodeGeneratorResponse_FileSchema, { name: `${wellKnownModule}.ts`, content });
}
