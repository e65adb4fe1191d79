import { merge, object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import { argument, command, constant, flag, option } from "@optique/core/primitives";

import {
  connectionOptions,
  examples,
  executionArgument,
  jsonLine,
  jsonLines,
  whereOption,
} from "./shared-options.js";
import { durationMs, text } from "./value-parsers.js";

const timeoutMs = optional(
  option("--timeout", durationMs(), {
    description: message`How long to wait, such as 30m. Default: as long as it takes.`,
  }),
);

const newName = optional(
  option("--name", text("NAME"), {
    description: message`The name of the new execution. With a name, a launch whose answer was lost is found again. Default: one that the server makes.`,
  }),
);

/** The options of commands that start an execution. */
const startOptions = {
  name: newName,
  wait: withDefault(
    flag("--wait", {
      description: message`Wait for the end. The exit code then is that of wait.`,
    }),
    false,
  ),
  timeoutMs,
  json: jsonLine,
};

/** The options of commands that take inputs. */
const inputOptions = {
  input: multiple(
    option("-i", "--input", text("NAME=VALUE"), {
      description: message`An input: a string, or JSON for anything else. May be repeated.`,
    }),
  ),
  inputs: optional(
    option("--inputs", text("FILE"), {
      description: message`A JSON file with inputs by name; - is the standard input.`,
    }),
  ),
};

/** Waits for the end of an execution. */
export const waitCommand = command(
  "wait",
  merge(
    object({ command: constant("wait"), execution: executionArgument, timeoutMs, json: jsonLine }),
    connectionOptions,
  ),
  {
    brief: message`Wait until an execution has ended`,
    description: message`Waits until an execution has ended. The exit code says the phase: 0 SUCCEEDED, 10 FAILED, 11 ABORTED, 12 TIMED_OUT, and 13 when the time to wait was over.`,
    footer: examples("wait f5a1c0de --timeout 2h", "wait f5a1c0de && echo done"),
  },
);

/** Shows changes as they are seen. */
export const watchCommand = command(
  "watch",
  merge(
    object({
      command: constant("watch"),
      execution: optional(executionArgument),
      where: whereOption("execution"),
      timeoutMs,
      json: jsonLines,
    }),
    connectionOptions,
  ),
  {
    brief: message`Show the changes of an execution, or of a list of them`,
    description: message`With an execution, writes a line for each change of it and its nodes, until it has ended; the exit code is that of wait. Without one, writes a line for each execution that is added, updated or removed from the list, until Ctrl-C or the time is over.`,
    footer: examples("watch f5a1c0de", "watch --where phase=RUNNING", "watch --json --timeout 10m"),
  },
);

/** Launches a launch plan or a task. */
export const launchCommand = command(
  "launch",
  merge(
    object({
      command: constant("launch"),
      target: argument(text("LAUNCH_PLAN[@VERSION]"), {
        description: message`The launch plan: its name, or project/domain/name; without a version, the active one.`,
      }),
      task: withDefault(
        flag("--task", { description: message`Launch a task of this name and version by itself.` }),
        false,
      ),
      ...inputOptions,
      ...startOptions,
    }),
    connectionOptions,
  ),
  {
    brief: message`Launch a launch plan or a task`,
    description: message`Launches a launch plan, or a task by itself, and writes the name of the execution. Inputs get the types that the launch plan declares; those with a default may be left out.`,
    footer: examples(
      "launch core.flows.train -i epochs=3 -i 'dataset=s3://bucket/day=1'",
      "launch core.flows.train@v12 --inputs inputs.json --wait --timeout 2h",
      "launch core.tasks.clean@v12 --task",
    ),
  },
);

/** Runs an execution again. */
export const relaunchCommand = command(
  "relaunch",
  merge(
    object({
      command: constant("relaunch"),
      execution: executionArgument,
      ...inputOptions,
      version: optional(
        option("--version", text("VERSION"), {
          description: message`Another version of the launch plan or the task.`,
        }),
      ),
      overwriteCache: withDefault(
        flag("--overwrite-cache", {
          description: message`Run tasks whose results are cached, and replace these results.`,
        }),
        false,
      ),
      ...startOptions,
    }),
    connectionOptions,
  ),
  {
    brief: message`Run an execution again, with the same inputs or some changed`,
    description: message`Runs an execution again, and writes the name of the new one. Inputs that are given replace those of the execution.`,
    footer: examples("relaunch f5a1c0de --wait", "relaunch f5a1c0de -i epochs=5 --version v13"),
  },
);

/** Runs an execution again from where it failed. */
export const recoverCommand = command(
  "recover",
  merge(
    object({ command: constant("recover"), execution: executionArgument, ...startOptions }),
    connectionOptions,
  ),
  {
    brief: message`Run an execution again from where it failed`,
    description: message`Runs an execution again from where it failed, and writes the name of the new one. Nodes that succeeded are not run again.`,
    footer: examples("recover f5a1c0de --wait"),
  },
);

/** Aborts executions. */
export const terminateCommand = command(
  "terminate",
  merge(
    object({
      command: constant("terminate"),
      executions: multiple(executionArgument, {
        min: 1,
        errors: { tooFew: message`EXECUTION is missing: the name of one or more executions.` },
      }),
      cause: option("--cause", text("TEXT"), {
        description: message`The reason, for those who look at the execution later.`,
      }),
    }),
    connectionOptions,
  ),
  {
    brief: message`Ask for executions to be aborted`,
    description: message`Asks for executions to be aborted. Each is ABORTING at once, and ABORTED when the cluster has stopped it.`,
    footer: examples(
      "terminate f5a1c0de --cause 'wrong data'",
      "executions --where phase=RUNNING --json | jq -r .id.name | xargs flyte-admin terminate --cause 'wrong data'",
    ),
  },
);

/** Answers gate nodes. */
export const approveCommand = command(
  "approve",
  merge(
    object({
      command: constant("approve"),
      execution: executionArgument,
      signal: optional(
        argument(text("SIGNAL"), {
          description: message`The id of the signal. Without it, the signals of the execution are listed.`,
        }),
      ),
      reject: withDefault(
        flag("--reject", { description: message`Reject instead: set the signal to false.` }),
        false,
      ),
      json: jsonLines,
    }),
    connectionOptions,
  ),
  {
    brief: message`Approve or reject what a gate node asks`,
    description: message`Sets a boolean signal, which lets its gate node continue. Without a signal, lists the signals of the execution.`,
    footer: examples(
      "approve f5a1c0de",
      "approve f5a1c0de deploy",
      "approve f5a1c0de deploy --reject",
    ),
  },
);
