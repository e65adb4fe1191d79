import type { DescMessage, Message } from "@bufbuild/protobuf";

import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type {
  NodeExecutionIdentifier,
  TaskExecutionIdentifier,
  WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { callUnary, type Connection } from "../../calls/index.js";
import { getExecutionMethod } from "../../../gen/flyteidl/service/methods.js";
import { type FilterEntity, toSort } from "../../lists/filters/index.js";
import {
  describeRows,
  fetchRows,
  listNodeExecutionsForTaskRpc,
  listNodeExecutionsRpc,
  type ListRpc,
  listTaskExecutionsRpc,
} from "../../lists/index.js";
import type { CallOptions } from "../../internal/index.js";
import { callOptionsOf } from "../../internal/validation/index.js";
import { createPagedList, type PageSource } from "../../lists/paging/index.js";
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
      callUnary(
        this.#connection,
        getExecutionMethod,
        { id },
        callOptionsOf({ ...this.#options, signal }),
      ),
    );
  }

  /** The nodes at the top of an execution, or inside a node, from a row on, by pages. */
  nodes(
    workflowExecutionId: WorkflowExecutionIdentifier,
    uniqueParentId: string,
    place: Place,
    from: number,
  ): AsyncIterable<readonly NodeExecution[]> {
    return this.#pages(
      listNodeExecutionsRpc,
      { workflowExecutionId, uniqueParentId },
      { place, from },
    );
  }

  /** The nodes that an attempt made, which only engines of old versions record. */
  nodesOfAttempt(
    taskExecutionId: TaskExecutionIdentifier,
    place: Place,
  ): AsyncIterable<readonly NodeExecution[]> {
    return this.#pages(listNodeExecutionsForTaskRpc, { taskExecutionId }, { place, from: 0 });
  }

  /** The attempts of a node, from a row on, by pages. */
  attempts(
    nodeExecutionId: NodeExecutionIdentifier,
    place: Place,
    from: number,
  ): AsyncIterable<readonly TaskExecution[]> {
    const filters = this.#attemptFilter;
    return this.#pages(listTaskExecutionsRpc, { nodeExecutionId }, { place, from, filters });
  }

  async *#pages<
    Scope,
    Request extends DescMessage,
    Reply extends DescMessage,
    E extends FilterEntity,
    Row extends Message,
  >(
    rpc: ListRpc<Scope, Request, Reply, E, Row>,
    scope: Scope,
    {
      place,
      from,
      filters = "",
    }: { readonly place: Place; readonly from: number; readonly filters?: string },
  ): AsyncGenerator<readonly Row[], undefined> {
    const sortBy = toSort(rpc.filters, undefined);
    const fetch: PageSource<Row>["fetch"] = ({ limit, token }) =>
      this.#queue.run([...place, Number(token)], (signal) => {
        const page = { limit, token, filters, sortBy };
        return fetchRows(
          this.#connection,
          rpc,
          scope,
          page,
          callOptionsOf({ ...this.#options, signal }),
        );
      });
    const list = createPagedList(
      { ...describeRows(rpc), fetch },
      { pageSize, readAhead: false, ...(from > 0 && { token: String(from) }) },
    );
    for await (const { items } of list.pages()) if (items.length > 0) yield items;
  }
}
