import type { JsonValue } from "@bufbuild/protobuf";

import type { TreeEntry } from "../../executions/index.js";
import { phaseOf, toJson } from "../../values/index.js";
import type { CliContext } from "../cli-context.js";
import { colorPhase, cutToWidth, jsonText, oneLine, Progress } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { formatResource, formatRuntime, problemOf } from "./columns.js";
import { readExecutionId } from "./targets.js";
import { withAdmin } from "./with-admin.js";
import { hasColors, outputOf } from "./write-rows.js";

/** Shows an execution with all that is inside it. */
export function runTree(context: CliContext, args: ArgsOf<"tree">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const { admin, call } = client;
    const output = outputOf(context);
    const progress = new Progress(context.process.stderr, !output.isTerminal);
    const id = readExecutionId(client, args.execution);
    const { childExecutions } = args;
    let count = 0;
    try {
      for await (const entry of admin.executions.tree(id, { ...call, childExecutions })) {
        count += 1;
        await output.writeLine(
          args.json ? jsonText(entryJson(entry)) : entryLine(context, entry, output.columns),
        );
        progress.show(`${count.toLocaleString("en")} entries`);
      }
    } finally {
      progress.clear();
    }
  });
}

function messageOf(entry: TreeEntry) {
  switch (entry.kind) {
    case "execution":
      return entry.execution;
    case "node":
      return entry.node;
    case "attempt":
      return entry.attempt;
  }
}

function entryJson(entry: TreeEntry): JsonValue {
  return { kind: entry.kind, depth: entry.depth, [entry.kind]: toJson(messageOf(entry)) };
}

function entryLine(context: CliContext, entry: TreeEntry, columns: number | undefined): string {
  const message = messageOf(entry);
  const phase = phaseOf(message);
  const start = `${"  ".repeat(entry.depth)}${oneLine(titleOf(entry))}  `;
  const end = ["", formatRuntime(message, context.now), detailOf(entry), problemOf(message)]
    .filter((text, at) => at === 0 || text !== "")
    .map(oneLine)
    .join("  ");
  const line = `${start}${phase}${end}`;
  const cut = columns === undefined ? line : cutToWidth(line, columns);
  if (!hasColors(context) || !cut.startsWith(`${start}${phase}`)) return cut;
  return `${start}${colorPhase(phase, phase)}${cut.slice(start.length + phase.length)}`;
}

function titleOf(entry: TreeEntry): string {
  switch (entry.kind) {
    case "execution":
      return entry.execution.id?.name ?? "";
    case "node":
      return entry.node.id?.nodeId ?? "";
    case "attempt":
      return `attempt ${entry.attempt.id?.retryAttempt ?? ""}`;
  }
}

function detailOf(entry: TreeEntry): string {
  switch (entry.kind) {
    case "execution":
      return formatResource(entry.execution.spec?.launchPlan);
    case "node":
      return "";
    case "attempt":
      return entry.attempt.id?.taskId?.name ?? "";
  }
}
