import {
  type DescMessage,
  type DescMethodUnary,
  type Message,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import type { Sort } from "../../gen/flyteidl/admin/common_pb.js";
import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { Identifier, NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { getProjectMethod } from "../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection } from "../calls/index.js";
import { NotFoundError } from "../errors/index.js";
import type { CallOptions } from "../internal/index.js";
import type { Scope } from "../values/identifiers/index.js";
import type { FilterEntity, FilterTable } from "./filters/index.js";
import type { PageSource } from "./paging/index.js";

/** The fields that all list requests of FlyteAdmin have. */
export interface PageFields {
  readonly limit: number;
  readonly token: string;
  readonly filters: string;
  readonly sortBy: Sort;
}

/** One answer of a list RPC. */
export interface RowsPage<Row> {
  readonly items: readonly Row[];
  readonly token: string;
}

/** The request of one list RPC, and the key of its rows. */
export interface ListRpc<
  Scope,
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends Message,
> {
  readonly method: DescMethodUnary<Request, Reply>;
  /** The columns that the list filters and sorts by. */
  readonly filters: FilterTable<E>;
  readonly rowSchema: GenMessage<Row>;
  /** Builds the request from the scope of the rows and the fields of the page. */
  readonly toRequest: (scope: Scope, page: PageFields) => MessageInitShape<Request>;
  /** Reads the rows and the next token of a reply. */
  readonly toPage: (reply: MessageShape<Reply>) => RowsPage<Row>;
  /** Creates the function that returns a key for each row of one list. */
  readonly createRowKey: () => (row: Row) => string | number;
  /**
   * Rejects with NotFoundError when the owner of the rows does not exist, where the server answers
   * that with an empty list.
   */
  readonly requireOwner?: (
    connection: Connection,
    scope: Scope,
    options: CallOptions,
  ) => Promise<unknown>;
}

/** Requests one page of a list RPC. */
export async function fetchRows<
  Scope,
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends Message,
>(
  connection: Connection,
  rpc: ListRpc<Scope, Request, Reply, E, Row>,
  scope: Scope,
  page: PageFields,
  options: CallOptions,
): Promise<RowsPage<Row>> {
  const reply = await callUnary(connection, rpc.method, rpc.toRequest(scope, page), options);
  return rpc.toPage(reply);
}

/** Describes the rows of an RPC to a walk: its name, their keys and their size. */
export function describeRows<
  Scope,
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends Message,
>(
  rpc: ListRpc<Scope, Request, Reply, E, Row>,
): Required<Pick<PageSource<Row>, "rpc" | "keyOf" | "byteLengthOf">> {
  return {
    rpc: rpc.method.name,
    keyOf: rpc.createRowKey(),
    byteLengthOf: (row) => toBinary(rpc.rowSchema, row).length,
  };
}

/**
 * Asks whether there is such a project, and such a domain in it.
 *
 * @throws NotFoundError when there is not
 */
export async function requireScopeExists(
  connection: Connection,
  { project, domain }: Scope,
  options: CallOptions,
): Promise<void> {
  const { domains } = await callUnary(connection, getProjectMethod, { id: project }, options);
  if (domains.some(({ id }) => id === domain)) return;
  const known = domains.map(({ id }) => id).join(", ");
  throw new NotFoundError(
    `There is no domain ${JSON.stringify(domain)} in project ${JSON.stringify(project)}; it has ${known}`,
    { rpc: "GetProject" },
  );
}

/** Returns the key of a row that its name identifies within its list. */
export function nameKey({ id }: { readonly id?: { readonly name: string } | undefined }): string {
  return id?.name ?? "";
}

/** Returns the key of a node in a list of one execution. */
export function nodeKey({ id }: { readonly id?: NodeExecutionIdentifier | undefined }): string {
  return id?.nodeId ?? "";
}

/** Returns the key of a version in a list of one project and domain. */
export function versionKey({ id }: { readonly id?: Identifier | undefined }): string {
  return joinKey(id?.resourceType, id?.name, id?.version);
}

/**
 * Creates the key of attempts in a list of one node. Nearly all of them run one task, and need no
 * more than their number: a string for each would slow down long lists.
 */
export function createAttemptKey(): (attempt: TaskExecution) => string | number {
  let firstTask: Identifier | undefined;
  return ({ id }) => {
    const task = id?.taskId;
    firstTask ??= task;
    if (id !== undefined && isSameTask(task, firstTask)) return id.retryAttempt;
    return joinKey(task?.project, task?.domain, task?.name, task?.version, id?.retryAttempt);
  };
}

function isSameTask(one: Identifier | undefined, other: Identifier | undefined): boolean {
  return (
    one?.version === other?.version &&
    one?.name === other?.name &&
    one?.domain === other?.domain &&
    one?.project === other?.project
  );
}

/** Keys are never shown and never parsed, so a character that no name has separates the parts. */
function joinKey(...parts: readonly (string | number | undefined)[]): string {
  return parts.join("\u0000");
}
