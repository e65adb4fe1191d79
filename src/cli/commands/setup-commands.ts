import { merge, object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { command, constant } from "@optique/core/primitives";

import { connectionOptions, examples, jsonLine, jsonLines } from "../arguments/index.js";

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
