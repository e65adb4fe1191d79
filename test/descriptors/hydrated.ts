import type { DescFile, DescMessage, DescMethod } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";

import { descriptorText } from "../../tools/lib/descriptor-text.mjs";
import { optionFile } from "../../tools/lib/same-descriptor.mjs";
import { fileOfText } from "../../src/descriptors/index.js";
import { loadOurDescriptors } from "../gen/our-descriptors.js";

/** A file of gen/ as protobuf makes it, and as it is made of the text that a build has for it. */
export interface TwoForms {
  readonly own: DescFile;
  readonly text: string;
  readonly hydrated: DescFile;
}

/** All files of gen/ but that of the option, and those that they import, in both forms. */
export async function filesInBothForms(): Promise<readonly TwoForms[]> {
  const made = new Map<string, TwoForms>();
  const make = (own: DescFile): TwoForms => {
    const before = made.get(own.name);
    if (before !== undefined) return before;
    const imports = own.dependencies.filter(({ name }) => name !== optionFile);
    const text = descriptorText(own);
    const hydrated = fileOfText(
      text,
      imports.map((each) => make(each).hydrated),
    );
    const forms = { own, text, hydrated };
    made.set(own.name, forms);
    return forms;
  };
  const { files } = await loadOurDescriptors();
  for (const file of files) if (file.name !== optionFile) make(file);
  return [...made.values()];
}

/** The messages of files, nested ones too. */
export function messagesOf(files: readonly DescFile[]): readonly DescMessage[] {
  return files.flatMap((file) => [...nestedTypes(file)].filter((type) => type.kind === "message"));
}

/** The methods of all services of files. */
export function methodsOf(files: readonly DescFile[]): readonly DescMethod[] {
  return files.flatMap((file) => file.services.flatMap((service) => service.methods));
}
