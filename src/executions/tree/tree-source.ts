import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type {
  NodeExecutionIdentifier,
  TaskExecutionIdentifier,
  WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../../calls/index.js";
import { callUnary } from "../../calls/index.js";
import {
  getExecutionMethod,
  listNodeExecutionsForTaskMethod,
  listNodeExecutionsMethod,
  listTaskExecutionsMethod,
} from "../../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../../internal/call-options.js";
import { nodeExecutionFilters, taskExecutionFilters, toSort } from "../../lists/filters/index.js";
import { createPagedList, pageOptions, type PageSource } from "../../lists/paging/index.js";
import type { CallQueue } from "./call-queue.js";
import type { Place } from "./place-heap.js";

/** Large enough for nearly every level to be one call. */
const pageSize = 1000;

/** The calls that a walk over an execution makes, each when its turn comes. */
export class TreeSource {
  readonly #connection: Connection;
  readonly #queue: CallQueue;
  readonly #options: CallOptions;
  readonly #attemptFilter: string;

  constructor(
    connection: Connection,
    queue: CallQueue,
    options: CallOptions,
    attemptFilter: string,
  ) {
    this.#connection = connection;
    this.#queue = queue;
    this.#options = options;
    this.#attemptFilter = attemptFilter;
  }

  execution(id: WorkflowExecutionIdentifier, place: Place): Promise<Execution> {
    return this.#queue.run(place, (signal) =>
      callUnary(this.#connection, getExecutionMethod, { id }, pageOptions(this.#options, signal)),
    );
  }

  /** The nodes at the top of an execution, or inside a node, from a row on, by pages. */
  nodes(
    workflowExecutionId: WorkflowExecutionIdentifier,
    uniqueParentId: string,
    place: Place,
    from: number,
  ): AsyncIterable<readonly NodeExecution[]> {
    const sortBy = toSort(nodeExecutionFilters, undefined);
    return this.#pages(place, from, "ListNodeExecutions", nodeKey, async (page, options) => {
      const request = { workflowExecutionId, uniqueParentId, sortBy, ...page };
      const reply = await callUnary(this.#connection, listNodeExecutionsMethod, request, options);
      return { items: reply.nodeExecutions, token: reply.token };
    });
  }

  /** The nodes that an attempt made, which only engines of old versions record. */
  nodesOfAttempt(
    taskExecutionId: TaskExecutionIdentifier,
    place: Place,
  ): AsyncIterable<readonly NodeExecution[]> {
    const sortBy = toSort(nodeExecutionFilters, undefined);
    return this.#pages(place, 0, "ListNodeExecutionsForTask", nodeKey, async (page, options) => {
      const request = { taskExecutionId, sortBy, ...page };
      const reply = await callUnary(
        this.#connection,
        listNodeExecutionsForTaskMethod,
        request,
        options,
      );
      return { items: reply.nodeExecutions, token: reply.token };
    });
  }

  /** The attempts of a node, from a row on, by pages. */
  attempts(
    nodeExecutionId: NodeExecutionIdentifier,
    place: Place,
    from: number,
  ): AsyncIterable<readonly TaskExecution[]> {
    const sortBy = toSort(taskExecutionFilters, undefined);
    const filters = this.#attemptFilter;
    return this.#pages(place, from, "ListTaskExecutions", attemptKey, async (page, options) => {
      const request = { nodeExecutionId, filters, sortBy, ...page };
      const reply = await callUnary(this.#connection, listTaskExecutionsMethod, request, options);
      return { items: reply.taskExecutions, token: reply.token };
    });
  }

  async *#pages<T>(
    place: Place,
    from: number,
    rpc: string,
    keyOf: (row: T) => string,
    fetch: (
      page: { readonly limit: number; readonly token: string },
      options: CallOptions,
    ) => ReturnType<PageSource<T>["fetch"]>,
  ): AsyncGenerator<readonly T[], undefined> {
    const list = createPagedList<T>(
      {
        rpc,
        keyOf,
        fetch: ({ limit, token }) =>
          this.#queue.run([...place, Number(token)], (signal) =>
            fetch({ limit, token }, pageOptions(this.#options, signal)),
          ),
      },
      { pageSize, readAhead: false, ...(from > 0 && { token: String(from) }) },
    );
    for await (const { items } of list.pages()) yield items;
  }
}

function nodeKey({ id }: NodeExecution): string {
  return id?.nodeId ?? "";
}

function attemptKey({ id }: TaskExecution): string {
  const { name = "", version = "" } = id?.taskId ?? {};
  return [name, version, id?.retryAttempt].join("\u0000");
}
