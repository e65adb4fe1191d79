import { readFile } from "node:fs/promises";

import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

import type { Variable } from "../../../gen/flyteidl/core/interface_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { InvalidOptionError, quote } from "../../errors/index.js";
import { suggestionOf } from "../../internal/validation/index.js";
import type { CliContext } from "../cli-context.js";

/** The largest file of inputs that is read, in bytes. FlyteAdmin takes messages of some megabytes at most. */
const maxInputsBytes = 16_777_216;

/** The options that give inputs. */
export interface InputArgs {
  readonly input: readonly string[];
  readonly inputs: string | undefined;
}

/**
 * Reads the inputs of a launch as JSON, by name: those of the file, and over them those of `--input`, which are
 * strings where JSON has the declared type as a string, and JSON elsewhere.
 *
 * @throws InvalidOptionError that names the input and what is possible
 */
export async function readInputJson(
  context: CliContext,
  { input, inputs }: InputArgs,
  variables: Readonly<Record<string, Variable>>,
): Promise<JsonObject> {
  const json = inputs === undefined ? {} : parseObject(await readText(context, inputs));
  for (const given of input) {
    const at = given.indexOf("=");
    if (at < 1) {
      throw inputError(`--input must be NAME=VALUE, got ${quote(given)}.`);
    }
    const name = given.slice(0, at);
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (variable === undefined) throw unknownInput(name, Object.keys(variables));
    Object.defineProperty(json, name, {
      value: parseValue(name, given.slice(at + 1), variable),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return json;
}

function unknownInput(name: string, known: readonly string[]): InvalidOptionError {
  const suggestion = suggestionOf(name, known);
  const hint = suggestion === undefined ? "" : ` ${suggestion}`;
  const inputs = known.length === 0 ? "It has no inputs." : `The inputs are ${known.join(", ")}.`;
  return inputError(`there is no input ${quote(name)}.${hint} ${inputs}`);
}

function parseValue(name: string, text: string, { type }: Variable): JsonValue {
  const kind = type?.type;
  const isText =
    kind?.case === "enumType" ||
    (kind?.case === "simple" &&
      [SimpleType.STRING, SimpleType.DATETIME, SimpleType.DURATION].includes(kind.value));
  if (isText) return text;
  // JSON.parse would round a large integer; as a string it is exact.
  if (/^-?\d{16,}$/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    throw inputError(
      `input ${name}: ${quote(text)} is not JSON. Write numbers as 3, booleans as true, strings in double quotes, lists as [1,2].`,
    );
  }
}

function parseObject(text: string): JsonObject {
  let json: JsonValue;
  try {
    json = parseJson(text);
  } catch (error) {
    throw inputError(`--inputs is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  throw inputError('--inputs must hold an object with the inputs by name, such as {"epochs": 3}.');
}

/** JSON.parse has no other type for what it returns. */
function parseJson(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

async function readText({ process, signal }: CliContext, path: string): Promise<string> {
  if (path !== "-") return readFile(path, { encoding: "utf8", signal });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    signal.throwIfAborted();
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > maxInputsBytes) throw inputError("the standard input is larger than 16 MiB.");
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function inputError(message: string): InvalidOptionError {
  return new InvalidOptionError(message, { option: "inputs" });
}
