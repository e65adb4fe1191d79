import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { Literal } from "../../gen/flyteidl/core/literals_pb.js";
import { callUnary, type Connection } from "../calls/index.js";
import { getDataMethod, listTaskExecutionsMethod } from "../../gen/flyteidl/service/methods.js";
import { NotFoundError } from "../errors/index.js";
import { callOptionsOf } from "../internal/validation/index.js";
import { checkResolvable, type FlyteUrl, formatFlyteUrl, parseFlyteUrl } from "../values/index.js";
import type {
  InputsResult,
  LiteralsSource,
  OutputsResult,
  UnfetchedLiteral,
} from "./data-results.js";
import { type DeckResult, readDeck } from "./deck.js";
import { literalWithOffloaded } from "./offloaded.js";
import {
  readNodeExecutionInputs,
  readNodeExecutionOutputs,
  readTaskExecutionInputs,
  readTaskExecutionOutputs,
} from "./read-data.js";
import { type ReadDataOptions, requireReadOptions } from "./read-data-options.js";
import { throwUnlessRecoverable } from "./stored-object.js";

/** One literal among inputs or outputs. */
export interface LiteralResult {
  /** The discriminant of the union. */
  readonly kind: "literal";
  /** The literal that the URL names. */
  readonly literal: Literal;
  /** The source that had the literal. */
  readonly source: LiteralsSource;
  /** As with {@link LiteralsResult}. */
  readonly unfetched?: readonly UnfetchedLiteral[] | undefined;
}

/** There are inputs or outputs, and none of them has the name. */
export interface NoSuchLiteralResult {
  /** The discriminant of the union. */
  readonly kind: "noSuchLiteral";
  /** The name in the URL. */
  readonly name: string;
  /** The names that there are, sorted. */
  readonly names: readonly string[];
}

/** The target of a `flyte://` URL: literals, one literal, a deck, or why there is nothing. */
export type ResolvedResult =
  InputsResult | OutputsResult | LiteralResult | NoSuchLiteralResult | DeckResult;

/**
 * Resolves a `flyte://` URL: to inputs or outputs, to one literal among them, or to a deck.
 *
 * Data that the server does not give this way, since it is too large for it, is read another way.
 *
 * @returns what the URL leads to, or why there is nothing; never an empty map that means "unknown"
 * @throws InvalidIdentifierError before any call, for a text that is not a `flyte://` URL, and for one that
 *   the server returns and cannot resolve (a name with a dot, say); NotFoundError when the
 *   node or attempt does not exist
 */
export async function resolveFlyteUrl(
  connection: Connection,
  flyteUrl: string | FlyteUrl,
  options: ReadDataOptions = {},
): Promise<ResolvedResult> {
  requireReadOptions(options);
  const url = typeof flyteUrl === "string" ? parseFlyteUrl(flyteUrl) : flyteUrl;
  checkResolvable(url);
  if (url.artifact === "deck")
    return readDeck(connection, url.nodeExecutionId, callOptionsOf(options));
  const { literalName, ...whole } = url;
  if (literalName === undefined) return readAll(connection, whole, options);
  const direct = await askForOne(connection, url, options);
  if (direct !== undefined) return one(direct, "getData", connection, options);
  const all = await readAll(connection, whole, options);
  if (all.kind !== "literals") return all;
  const { literals } = all.literals;
  const literal = Object.hasOwn(literals, literalName) ? literals[literalName] : undefined;
  if (literal !== undefined) return one(literal, all.source, connection, options);
  return { kind: "noSuchLiteral", name: literalName, names: Object.keys(literals).sort() };
}

async function one(
  literal: Literal,
  source: LiteralsSource,
  connection: Connection,
  options: ReadDataOptions,
): Promise<LiteralResult> {
  return { kind: "literal", source, ...(await literalWithOffloaded(literal, connection, options)) };
}

/** The server returns INVALID_ARGUMENT where the literal does not exist, and where it could not read any. */
async function askForOne(
  connection: Connection,
  url: FlyteUrl,
  options: ReadDataOptions,
): Promise<Literal | undefined> {
  try {
    const { data } = await callUnary(
      connection,
      getDataMethod,
      { flyteUrl: formatFlyteUrl(url) },
      callOptionsOf(options),
    );
    return data.case === "literal" ? data.value : undefined;
  } catch (error) {
    throwUnlessRecoverable(error, "GetData");
    return undefined;
  }
}

async function readAll(
  connection: Connection,
  { nodeExecutionId, retryAttempt, artifact }: FlyteUrl,
  options: ReadDataOptions,
): Promise<OutputsResult> {
  if (retryAttempt === undefined) {
    const read = artifact === "inputs" ? readNodeExecutionInputs : readNodeExecutionOutputs;
    return read(connection, nodeExecutionId, options);
  }
  const attempt = await findAttempt(connection, nodeExecutionId, retryAttempt, options);
  const read = artifact === "inputs" ? readTaskExecutionInputs : readTaskExecutionOutputs;
  return read(connection, attempt, options);
}

/** Such a URL does not name the attempt's task. */
async function findAttempt(
  connection: Connection,
  nodeExecutionId: FlyteUrl["nodeExecutionId"],
  retryAttempt: number,
  options: ReadDataOptions,
): Promise<TaskExecution> {
  const filters = `eq(retry_attempt,${retryAttempt})`;
  const request = { nodeExecutionId, limit: 1, filters };
  const { taskExecutions } = await callUnary(
    connection,
    listTaskExecutionsMethod,
    request,
    callOptionsOf(options),
  );
  const [attempt] = taskExecutions;
  if (attempt !== undefined) return attempt;
  const { executionId, nodeId } = nodeExecutionId;
  throw new NotFoundError(
    `There is no attempt ${retryAttempt} of node ${nodeId} of execution ${executionId.name}.`,
    { rpc: "ListTaskExecutions" },
  );
}
