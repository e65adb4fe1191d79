import type { FlagParametersForType } from "@stricli/core";

import type { CliContext } from "../cli-context.js";

/** How a result is written. */
export interface OutputFlags {
  readonly json: boolean;
}

/** The flags of a command that lists: one JSON document a line. */
export const jsonLinesFlag: FlagParametersForType<OutputFlags, CliContext> = {
  json: {
    kind: "boolean",
    default: false,
    withNegated: false,
    brief: "Write JSON lines, one for each row",
  },
};

/** The flags of a command with one result. */
export const jsonFlag: FlagParametersForType<OutputFlags, CliContext> = {
  json: {
    kind: "boolean",
    default: false,
    withNegated: false,
    brief: "Write one line of JSON",
  },
};
