import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { formatId } from "../../values/identifiers/index.js";
import { outcomeOf, phaseOf, toJson } from "../../values/index.js";
import type { CliContext } from "../cli-context.js";
import { colorPhase, jsonText, manyLines, oneLine } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { formatResource, formatRuntime, formatTime } from "./columns.js";
import { readTarget, type Target } from "./targets.js";
import { type CommandClient, withAdmin } from "./with-admin.js";
import { hasColors, outputOf } from "./write-rows.js";

type Gotten = Execution | NodeExecution | TaskExecution;

/** Shows one execution, node or attempt. */
export function runGet(context: CliContext, args: ArgsOf<"get">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const output = outputOf(context);
    const gotten = await get(client, await readTarget(client, args));
    if (args.json) {
      await output.writeLine(jsonText(toJson(gotten)));
      return;
    }
    for (const [name, value] of factsOf(context, client, gotten)) {
      if (value !== "") await output.writeLine(`${name.padEnd(12)}${value}`);
    }
  });
}

function get({ admin, call }: CommandClient, target: Target): Promise<Gotten> {
  switch (target.kind) {
    case "execution":
      return admin.executions.get(target.id, call);
    case "node":
      return admin.nodeExecutions.get(target.id, call);
    case "attempt":
      // An attempt that was looked up in a list is whole: lists of attempts cut nothing.
      return target.id.$typeName === "flyteidl.admin.TaskExecution"
        ? Promise.resolve(target.id)
        : admin.taskExecutions.get(target.id, call);
  }
}

type Fact = readonly [name: string, value: string];

function factsOf(context: CliContext, { admin }: CommandClient, gotten: Gotten): readonly Fact[] {
  const phase = phaseOf(gotten);
  return [
    ["id", oneLine(formatId(gotten.id))],
    ["phase", hasColors(context) ? colorPhase(phase, phase) : phase],
    ...kindFacts(gotten),
    ["created", formatTime(gotten.closure?.createdAt)],
    ["started", formatTime(gotten.closure?.startedAt)],
    ["duration", formatRuntime(gotten, context.now)],
    ...outcomeFacts(gotten),
    ["console", gotten.id === undefined ? "" : oneLine(admin.consoleUrl(gotten.id))],
  ];
}

function kindFacts(gotten: Gotten): readonly Fact[] {
  switch (gotten.$typeName) {
    case "flyteidl.admin.Execution":
      return [
        ["launch plan", oneLine(formatResource(gotten.spec?.launchPlan))],
        ["workflow", oneLine(formatResource(gotten.closure?.workflowId))],
        ["started by", oneLine(gotten.spec?.metadata?.principal ?? "")],
      ];
    case "flyteidl.admin.NodeExecution":
      return [["node of spec", oneLine(gotten.metadata?.specNodeId ?? "")]];
    case "flyteidl.admin.TaskExecution":
      return [
        ["task", oneLine(formatResource(gotten.id?.taskId))],
        ["reason", oneLine(gotten.closure?.reason ?? "")],
      ];
  }
}

function outcomeFacts(gotten: Gotten): readonly Fact[] {
  const outcome = outcomeOf(gotten);
  switch (outcome.kind) {
    case "error": {
      const lines = manyLines(outcome.error.message)
        .split("\n")
        .join(`\n${" ".repeat(12)}`);
      return [
        ["error code", oneLine(outcome.error.code)],
        ["error", lines],
      ];
    }
    case "aborted":
      return [
        ["abort cause", oneLine(outcome.cause)],
        ["aborted by", oneLine(outcome.principal)],
      ];
    case "outputUri":
      return [["outputs", oneLine(outcome.uri)]];
    default:
      return [];
  }
}
