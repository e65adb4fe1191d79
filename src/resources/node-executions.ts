import type { MessageInitShape } from "@bufbuild/protobuf";
import type { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { CallOptions } from "@connectrpc/connect";

import {
  type DynamicNodeWorkflowResponse,
  type NodeExecution,
  type NodeExecutionGetDataResponse,
  NodeExecutionSchema,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { NodeExecutionEventSchema } from "../../gen/flyteidl/event/event_pb.js";
import type {
  DeckOptions,
  DeckResult,
  InputsResult,
  OutputsResult,
  ReadDataOptions,
} from "../data/index.js";
import {
  type ExecutionIdInput,
  type NodeExecutionIdInput,
  requireExecutionId,
  requireNodeExecutionId,
  requireTaskExecutionId,
  type TaskExecutionIdInput,
} from "../values/identifiers/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import { requireObject } from "../internal/require-object.js";
import { dataContext, type ResourceContext } from "./context.js";
import { requireEvent } from "./require-event.js";
import { type EntityQuery, listRows, type OwnedQuery, type PageFields } from "../lists/listing.js";

/** Which top-level nodes to list. */
export interface NodeExecutionQuery extends EntityQuery<"nodeExecution">, OwnedQuery {
  /** The execution whose nodes to list. */
  readonly executionId: ExecutionIdInput | undefined;
}

/** Which children of a node to list. */
export interface ChildNodeExecutionQuery extends EntityQuery<"nodeExecution"> {
  /** The parent: a sub-workflow, a branch, a dynamic or an array node. */
  readonly parentId: NodeExecutionIdInput | undefined;
}

/** Which nodes of an attempt to list. */
export interface TaskNodeExecutionQuery extends EntityQuery<"nodeExecution"> {
  /** The attempt that made the nodes. */
  readonly taskExecutionId: TaskExecutionIdInput | undefined;
}

/** What happened to a node. */
export interface NodeExecutionEventInput extends Omit<
  MessageInitShape<typeof NodeExecutionEventSchema>,
  "$typeName" | "$unknown" | "id" | "occurredAt"
> {
  readonly id: NodeExecutionIdInput | undefined;
  readonly occurredAt: MessageInitShape<typeof TimestampSchema>;
}

/**
 * Node executions: the steps of a workflow execution.
 *
 * {@includeCode ../../examples/resources/node-executions.ts#example}
 */
export class NodeExecutions {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Lists the top-level nodes of an execution, the system node `start-node` included.
   *
   * FlyteAdmin has no flat list: the nodes inside a parent come from `listChildren`.
   * Error messages are cut to 100 bytes; `get` gives them whole. An execution that
   * does not exist has an empty list on the server, not an error: ask with `mustExist`.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   with `mustExist`, NotFoundError when there is no such execution
   */
  list(query: NodeExecutionQuery, options?: ListOptions): PagedList<NodeExecution> {
    requireObject(query, "query", "an object with executionId");
    const executionId = requireExecutionId(
      query.executionId,
      this.#context.defaults,
      "executionId",
    );
    const checkOwner = (call: CallOptions) =>
      this.#context.clients.admin.getExecution({ id: executionId }, call);
    return this.#listNodes(
      { workflowExecutionId: executionId },
      query,
      options,
      query.mustExist === true ? checkOwner : undefined,
    );
  }

  /**
   * Lists the nodes directly inside a parent node, of all its attempts together:
   * `metadata.retryGroup` tells the attempt.
   *
   * Error messages are cut to 100 bytes.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   NotFoundError when there is no such parent
   */
  listChildren(query: ChildNodeExecutionQuery, options?: ListOptions): PagedList<NodeExecution> {
    requireObject(query, "query", "an object with parentId");
    const parent = requireNodeExecutionId(query.parentId, this.#context.defaults, "parentId");
    return this.#listNodes(
      {
        uniqueParentId: parent.nodeId,
        ...(parent.executionId && { workflowExecutionId: parent.executionId }),
      },
      query,
      options,
    );
  }

  /**
   * Lists the nodes that an attempt made; only engines of old versions record these.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   NotFoundError when there is no such attempt
   */
  listForTask(query: TaskNodeExecutionQuery, options?: ListOptions): PagedList<NodeExecution> {
    requireObject(query, "query", "an object with taskExecutionId");
    const taskExecutionId = requireTaskExecutionId(
      query.taskExecutionId,
      this.#context.defaults,
      "taskExecutionId",
    );
    return listRows(
      {
        rpc: "ListNodeExecutionsForTask",
        entity: "nodeExecution",
        schema: NodeExecutionSchema,
        fetch: async (page, call) => {
          const request = { taskExecutionId, ...page };
          const reply = await this.#context.clients.admin.listNodeExecutionsForTask(request, call);
          return { items: reply.nodeExecutions, token: reply.token };
        },
        keyOf,
      },
      query,
      options,
    );
  }

  /**
   * Gets one node execution.
   *
   * `metadata.isParentNode` of a branch node is false here and true in lists: walk
   * with what the lists say.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such node
   */
  async get(id: NodeExecutionIdInput | undefined, options?: CallOptions): Promise<NodeExecution> {
    const request = { id: requireNodeExecutionId(id, this.#context.defaults) };
    return this.#context.clients.admin.getNodeExecution(request, options);
  }

  /**
   * Gets the inputs and outputs of a node as the server gives them, and the compiled
   * workflow of a dynamic node.
   *
   * An empty `fullOutputs` is ambiguous: it may mean no outputs, not finished,
   * failed, too large or unreadable. `outputs` tells these apart.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such node;
   *   FlyteError with code INTERNAL when the server signs URLs and an object is missing
   */
  async getData(
    id: NodeExecutionIdInput | undefined,
    options?: CallOptions,
  ): Promise<NodeExecutionGetDataResponse> {
    const request = { id: requireNodeExecutionId(id, this.#context.defaults) };
    return this.#context.clients.admin.getNodeExecutionData(request, options);
  }

  /**
   * Reads the inputs of a node: inline, or through a signed URL, whichever way works.
   *
   * @param of - its id, or the node itself, which saves a call
   * @returns the literals with where they came from, or why there are none; never an empty map
   *   that means "unknown"
   * @throws InvalidIdentifierError before any call; NotFoundError when there is no such node
   */
  async inputs(
    of: NodeExecutionIdInput | NodeExecution | undefined,
    options?: ReadDataOptions,
  ): Promise<InputsResult> {
    const { readNodeExecutionInputs } = await this.#context.loadLater(options);
    return readNodeExecutionInputs(dataContext(this.#context), of, options);
  }

  /**
   * Reads the outputs of a node: inline, or through a signed URL, whichever way works.
   *
   * @param of - its id, or the node itself, which saves a call
   * @returns the literals with where they came from, or why there are none: still running, failed
   *   with its error, aborted, none recorded, too large, missing or unreadable
   * @throws InvalidIdentifierError before any call; NotFoundError when there is no such node
   */
  async outputs(
    of: NodeExecutionIdInput | NodeExecution | undefined,
    options?: ReadDataOptions,
  ): Promise<OutputsResult> {
    const { readNodeExecutionOutputs } = await this.#context.loadLater(options);
    return readNodeExecutionOutputs(dataContext(this.#context), of, options);
  }

  /**
   * Gets the deck of a node: the HTML page that its task wrote, with a link to it.
   *
   * @param of - its id, or the node itself, which saves a call when it has no deck
   * @returns the deck, or why there is none: none was written, still running, or its object is gone
   * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when there
   *   is no such node
   */
  async deck(
    of: NodeExecutionIdInput | NodeExecution | undefined,
    options?: DeckOptions,
  ): Promise<DeckResult> {
    const { readDeck } = await this.#context.loadLater(options);
    return readDeck(dataContext(this.#context), of, options);
  }

  /**
   * Gets the workflow that a dynamic node compiled while it ran.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the node is not dynamic
   */
  async getDynamicWorkflow(
    id: NodeExecutionIdInput | undefined,
    options?: CallOptions,
  ): Promise<DynamicNodeWorkflowResponse> {
    const request = { id: requireNodeExecutionId(id, this.#context.defaults) };
    return this.#context.clients.admin.getDynamicNodeWorkflow(request, options);
  }

  /**
   * Records what happened to a node, as Flyte's engine does.
   *
   * The server writes an event without a node id to some other node, so the id is
   * checked here.
   *
   * @throws InvalidIdentifierError when the event names no node; InvalidOptionError when it has
   *   no time; AlreadyExistsError when the phase is recorded already;
   *   FailedPreconditionError when the node has ended
   */
  async createEvent(event: NodeExecutionEventInput, options?: CallOptions): Promise<void> {
    requireEvent(event);
    const id = requireNodeExecutionId(event.id, this.#context.defaults, "event.id");
    await this.#context.clients.admin.createNodeEvent({ event: { ...event, id } }, options);
  }

  #listNodes(
    scope: { workflowExecutionId?: ExecutionIdMessage; uniqueParentId?: string },
    query: EntityQuery<"nodeExecution">,
    options?: ListOptions,
    checkOwner?: (call: CallOptions) => Promise<unknown>,
  ): PagedList<NodeExecution> {
    return listRows(
      {
        rpc: "ListNodeExecutions",
        checkOwner,
        entity: "nodeExecution",
        schema: NodeExecutionSchema,
        fetch: async (page: PageFields, call) => {
          const request = { ...scope, ...page };
          const reply = await this.#context.clients.admin.listNodeExecutions(request, call);
          return { items: reply.nodeExecutions, token: reply.token };
        },
        keyOf,
      },
      query,
      options,
    );
  }
}

type ExecutionIdMessage = ReturnType<typeof requireExecutionId>;

function keyOf({ id }: NodeExecution): string {
  return id?.nodeId ?? "";
}
