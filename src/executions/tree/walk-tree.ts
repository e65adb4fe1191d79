import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../../calls/index.js";
import { InvalidOptionError } from "../../errors/index.js";
import type { CallOptions } from "../../internal/index.js";
import {
  callOptionNames,
  type OptionNames,
  requireOptions,
} from "../../internal/validation/index.js";
import { type ExecutionIdInput, requireExecutionId } from "../../values/identifiers/index.js";
import { requireConcurrency } from "../bulk/index.js";
import type { ExecutionTree, TreeEntry } from "./execution-tree.js";
import { buildTree, treeEntries } from "./walk.js";

/** How the tree of an execution is walked. Every call takes Connect's options besides. */
export interface TreeOptions extends CallOptions {
  /**
   * Whether to go into executions that nodes launched.
   * @defaultValue `false`
   */
  readonly childExecutions?: boolean | undefined;
  /**
   * How many calls may be under way at once, from 1 to 1000.
   * @defaultValue "auto": 8 at first, and up to 64 where the latency shows that they are on the wire
   *   and not in the server, which keeps 10 idle connections to its database for all its users
   */
  readonly concurrency?: number | "auto" | undefined;
  /**
   * The tree as it was read before. Only what can have changed is asked for: what had ended, with
   * all that is in it, is taken over.
   * @defaultValue none: all is asked for
   */
  readonly previous?: ExecutionTree | undefined;
}

const treeOptionNames: OptionNames<TreeOptions> = {
  ...callOptionNames,
  childExecutions: true,
  concurrency: true,
  previous: true,
};

/**
 * The tree of an execution, walked as it is read: each node, then its attempts, then the nodes
 * inside it. Every loop begins again; leaving it stops what was asked for.
 */
export interface TreeWalk extends AsyncIterable<TreeEntry> {
  /** Reads all of it into a tree. */
  build(): Promise<ExecutionTree>;
}

/** The execution to walk, and how far. */
export interface TreeRequest {
  readonly connection: Connection;
  readonly id: WorkflowExecutionIdentifier;
  /** The filter on attempts, in the server's grammar. */
  readonly attemptFilter: string;
}

/**
 * Walks all that is inside an execution: its nodes, with those inside dynamic nodes, sub-workflows,
 * branches and maps, and their attempts; executions that nodes launched on request.
 *
 * FlyteAdmin has no list of all nodes or attempts: this makes one call for the top, one for each
 * parent node and one for each node that may have attempts, more where these have over 1000 rows,
 * and as many at once as is good for the server. Entries come in the same order every time. Error
 * messages of nodes are cut to 100 bytes.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError from the
 *   walk when the execution does not exist
 */
export function walkExecutionTree(
  connection: Connection,
  id: ExecutionIdInput,
  options: TreeOptions = {},
): TreeWalk {
  const executionId = requireExecutionId(id, connection.defaults);
  checkTreeOptions(executionId, requireOptions(options, treeOptionNames));
  const request = { connection, id: executionId, attemptFilter: "" };
  return {
    [Symbol.asyncIterator]: () => treeEntries(request, options),
    build: () => buildTree(request, options),
  };
}

/**
 * Checks how a tree is to be walked.
 *
 * @throws InvalidOptionError for a concurrency out of range, or a previous tree of another execution
 */
export function checkTreeOptions(
  id: WorkflowExecutionIdentifier,
  { concurrency = "auto", previous }: TreeOptions,
): void {
  if (concurrency !== "auto") requireConcurrency(concurrency);
  requireSameExecution(id, previous);
}

function requireSameExecution(
  { project, domain, name }: WorkflowExecutionIdentifier,
  previous: ExecutionTree | undefined,
): void {
  const id = previous?.execution.id;
  if (previous === undefined) return;
  if (id?.project === project && id.domain === domain && id.name === name) return;
  throw new InvalidOptionError(
    `previous is the tree of ${JSON.stringify(id?.name ?? "")}; it must be one of ${JSON.stringify(name)}, the execution that is walked`,
    { option: "previous" },
  );
}
