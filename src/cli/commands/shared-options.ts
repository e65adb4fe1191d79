import { group, object } from "@optique/core/constructs";
import { lineBreak, type Message, message, text as plain } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import { argument, flag, option } from "@optique/core/primitives";
import { choice, integer } from "@optique/core/valueparser";
import { proposedText, text } from "./value-parsers.js";
import type { WhereEntity } from "../where/index.js";

/** The foot of a command's help: lines that can be copied. */
export function examples(...lines: readonly string[]): Message {
  return [
    plain("Examples:"),
    ...lines.flatMap((line) => [lineBreak(), plain(`  flyte-admin ${line}`)]),
  ];
}

/** Options that choose the server, the project and the domain. */
export interface ConnectionArgs {
  readonly config: string | undefined;
  readonly endpoint: string | undefined;
  readonly insecure: true | undefined;
  readonly project: string | undefined;
  readonly domain: string | undefined;
  readonly wire: "grpc" | "rest" | undefined;
}

/** Parses {@link ConnectionArgs}. */
export const connectionOptions = group(
  "Connection",
  object({
    project: optional(
      option("-p", "--project", text("PROJECT"), {
        description: message`The project. Default: that of the config.`,
      }),
    ),
    domain: optional(
      option("-d", "--domain", text("DOMAIN"), {
        description: message`The domain. Default: that of the config.`,
      }),
    ),
    config: optional(
      option("-c", "--config", text("FILE"), {
        description: message`The config file. Default: the one that FLYTECTL_CONFIG names, or ~/.flyte/config.yaml.`,
      }),
    ),
    endpoint: optional(
      option("--endpoint", text("URL"), {
        description: message`The server, such as dns:///flyte.example.com. Default: that of the config.`,
      }),
    ),
    insecure: optional(flag("--insecure", { description: message`Connect without TLS.` })),
    wire: optional(
      option("--wire", choice(["grpc", "rest"], { metavar: "WIRE" }), {
        description: message`The protocol of the calls: grpc (the default) or rest.`,
      }),
    ),
  }),
);

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

/** Options of writing a list. */
interface OutputArgs {
  readonly json: boolean;
}

/** Options that select the rows of a list. */
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
        description: message`The largest number of rows. Default: all of them.`,
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
