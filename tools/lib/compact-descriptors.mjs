import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

import { descriptorText } from "./descriptor-text.mjs";
import { expectSameFile, optionFile } from "./same-descriptor.mjs";

/** @import { DescFile } from "@bufbuild/protobuf" */
/** @typedef {"esm" | "cjs"} Format */
/** @typedef {(text: string, imports?: DescFile[]) => DescFile} FileOfText */

/** A call of `fileDesc` in a module that tsc wrote, in ESM or in CJS. */
const call = /(?:fileDesc|\(0, codegenv2_1\.fileDesc\))\("[A-Za-z0-9+/=]+"/;
const wellKnown = "google/protobuf/";

/**
 * Rewrites the generated modules of a build: their descriptors become text for `fileOfText`, which is less than
 * half as large in a compressed bundle as base64 is, and does without protobuf's own descriptors. The files of
 * the well-known types that they import are made of text too. Each file is made once here, and compared with
 * the one that protobuf makes.
 * @param {string} distFolder holds esm/ and cjs/
 * @returns {Promise<void>}
 * @throws Error when a file of the text would differ
 */
export async function compactDescriptors(distFolder) {
  const esm = join(distFolder, "esm");
  const names = (await readdir(join(esm, "gen"), { recursive: true })).filter((name) =>
    name.endsWith("_pb.js"),
  );
  /** @type {{ fileOfText: FileOfText }} */
  const { fileOfText } = await load(join(esm, "src", "descriptors", "index.js"));
  const texts = new Texts(fileOfText);
  for (const name of names) {
    const module = await load(join(esm, "gen", name));
    const file = Object.values(module).find((each) => each?.kind === "file");
    if (file === undefined) throw new Error(`${name} has no descriptor`);
    // The text has no place for extensions.
    if (file.name === optionFile) continue;
    const text = texts.of(file);
    for (const format of /** @type {const} */ (["esm", "cjs"])) {
      const path = join(distFolder, format, "gen", name);
      const folder = relative(dirname(path), join(distFolder, format, "src", "descriptors"));
      const code = await readFile(path, "utf8");
      await writeFile(
        path,
        rewrite(code, { text, folder: folder.replaceAll("\\", "/"), format, module }),
      );
    }
  }
  for (const format of /** @type {const} */ (["esm", "cjs"])) {
    const path = join(distFolder, format, "src", "descriptors", "well-known.js");
    await writeFile(path, wellKnownModule(texts.wellKnown(), format));
  }
}

/** Texts of files, each of which was compared. */
class Texts {
  #fileOfText;
  /** @type {Map<string, { file: DescFile; text: string }>} */
  #made = new Map();
  /** @type {Map<object, unknown>} */
  #compared = new Map();

  /** @param {FileOfText} fileOfText */
  constructor(fileOfText) {
    this.#fileOfText = fileOfText;
  }

  /** @param {DescFile} file as protobuf made it */
  of(file) {
    return this.#make(file).text;
  }

  /** The names and texts of the well-known types that were met. */
  wellKnown() {
    return [...this.#made].flatMap(([name, { text }]) =>
      name.startsWith(wellKnown) ? [{ name, text }] : [],
    );
  }

  /** @param {DescFile} expected @returns {{ file: DescFile; text: string }} */
  #make(expected) {
    const before = this.#made.get(expected.name);
    if (before !== undefined) return before;
    const imports = expected.dependencies.filter(({ name }) => name !== optionFile);
    const text = descriptorText(expected);
    const file = this.#fileOfText(
      text,
      imports.map((each) => this.#make(each).file),
    );
    expectSameFile(expected, file, this.#compared);
    const made = { file, text };
    this.#made.set(expected.name, made);
    return made;
  }
}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
function load(path) {
  return import(pathToFileURL(path).href);
}

/**
 * @param {string} code
 * @param {{ text: string; folder: string; format: Format; module: Record<string, unknown> }} change
 */
function rewrite(code, { text, folder, format, module }) {
  const withText = code
    .replace(/^.*require\(".*annotations_pb\.js"\);\n|^import .*annotations_pb\.js";\n/m, "")
    .replace(/(?:annotations_pb_js_1\.)?file_google_api_annotations(?:, )?/, "")
    .replace("@bufbuild/protobuf/wkt", `${folder}/well-known.js`);
  if (format === "esm") {
    return `import { fileOfText } from "${folder}/file-of-text.js";\n${withPlainEnums(withText, module)}`
      .replace(/import \{ (.*?)fileDesc(?:, )?/, (_, before) => `import { ${before}`)
      .replace(call, () => `fileOfText(${JSON.stringify(text)}`);
  }
  const line = `const file_of_text_js_1 = require("${folder}/file-of-text.js");\n`;
  return withText
    .replace(/^const codegenv2_1 = /m, (found) => line + found)
    .replace(call, () => `(0, file_of_text_js_1.fileOfText)(${JSON.stringify(text)}`);
}

/**
 * Bundlers keep the function that fills an enum, whether the enum is used or not; they drop an object.
 * @param {string} code
 * @param {Record<string, unknown>} module what the code makes
 */
function withPlainEnums(code, module) {
  return code.replace(
    /export var (\w+);\n\(function \(\1\) \{\n[^]*?\n\}\)\(\1 \|\| \(\1 = \{\}\)\);\n/g,
    (_, name) => `export const ${name} = ${JSON.stringify(module[name])};\n`,
  );
}

/**
 * The module of the well-known types.
 * @param {readonly { name: string; text: string }[]} files
 * @param {Format} format
 */
function wellKnownModule(files, format) {
  const isModule = format === "esm";
  const lines = files.map(({ name, text }) => {
    const constant = `file_${name.replaceAll("/", "_")}`;
    const value = `fileOfText(${JSON.stringify(text)})`;
    return isModule
      ? `export const ${constant} = /*@__PURE__*/ ${value};\n`
      : `exports.${constant} = ${value};\n`;
  });
  return isModule
    ? `import { fileOfText } from "./file-of-text.js";\n${lines.join("")}`
    : `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nconst { fileOfText } = require("./file-of-text.js");\n${lines.join("")}`;
}
