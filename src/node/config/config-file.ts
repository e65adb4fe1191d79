import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { InvalidOptionError } from "../../errors/index.js";
import { isRecord } from "../../internal/validation/index.js";
import { codeOf } from "./tls-settings.js";

/** The largest file that is read, in bytes. */
const maxBytes = 1_048_576;

/** A configuration file, read. */
export interface ConfigFile {
  /** Its path, for messages. */
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration file: the one that is given, else the one that `FLYTECTL_CONFIG` names, else
 * `~/.flyte/config.yaml`, which need not be there.
 *
 * @throws InvalidOptionError for a file that was named and is not there, and for one that is not YAML
 */
export async function readConfigFile(
  given: string | undefined,
  environment: Environment,
  home: string = homedir(),
): Promise<ConfigFile | undefined> {
  const named = environment["FLYTECTL_CONFIG"];
  if (given !== undefined) return read(expandHome(given, home), "option configFile");
  if (named !== undefined && named !== "") {
    return read(expandHome(named, home), "environment variable FLYTECTL_CONFIG");
  }
  const path = join(home, ".flyte", "config.yaml");
  return statSync(path, { throwIfNoEntry: false }) === undefined
    ? undefined
    : read(path, "the default");
}

/** A path whose `~` stands for the home folder. */
export function expandHome(path: string, home: string = homedir()): string {
  return path === "~" || path.startsWith("~/") ? join(home, path.slice(1)) : path;
}

async function read(path: string, namedBy: string): Promise<ConfigFile> {
  const fail = (words: string) =>
    new InvalidOptionError(`configuration file ${path} (named by ${namedBy}): ${words}`, {
      option: "configFile",
    });
  let text: string;
  try {
    if (statSync(path).size > maxBytes) {
      throw fail("it is larger than 1 MiB, so it is not a configuration of Flyte.");
    }
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof InvalidOptionError) throw error;
    throw fail(`it cannot be read${codeOf(error)}. Correct the path, or make the file.`);
  }
  if (/^\s*\[\w+\]\s*$/m.test(text)) {
    throw fail(
      "it is an INI file of old flytekit. Write the same settings as YAML: admin: { endpoint: … }.",
    );
  }
  // Its 72 modules take Node as long to load as all of this package: a client that reads no file is without them.
  const { parseDocument } = await import("yaml");
  // What the parser says about a line quotes it, and the line may hold a secret.
  const document = parseDocument(text, { prettyErrors: false });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const line = text.slice(0, fault.pos[0]).split("\n").length;
    throw fail(`line ${line} is not YAML (${fault.code}). Correct it.`);
  }
  let content: unknown;
  try {
    content = document.toJS();
  } catch {
    // The parser's text names the alias, which may be a value that began with a star.
    throw fail(
      "it has an alias (a value that begins with *) without an anchor before it, or too many. Put such a value in quotes.",
    );
  }
  if (content === null || content === undefined) return { path, content: {} };
  if (!isRecord(content)) throw fail("it must be a mapping with the key admin.");
  return { path, content };
}

/** The value under a key with dots, and the key as the file writes it. Upper and lower case do not matter. */
export function valueAt(
  content: Readonly<Record<string, unknown>>,
  key: string,
): { readonly key: string; readonly value: unknown } | undefined {
  let value: unknown = content;
  const written: string[] = [];
  for (const part of key.split(".")) {
    if (!isRecord(value)) return undefined;
    const name = Object.hasOwn(value, part)
      ? part
      : Object.keys(value).find((each) => each.toLowerCase() === part.toLowerCase());
    if (name === undefined) return undefined;
    written.push(name);
    value = value[name];
  }
  return value === null || value === undefined ? undefined : { key: written.join("."), value };
}

/** The place where a value was set: an option of the caller, an environment variable, or a key of a file. */
export type ConfigSource =
  | { readonly kind: "option" }
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "file"; readonly file: string; readonly key: string }
  | { readonly kind: "default" };

/** A source in words. */
export function sourceText(source: ConfigSource): string {
  switch (source.kind) {
    case "option":
      return "option";
    case "environment":
      return `environment variable ${source.variable}`;
    case "file":
      return `${source.key} in ${source.file}`;
    case "default":
      return "default";
  }
}

/** Creates the error of an invalid value: where it was set, what is wrong, and what would be right. It never shows the value. */
export function configError(
  setting: string,
  source: ConfigSource,
  words: string,
): InvalidOptionError {
  return new InvalidOptionError(`${placeText(setting, source)}: ${words}`, { option: setting });
}

function placeText(setting: string, source: ConfigSource): string {
  switch (source.kind) {
    case "option":
      return `option ${setting}`;
    case "default":
      return `admin.${setting}, which is not set`;
    default:
      return sourceText(source);
  }
}
