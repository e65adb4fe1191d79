import { merge, object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { withDefault } from "@optique/core/modifiers";
import { command, constant, flag } from "@optique/core/primitives";

import {
  connectionOptions,
  examples,
  executionArgument,
  filterOptions,
  jsonLines,
  listOptions,
  nodeArgument,
} from "./shared-options.js";

/** Lists executions. */
export const executionsCommand = command(
  "executions",
  merge(
    object({ command: constant("executions"), ...listOptions("execution") }),
    connectionOptions,
  ),
  {
    brief: message`List executions, the newest first`,
    description: message`Lists the executions of a project and domain, the newest first. Archived ones are left out unless a condition names state.`,
    footer: examples(
      "executions --where 'phase=FAILED,createdAt>-1d'",
      "executions --where 'launchPlan.name=core.flows.train,duration>1h' --order-by duration:desc",
      "executions --json | jq -r .id.name",
    ),
  },
);

/** Lists the nodes of an execution. */
export const nodesCommand = command(
  "nodes",
  merge(
    object({
      command: constant("nodes"),
      execution: executionArgument,
      node: nodeArgument,
      ...listOptions("nodeExecution"),
    }),
    connectionOptions,
  ),
  {
    brief: message`List the nodes of an execution`,
    description: message`Lists the top-level nodes of an execution, or the nodes inside a node. The command tree shows nodes of all levels.`,
    footer: examples("nodes f5a1c0de --where phase=FAILED", "nodes f5a1c0de n1"),
  },
);

const childExecutions = withDefault(
  flag("--child-executions", {
    description: message`Go into executions that nodes launched.`,
  }),
  false,
);

/** Lists attempts of tasks. */
export const attemptsCommand = command(
  "attempts",
  merge(
    object({
      command: constant("attempts"),
      execution: executionArgument,
      node: nodeArgument,
      childExecutions,
      ...filterOptions("taskExecution"),
    }),
    connectionOptions,
  ),
  {
    brief: message`List the attempts of tasks`,
    description: message`Lists the attempts of all nodes of an execution, wherever they are inside it, or those of one node.`,
    footer: examples(
      "attempts f5a1c0de --where phase=FAILED",
      "attempts f5a1c0de n0",
      "attempts f5a1c0de --json | head -n 20",
    ),
  },
);

/** Shows an execution with all that is inside it. */
export const treeCommand = command(
  "tree",
  merge(
    object({
      command: constant("tree"),
      execution: executionArgument,
      childExecutions,
      json: jsonLines,
    }),
    connectionOptions,
  ),
  {
    brief: message`Show an execution with its nodes and attempts`,
    description: message`Shows all that is inside an execution: nodes, nodes inside nodes, and attempts, with their phases.`,
    footer: examples("tree f5a1c0de", "tree f5a1c0de --json | grep FAILED"),
  },
);

/** Lists links to logs. */
export const logsCommand = command(
  "logs",
  merge(
    object({
      command: constant("logs"),
      execution: executionArgument,
      node: nodeArgument,
      ...filterOptions("taskExecution"),
    }),
    connectionOptions,
  ),
  {
    brief: message`List links to the logs of attempts`,
    description: message`Lists the links to logs of the attempts of an execution or a node, those of a map task's sub-tasks too. FlyteAdmin has links only; the logs themselves are in your log viewer.`,
    footer: examples("logs f5a1c0de --where phase=FAILED", "logs f5a1c0de n0"),
  },
);
