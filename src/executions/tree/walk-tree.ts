import type { CallOptions, Client } from "@connectrpc/connect";

import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { InvalidOptionError } from "../../errors/index.js";
import { requireConcurrency } from "../bulk/require-concurrency.js";
import { lazily } from "../../internal/lazily.js";
import type { ExecutionTree, TreeEntry } from "./execution-tree.js";
import type { buildTree, treeEntries } from "./walk.js";

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

/**
 * The tree of an execution, walked as it is read: each node, then its attempts, then the nodes
 * inside it. Every loop begins afresh; leaving it stops what was asked for.
 */
export interface TreeWalk extends AsyncIterable<TreeEntry> {
  /** Reads all of it into a tree. */
  build(): Promise<ExecutionTree>;
}

/** What is walked. */
export interface TreeRequest {
  readonly admin: Client<typeof AdminService>;
  readonly id: WorkflowExecutionIdentifier;
  /** The filter on attempts, in the server's grammar. */
  readonly attemptFilter: string;
}

/** What walks a tree. */
export interface TreeWalker {
  readonly treeEntries: typeof treeEntries;
  readonly buildTree: typeof buildTree;
}

/**
 * Walks the tree of an execution.
 *
 * @param load - gives what walks
 * @throws InvalidOptionError for a concurrency out of range, or a previous tree of another execution
 */
export function walkTree(
  request: TreeRequest,
  load: () => Promise<TreeWalker>,
  options: TreeOptions = {},
): TreeWalk {
  checkTreeOptions(request, options);
  return {
    [Symbol.asyncIterator]: () => lazily(async () => (await load()).treeEntries(request, options)),
    build: async () => (await load()).buildTree(request, options),
  };
}

/**
 * Checks how a tree is to be walked.
 *
 * @throws as `walkTree`
 */
export function checkTreeOptions(
  { id }: TreeRequest,
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
