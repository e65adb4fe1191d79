import { readFile } from "node:fs/promises";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { tool } from "./project.mjs";
import { runNode } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/**
 * The complaints of publint about the packages of dist/esm and dist/cjs: that Node has no use for "imports" there. It
 * has: it looks for them in the nearest package.json, as it does for the type.
 * @param {import("publint").Message} message
 */
function isOfImports(message) {
  return message.code === "NESTED_PACKAGE_JSON_FIELD_IGNORED" && message.args.field === "imports";
}

/**
 * Fails when publint finds anything else to say about the packed package.
 * @param {string} tarball
 * @returns {Promise<void>}
 */
export async function lintExports(tarball) {
  const { buffer } = new Uint8Array(await readFile(tarball));
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
  const texts = messages
    .filter((message) => !isOfImports(message))
    .map((message) => formatMessage(message, pkg) ?? message.code);
  if (texts.length > 0) throw new Error(texts.join("\n"));
}

/**
 * Fails when the types of the packed package do not fit its code under any way of resolving it.
 * @param {string} tarball
 * @returns {Promise<void>}
 */
export async function lintTypes(tarball) {
  const args = [tarball, "--profile", "node16", "--format", "ascii", "--no-color"];
  expectOk(await runNode(tool("@arethetypeswrong/cli", "attw"), args));
}
