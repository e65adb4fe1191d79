import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

import { base64Decode } from "@bufbuild/protobuf/wire";
import { descriptorText } from "./descriptor-text.mjs";

/** A call of `fileDesc` in a module that tsc wrote, in ESM or in CJS. */
const call = /(?:fileDesc|\(0, codegenv2_1\.fileDesc\))\("([A-Za-z0-9+/=]+)"/;

/**
 * Rewrites the generated modules of a build: their descriptors become text, which compresses to less than
 * half of what base64 does. Each text is read back and compared, byte for byte; a descriptor that the text
 * cannot tell stays as it is.
 * @param {string} distFolder holds esm/ and cjs/
 * @returns {Promise<void>}
 */
export async function compactDescriptors(distFolder) {
  const decoder = join(distFolder, "esm", "src", "descriptors", "index.js");
  /** @type {{ descriptorBytes: (text: string) => Uint8Array }} */
  const { descriptorBytes } = await import(pathToFileURL(decoder).href);
  for (const format of /** @type {const} */ (["esm", "cjs"])) {
    const folder = join(distFolder, format, "gen");
    const helper = join(distFolder, format, "src", "descriptors", "file-of-text.js");
    const names = await readdir(folder, { recursive: true });
    for (const name of names.filter((each) => each.endsWith(".js"))) {
      const file = join(folder, name);
      const code = await readFile(file, "utf8");
      const base64 = call.exec(code)?.[1];
      if (base64 === undefined) throw new Error(`${file} has no descriptor`);
      const text = descriptorText(base64);
      if (Buffer.compare(descriptorBytes(text), base64Decode(base64)) !== 0) continue;
      const path = relative(dirname(file), helper).replaceAll("\\", "/");
      await writeFile(file, withText(code, text, { path, format }));
    }
  }
}

/**
 * @param {string} code
 * @param {string} text
 * @param {{ path: string; format: "esm" | "cjs" }} helper
 */
function withText(code, text, { path, format }) {
  const literal = JSON.stringify(text);
  if (format === "esm") {
    const imports = code.replace(/import \{ fileDesc(?:, )?/, "import { ");
    return `import { fileOfText } from ${JSON.stringify(path)};\n${imports
      .replace(/import \{ {2}\} from "@bufbuild\/protobuf\/codegenv2";\n/, "")
      .replace(call, () => `fileOfText(${literal}`)}`;
  }
  const line = `const file_of_text_js_1 = require(${JSON.stringify(path)});\n`;
  return code
    .replace(/^const codegenv2_1 = /m, (found) => line + found)
    .replace(call, () => `(0, file_of_text_js_1.fileOfText)(${literal}`);
}
