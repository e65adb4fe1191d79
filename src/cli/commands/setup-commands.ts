import { merge, object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import { command, constant, flag, option } from "@optique/core/primitives";

import { connectionOptions, examples, jsonLine, jsonLines } from "./shared-options.js";
import { text } from "./value-parsers.js";

/** Shows the caller and the server. */
export const whoamiCommand = command(
  "whoami",
  merge(object({ command: constant("whoami"), json: jsonLine }), connectionOptions),
  {
    brief: message`Show who you are to the server, and its version`,
    description: message`Signs in where the server asks for it, and shows who you are to the server, its address and its version.`,
    footer: examples("whoami", "whoami --endpoint dns:///flyte.example.com"),
  },
);

/** Generates TypeScript types of launch plans. */
export const typesCommand = command(
  "types",
  merge(
    object({
      command: constant("types"),
      launchPlans: multiple(
        option("--launch-plan", text("NAME[@VERSION]"), {
          description: message`A launch plan. May be repeated. Default: all of the project and domain.`,
        }),
      ),
      out: optional(
        option("-o", "--out", text("FILE"), {
          description: message`The file to write. Default: the standard output.`,
        }),
      ),
      check: withDefault(
        flag("--check", {
          description: message`Write nothing, and end with 1 where the file of --out is not up to date.`,
        }),
        false,
      ),
    }),
    connectionOptions,
  ),
  {
    brief: message`Generate TypeScript types of launch plans`,
    description: message`Writes TypeScript interfaces of the inputs and outputs of launch plans, for typed launches and outputs. The file is the same as long as the interfaces are.`,
    footer: examples(
      "types --project flytesnacks --domain development --out src/flyte.gen.ts",
      "types --launch-plan core.flows.train@v12 --out src/flyte.gen.ts --check",
    ),
  },
);

/** Explains the configuration. */
export const configCommand = command(
  "config",
  merge(object({ command: constant("config"), json: jsonLines }), connectionOptions),
  {
    brief: message`Explain where each setting comes from`,
    description: message`Shows the settings in effect, and whether each comes from an option, an environment variable or a line of the config file. Secrets are shown as set or not set. No server is asked.`,
    footer: examples("config", "config --config ~/.flyte/staging.yaml"),
  },
);
