import type { FlagParametersForType } from "@stricli/core";

import type { CliContext } from "../cli-context.js";
import { jsonLinesFlag, type OutputFlags } from "./output-flags.js";
import { count, text } from "./parsers.js";

/** The flags of a list that is filtered. */
export interface FilterFlags extends OutputFlags {
  readonly where?: readonly string[] | undefined;
  readonly limit?: number | undefined;
}

/** The flags of a list that is filtered and sorted. */
export interface ListFlags extends FilterFlags {
  readonly orderBy?: string | undefined;
}

/** Proposes completions of a flag, asked with what was typed of it. */
export type Propose = (partial: string) => Promise<readonly string[]>;

/** The flags of {@link FilterFlags}. */
export function filterFlags(proposeWhere: Propose): FlagParametersForType<FilterFlags, CliContext> {
  return {
    ...jsonLinesFlag,
    where: {
      kind: "parsed",
      parse: text,
      optional: true,
      variadic: true,
      placeholder: "CONDITIONS",
      brief: "Only these rows, such as 'phase=FAILED,createdAt>-1d' (may be repeated: all must hold)",
      proposeCompletions: proposeWhere,
    },
    limit: {
      kind: "parsed",
      parse: count,
      optional: true,
      placeholder: "COUNT",
      brief: "The most rows [default: all]",
    },
  };
}

/** The flags of {@link ListFlags}. */
export function listFlags(
  proposeWhere: Propose,
  proposeOrderBy: Propose,
): FlagParametersForType<ListFlags, CliContext> {
  return {
    ...filterFlags(proposeWhere),
    orderBy: {
      kind: "parsed",
      parse: text,
      optional: true,
      placeholder: "FIELD[:desc]",
      brief: "The order of the rows",
      proposeCompletions: proposeOrderBy,
    },
  };
}
