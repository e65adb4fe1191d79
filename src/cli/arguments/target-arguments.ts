import { message } from "@optique/core/message";
import { optional } from "@optique/core/modifiers";
import { argument } from "@optique/core/primitives";
import { integer } from "@optique/core/valueparser";

import { text } from "./value-parsers.js";

/** The arguments that name an execution, a node of it, or an attempt of the node. */
export interface TargetArgs {
  readonly execution: string;
  readonly node: string | undefined;
  readonly attempt: number | undefined;
}

const missing = message`EXECUTION is missing: the name of an execution.`;

/** The argument that names an execution. */
export const executionArgument = argument(text("EXECUTION"), {
  errors: { endOfInput: missing },
  description: message`The name of an execution, or project/domain/name.`,
});

/** The argument that names a node. */
export const nodeArgument = optional(
  argument(text("NODE"), { description: message`The id of a node of it, such as n0.` }),
);

/** The arguments of {@link TargetArgs}. */
export const targetArguments = {
  execution: argument(text("EXECUTION"), {
    errors: { endOfInput: missing },
    description: message`The name of an execution, or the id of an execution, a node or an attempt with slashes.`,
  }),
  node: nodeArgument,
  attempt: optional(
    argument(integer({ metavar: "ATTEMPT", min: 0 }), {
      description: message`Which attempt of the node; they count from 0.`,
    }),
  ),
};
