import { merge, object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { optional } from "@optique/core/modifiers";
import { command, constant, option } from "@optique/core/primitives";

import { connectionOptions, examples, jsonLine, targetArguments } from "./shared-options.js";
import { text } from "./value-parsers.js";

/** Shows one execution, node or attempt. */
export const getCommand = command(
  "get",
  merge(
    object({ command: constant("get"), ...targetArguments, json: jsonLine }),
    connectionOptions,
  ),
  {
    brief: message`Show one execution, node or attempt`,
    description: message`Shows one execution, node or attempt, with its whole error message.`,
    footer: examples("get f5a1c0de", "get f5a1c0de n0", "get f5a1c0de n0 1 --json"),
  },
);

/** Writes the inputs of an execution, a node or an attempt. */
export const inputsCommand = command(
  "inputs",
  merge(
    object({ command: constant("inputs"), ...targetArguments, json: jsonLine }),
    connectionOptions,
  ),
  {
    brief: message`Write inputs as JSON`,
    description: message`Writes the inputs of an execution, a node or an attempt as JSON: a file that launch takes with --inputs.`,
    footer: examples("inputs f5a1c0de > inputs.json", "inputs f5a1c0de n0 1"),
  },
);

/** Writes the outputs of an execution, a node or an attempt. */
export const outputsCommand = command(
  "outputs",
  merge(
    object({
      command: constant("outputs"),
      ...targetArguments,
      save: optional(
        option("--save", text("FOLDER"), {
          description: message`Save an attempt's outputs into a folder, with a file for each blob.`,
        }),
      ),
      json: jsonLine,
    }),
    connectionOptions,
  ),
  {
    brief: message`Write outputs as JSON, or save them`,
    description: message`Writes the outputs of an execution, a node or an attempt as JSON. The exit code says why there are none: it failed, was aborted, or still runs.`,
    footer: examples(
      "outputs f5a1c0de | jq .accuracy",
      "outputs f5a1c0de n0",
      "outputs f5a1c0de n0 0 --save ./model",
    ),
  },
);
