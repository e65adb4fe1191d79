import type {
  DynamicNodeWorkflowResponse,
  NodeExecution,
  NodeExecutionGetDataResponse,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  type DeckOptions,
  type DeckResult,
  type InputsResult,
  type OutputsResult,
  type ReadDataOptions,
  readDeck,
  readNodeExecutionInputs,
  readNodeExecutionOutputs,
} from "../data/index.js";
import {
  type ChildNodeExecutionQuery,
  createNodeExecutionEvent,
  getDynamicWorkflow,
  getNodeExecution,
  getNodeExecutionData,
  listChildNodeExecutions,
  listNodeExecutions,
  listNodeExecutionsForTask,
  type NodeExecutionEventInput,
  type NodeExecutionQuery,
  type TaskNodeExecutionQuery,
  countNodeExecutionsByPhase,
  type NodeExecutionCountQuery,
  type ListWatch,
  type PhaseCounts,
  watchNodeExecutions,
  type WatchOptions,
  type NodeExecutionWatchQuery,
} from "../executions/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import type { NodeExecutionIdInput } from "../values/identifiers/index.js";
import type { NodeExecutionPhaseName } from "../values/index.js";

/**
 * Node executions: the steps of a workflow execution.
 *
 * @example
 * ```ts
 * const executionId = { project: "flytesnacks", domain: "development", name: "tree0001" };
 * for await (const node of admin.nodeExecutions.list({ executionId })) {
 *   console.log(node.id?.nodeId, phaseOf(node));
 *   if (node.id !== undefined && node.metadata?.isParentNode) {
 *     for await (const child of admin.nodeExecutions.listChildren({ parentId: node.id })) {
 *       console.log("  ", child.id?.nodeId, phaseOf(child));
 *     }
 *   }
 * }
 * ```
 */
export class NodeExecutions {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Lists the top-level nodes of an execution, the system node `start-node` included.
   *
   * FlyteAdmin has no flat list: the nodes inside a parent come from `listChildren`.
   * Error messages are cut to 100 bytes; `get` returns them whole. An execution that
   * does not exist has an empty list on the server, not an error: ask with `mustExist`.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   with `mustExist`, NotFoundError when the execution does not exist
   */
  list(query: NodeExecutionQuery, options?: ListOptions): PagedList<NodeExecution> {
    return listNodeExecutions(this.#connection, query, options);
  }

  /**
   * Watches the top-level nodes of an execution, as `executions.watch` watches executions.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call; the rest
   *   as `executions.watch`
   */
  watch(
    query: NodeExecutionWatchQuery,
    options?: WatchOptions<NodeExecution>,
  ): ListWatch<NodeExecution> {
    return watchNodeExecutions(this.#connection, query, options);
  }

  /**
   * Counts the top-level nodes of an execution by phase, as `executions.countByPhase` counts
   * executions. `executions.countTreeByPhase` counts those inside other nodes too.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  countByPhase(
    query: NodeExecutionCountQuery,
    options?: CallOptions,
  ): Promise<PhaseCounts<NodeExecutionPhaseName>> {
    return countNodeExecutionsByPhase(this.#connection, query, options);
  }

  /**
   * Lists the nodes directly inside a parent node, of all its attempts together:
   * `metadata.retryGroup` is the attempt.
   *
   * Error messages are cut to 100 bytes.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   NotFoundError when the parent does not exist
   */
  listChildren(query: ChildNodeExecutionQuery, options?: ListOptions): PagedList<NodeExecution> {
    return listChildNodeExecutions(this.#connection, query, options);
  }

  /**
   * Lists the nodes that an attempt made; only engines of old versions record these.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   NotFoundError when the attempt does not exist
   */
  listForTask(query: TaskNodeExecutionQuery, options?: ListOptions): PagedList<NodeExecution> {
    return listNodeExecutionsForTask(this.#connection, query, options);
  }

  /**
   * Gets one node execution.
   *
   * `metadata.isParentNode` of a branch node is false here and true in lists: walk
   * with what the lists say.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the node does not exist
   */
  get(id: NodeExecutionIdInput, options?: CallOptions): Promise<NodeExecution> {
    return getNodeExecution(this.#connection, id, options);
  }

  /**
   * Gets the inputs and outputs of a node as the server returns them, and the compiled
   * workflow of a dynamic node.
   *
   * An empty `fullOutputs` is ambiguous: it may mean no outputs, not finished,
   * failed, too large or unreadable. `outputs` distinguishes these.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the node does not exist;
   *   FlyteError with code INTERNAL when the server signs URLs and an object is missing
   */
  getData(id: NodeExecutionIdInput, options?: CallOptions): Promise<NodeExecutionGetDataResponse> {
    return getNodeExecutionData(this.#connection, id, options);
  }

  /**
   * Reads the inputs of a node: inline, or through a signed URL, whichever works.
   *
   * @param id - its id, or the node itself, which saves a call
   * @returns the literals with their source, or why there are none; never an empty map that means
   *   "unknown"
   * @throws InvalidIdentifierError before any call; NotFoundError when the node does not exist
   */
  inputs(id: NodeExecutionIdInput, options?: ReadDataOptions): Promise<InputsResult> {
    return readNodeExecutionInputs(this.#connection, id, options);
  }

  /**
   * Reads the outputs of a node: inline, or through a signed URL, whichever works.
   *
   * @param id - its id, or the node itself, which saves a call
   * @returns the literals with their source, or why there are none: still running, failed with its
   *   error, aborted, none recorded, too large, missing or unreadable
   * @throws InvalidIdentifierError before any call; NotFoundError when the node does not exist
   */
  outputs(id: NodeExecutionIdInput, options?: ReadDataOptions): Promise<OutputsResult> {
    return readNodeExecutionOutputs(this.#connection, id, options);
  }

  /**
   * Gets the deck of a node: the HTML page that its task wrote, with a link to it.
   *
   * @param id - its id, or the node itself, which saves a call when it has no deck
   * @returns the deck, or why there is none: none was written, still running, or its object is gone
   * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the
   *   node does not exist
   */
  deck(id: NodeExecutionIdInput, options?: DeckOptions): Promise<DeckResult> {
    return readDeck(this.#connection, id, options);
  }

  /**
   * Gets the workflow that a dynamic node compiled while it ran.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the node is not dynamic
   */
  getDynamicWorkflow(
    id: NodeExecutionIdInput,
    options?: CallOptions,
  ): Promise<DynamicNodeWorkflowResponse> {
    return getDynamicWorkflow(this.#connection, id, options);
  }

  /**
   * Records what happened to a node, as Flyte's engine does.
   *
   * The server writes an event without a node id to another node, so the id is
   * checked here.
   *
   * @throws InvalidIdentifierError when the event names no node; InvalidOptionError when it has
   *   no time, an unknown name or a wrong value; AlreadyExistsError when the phase is recorded already;
   *   FailedPreconditionError when the node has ended
   */
  createEvent(event: NodeExecutionEventInput, options?: CallOptions): Promise<void> {
    return createNodeExecutionEvent(this.#connection, event, options);
  }
}
