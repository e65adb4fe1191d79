import { message } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import { flag, option } from "@optique/core/primitives";
import { integer } from "@optique/core/valueparser";

import type { WhereEntity } from "../where/index.js";
import { proposedText } from "./value-parsers.js";

/** How a list is written. */
interface OutputArgs {
  readonly json: boolean;
}

/** Which rows a list has. */
export interface FilterArgs extends OutputArgs {
  readonly where: readonly string[];
  readonly limit: number | undefined;
}

/** The option of a command that writes rows. */
export const jsonLines = withDefault(
  flag("--json", { description: message`Write JSON lines: one document for each row.` }),
  false,
);

/** The option of a command that writes one thing. */
export const jsonLine = withDefault(
  flag("--json", { description: message`Write one line of JSON.` }),
  false,
);

/** The option of conditions. */
export function whereOption(entity: WhereEntity) {
  return multiple(
    option(
      "-w",
      "--where",
      proposedText("CONDITIONS", async (prefix) =>
        (await import("../where/index.js")).proposeWhere(entity, prefix),
      ),
      {
        description: message`Only the rows that meet all conditions, such as 'phase=FAILED,createdAt>-1d'. May be repeated.`,
      },
    ),
  );
}

/** The options of {@link FilterArgs}. */
export function filterOptions(entity: WhereEntity) {
  return {
    where: whereOption(entity),
    limit: optional(
      option("-n", "--limit", integer({ metavar: "COUNT", min: 1 }), {
        description: message`The most rows. Default: all, however many pages these take.`,
      }),
    ),
    json: jsonLines,
  };
}

/** The options of {@link FilterArgs}, and the order. */
export function listOptions(entity: WhereEntity) {
  return {
    ...filterOptions(entity),
    orderBy: optional(
      option(
        "--order-by",
        proposedText("FIELD[:desc]", async (prefix) =>
          (await import("../where/index.js")).proposeOrderBy(entity, prefix),
        ),
        { description: message`The order of the rows.` },
      ),
    ),
  };
}
