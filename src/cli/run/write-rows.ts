import type { JsonValue } from "@bufbuild/protobuf";

import type { CliContext } from "../cli-context.js";
import { jsonText, Progress, type TableColumn, TableWriter, TextOutput } from "../output/index.js";

/** Options of writing rows. */
export interface RowFormat<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly toJson: (row: Row) => JsonValue;
  readonly isJson: boolean;
  /** The rows in the plural, for the progress line. */
  readonly noun: string;
}

/** Returns whether a result may be colored: in a terminal, unless `NO_COLOR` is set. */
export function hasColors({ process }: CliContext): boolean {
  return process.stdout.isTTY === true && !process.env["NO_COLOR"];
}

/** The output of a command. */
export function outputOf({ process, signal }: CliContext): TextOutput {
  return new TextOutput(process.stdout, signal);
}

/** Writes rows as they come, as a table or as JSON lines. How far it is shows on stderr while stdout is not a terminal. */
export async function writeRows<Row>(
  context: CliContext,
  rows: AsyncIterable<Row>,
  { columns, toJson, isJson, noun }: RowFormat<Row>,
): Promise<void> {
  const output = outputOf(context);
  const progress = new Progress(context.process.stderr, !output.isTerminal);
  const table = new TableWriter(output, columns, hasColors(context));
  let count = 0;
  try {
    for await (const row of rows) {
      count += 1;
      if (isJson) await output.writeLine(jsonText(toJson(row)));
      else await table.write(row);
      progress.show(`${count.toLocaleString("en")} ${noun}`);
    }
  } finally {
    progress.clear();
  }
  await table.end();
}
