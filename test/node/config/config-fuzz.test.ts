import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { InvalidOptionError } from "../../../src/index.js";
import { loadFlyteConfig } from "../../../src/node.js";
import { fuzz } from "../../support/fuzz.js";
import { settings } from "../../../src/node/config/settings.js";

const secret = "planted-4711";
const keys = Object.values(settings).flatMap((setting) => setting.keys);
const variables = Object.values(settings).flatMap((setting) => setting.variables);

const value = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    secret,
    `*${secret}`,
    `[${secret}`,
    `{${secret}: [`,
    "true",
    "15s",
    "dns:///flyte.example.com",
    "a b,c",
    "'",
    '"',
    "~",
    "*a",
    "&a",
    "!!x",
    "[",
    "{",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);
/** A file of lines that look like settings, and of lines that do not. */
const line = fc.oneof(
  fc.tuple(fc.constantFrom(...keys), value).map(([key, text]) => {
    const parts = key.split(".");
    return parts.map((part, at) => `${"  ".repeat(at)}${part}:`).join("\n") + ` ${text}`;
  }),
  value,
  fc.constantFrom(
    "union: {}",
    "admin:",
    "- a",
    "[platform]",
    "---",
    "...",
    "%YAML 9",
    "\t- x",
    "? a",
  ),
);
const file = fc.array(line, { maxLength: 8 }).map((lines) => lines.join("\n"));
const json = fc.jsonValue({ maxDepth: 3 }).map((content) => JSON.stringify({ admin: content }));
const environment = fc.dictionary(fc.constantFrom(...variables), value, { maxKeys: 3 });

describe("whatever is in configuration files and variables", () => {
  const path = join(mkdtempSync(join(tmpdir(), "flyte-config-")), "config.yaml");

  it("is read, or refused with its place and without its values", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(file, json), environment, async (content, env) => {
        writeFileSync(path, content);
        try {
          const config = await loadFlyteConfig(
            {},
            { configFile: path, env, home: "/home/someone" },
          );
          config.explain();
          inspect([config.baseUrl, config.authType]);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidOptionError);
          expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
        }
      }),
      fuzz(500),
    );
  });
});
