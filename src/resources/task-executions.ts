import type { MessageInitShape } from "@bufbuild/protobuf";
import type { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { CallOptions } from "@connectrpc/connect";

import {
  type TaskExecution,
  type TaskExecutionGetDataResponse,
  TaskExecutionSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { TaskExecutionEventSchema } from "../../gen/flyteidl/event/event_pb.js";
import type { InputsResult, OutputsResult, ReadDataOptions } from "../data/index.js";
import { toFilterString, type Where } from "../lists/filters/index.js";
import {
  type ExecutionIdInput,
  type NodeExecutionIdInput,
  requireExecutionId,
  requireNodeExecutionId,
  requireTaskExecutionId,
  type ResourceIdInput,
  type TaskExecutionIdInput,
} from "../values/identifiers/index.js";
import type { ListOptions, PagedList, RowList } from "../lists/paging/index.js";
import { attemptKeys } from "../lists/attempt-key.js";
import { requireObject } from "../internal/require-object.js";
import { dataContext, type ResourceContext } from "./context.js";
import { requireEvent } from "./require-event.js";
import { type EntityQuery, listRows, type OwnedQuery } from "../lists/listing.js";
import { type ExecutionAttemptsOptions, listAttempts } from "../executions/tree/index.js";

/** Which attempts to list. */
export interface TaskExecutionQuery extends EntityQuery<"taskExecution">, OwnedQuery {
  /** The node whose attempts to list; FlyteAdmin has no list over several nodes. */
  readonly nodeExecutionId: NodeExecutionIdInput | undefined;
}

/** Which attempts of an execution to list. */
export interface ExecutionAttemptsQuery {
  /**
   * Conditions that all must hold.
   * @defaultValue every attempt
   */
  readonly where?: Where<"taskExecution"> | undefined;
}

/** What happened to an attempt. */
export interface TaskExecutionEventInput extends Omit<
  MessageInitShape<typeof TaskExecutionEventSchema>,
  "$typeName" | "$unknown" | "taskId" | "parentNodeExecutionId" | "retryAttempt" | "occurredAt"
> {
  readonly taskId: ResourceIdInput;
  readonly parentNodeExecutionId: NodeExecutionIdInput;
  /** Counts from 0. */
  readonly retryAttempt: number;
  readonly occurredAt: MessageInitShape<typeof TimestampSchema>;
}

/**
 * Task executions: the attempts of a node to run its task.
 *
 * {@includeCode ../../examples/resources/task-executions.ts#example}
 */
export class TaskExecutions {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Lists the attempts of one node execution.
   *
   * Error messages come whole, unlike in the lists of executions and nodes. A
   * node that does not exist has an empty list on the server, not an error: ask with `mustExist`.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   with `mustExist`, NotFoundError when there is no such node
   */
  list(query: TaskExecutionQuery, options?: ListOptions): PagedList<TaskExecution> {
    requireObject(query, "query", "an object with nodeExecutionId");
    const nodeExecutionId = requireNodeExecutionId(
      query.nodeExecutionId,
      this.#context.defaults,
      "nodeExecutionId",
    );
    const checkOwner = (call: CallOptions) =>
      this.#context.clients.admin.getNodeExecution({ id: nodeExecutionId }, call);
    return listRows(
      {
        rpc: "ListTaskExecutions",
        checkOwner: query.mustExist === true ? checkOwner : undefined,
        entity: "taskExecution",
        schema: TaskExecutionSchema,
        fetch: async (page, call) => {
          const request = { nodeExecutionId, ...page };
          const reply = await this.#context.clients.admin.listTaskExecutions(request, call);
          return { items: reply.taskExecutions, token: reply.token };
        },
        keyOf: attemptKeys(),
      },
      query,
      options,
    );
  }

  /**
   * Lists the attempts of all nodes of an execution, wherever they are inside it, in the order of
   * the nodes in `executions.tree`.
   *
   * FlyteAdmin lists the attempts of one node at a time, whatever the conditions: this asks for all
   * nodes first, and then for each one's attempts, several at once.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   NotFoundError from the list when there is no such execution
   */
  listForExecution(
    executionId: ExecutionIdInput | undefined,
    query: ExecutionAttemptsQuery = {},
    options?: ExecutionAttemptsOptions,
  ): RowList<TaskExecution> {
    const { admin } = this.#context.clients;
    const id = requireExecutionId(executionId, this.#context.defaults);
    const attemptFilter = toFilterString("taskExecution", query.where);
    const load = () => this.#context.loadLater(options);
    return listAttempts({ admin, id, attemptFilter }, load, options);
  }

  /**
   * Gets one attempt.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such attempt
   */
  async get(id: TaskExecutionIdInput | undefined, options?: CallOptions): Promise<TaskExecution> {
    const request = { id: requireTaskExecutionId(id, this.#context.defaults) };
    return this.#context.clients.admin.getTaskExecution(request, options);
  }

  /**
   * Gets the inputs and outputs of an attempt as the server gives them: literals
   * inline, and signed URLs where the server signs.
   *
   * An empty `fullOutputs` is ambiguous: it may mean no outputs, not finished,
   * failed, too large or unreadable. `outputs` tells these apart.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such attempt;
   *   FlyteError with code INTERNAL when the server signs URLs and an object is missing
   */
  async getData(
    id: TaskExecutionIdInput | undefined,
    options?: CallOptions,
  ): Promise<TaskExecutionGetDataResponse> {
    const request = { id: requireTaskExecutionId(id, this.#context.defaults) };
    return this.#context.clients.admin.getTaskExecutionData(request, options);
  }

  /**
   * Reads the inputs of an attempt: inline, or through a signed URL, whichever way works.
   *
   * @param of - its id, or the attempt itself, which saves a call
   * @returns the literals with where they came from, or why there are none; never an empty map
   *   that means "unknown"
   * @throws InvalidIdentifierError before any call; NotFoundError when there is no such attempt
   */
  async inputs(
    of: TaskExecutionIdInput | TaskExecution | undefined,
    options?: ReadDataOptions,
  ): Promise<InputsResult> {
    const { readTaskExecutionInputs } = await this.#context.loadLater(options);
    return readTaskExecutionInputs(dataContext(this.#context), of, options);
  }

  /**
   * Reads the outputs of an attempt: inline, or through a signed URL, whichever way works.
   *
   * @param of - its id, or the attempt itself, which saves a call
   * @returns the literals with where they came from, or why there are none: still running, failed
   *   with its error, aborted, none recorded, too large, missing or unreadable
   * @throws InvalidIdentifierError before any call; NotFoundError when there is no such attempt
   */
  async outputs(
    of: TaskExecutionIdInput | TaskExecution | undefined,
    options?: ReadDataOptions,
  ): Promise<OutputsResult> {
    const { readTaskExecutionOutputs } = await this.#context.loadLater(options);
    return readTaskExecutionOutputs(dataContext(this.#context), of, options);
  }

  /**
   * Records what happened to an attempt, as Flyte's engine does.
   *
   * @throws InvalidIdentifierError when the event names no attempt or no time;
   *   AlreadyExistsError when the phase is recorded already;
   *   FailedPreconditionError when the attempt has ended
   */
  async createEvent(event: TaskExecutionEventInput, options?: CallOptions): Promise<void> {
    requireEvent(event);
    const { taskId, nodeExecutionId } = requireTaskExecutionId(
      {
        taskId: event.taskId,
        nodeExecutionId: event.parentNodeExecutionId,
        retryAttempt: event.retryAttempt,
      },
      this.#context.defaults,
      "event",
    );
    await this.#context.clients.admin.createTaskEvent(
      { event: { ...event, taskId, parentNodeExecutionId: nodeExecutionId } },
      options,
    );
  }
}
