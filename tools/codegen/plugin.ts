import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  type CodeGeneratorResponse,
  CodeGeneratorResponseSchema,
} from "@bufbuild/protobuf/wkt";

import { compactModules } from "./compact-modules.js";
import { methodsPlugin } from "./methods-plugin.js";

/**
 * The plugin by which buf writes gen/. It lets protoc-gen-es write the modules of the messages, puts text in the
 * place of their base64, and adds the modules of single methods and of REST routes.
 */
const request = readFileSync(0);
const parsed = fromBinary(CodeGeneratorRequestSchema, request);
const messages = fromBinary(
  CodeGeneratorResponseSchema,
  execFileSync(process.execPath, [protocGenEs()], { input: request, maxBuffer: 2 ** 28 }),
);
const response: CodeGeneratorResponse = methodsPlugin.run(parsed);
if (messages.error !== "") throw new Error(messages.error);
response.file.push(...compactModules(messages.file, parsed.fileToGenerate));
process.stdout.write(toBinary(CodeGeneratorResponseSchema, response));

function protocGenEs(): string {
  return createRequire(import.meta.url).resolve("@bufbuild/protoc-gen-es/bin/protoc-gen-es");
}
