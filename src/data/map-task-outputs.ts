import type { LiteralMap } from "../../gen/flyteidl/core/literals_pb.js";
import { getTaskExecutionMethod } from "../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import { FlyteError } from "../errors/index.js";
import { callOptionsOf } from "../internal/validation/index.js";
import { requireTaskExecutionId, type TaskExecutionIdInput } from "../values/identifiers/index.js";
import { latestSubAttempts, type SubAttempt, subAttemptsOf } from "../values/index.js";
import type { OutputsResult } from "./data-results.js";
import { type ReadDataOptions, requireReadOptions } from "./read-data-options.js";
import { readTaskExecutionOutputs } from "./read-data.js";

/** One sub-task of a map task. */
export interface MapTaskItem {
  /** The index of the sub-task, from 0. */
  readonly index: number;
  /** Its latest attempt, with its phase and logs; undefined where the engine reported none. */
  readonly attempt: SubAttempt | undefined;
  /**
   * Its outputs by name; undefined while the map task has none. Where a map task may succeed with
   * sub-tasks that failed, theirs are `none` values.
   */
  readonly outputs: LiteralMap | undefined;
}

/** The outputs of a map task by index. */
export interface MapTaskOutputs {
  /** The outputs of the map task as a whole: each is a list, or the reason why there are none. */
  readonly result: OutputsResult;
  /** The sub-tasks in the order of their index. */
  readonly items: readonly MapTaskItem[];
}

/**
 * Reads the outputs of a map task by index, with the latest attempt of each sub-task.
 *
 * Flyte writes the outputs of a map task as lists when all sub-tasks have ended: before, `items` has
 * attempts and no outputs. FlyteAdmin does not say where the outputs of one sub-task are.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the
 *   attempt does not exist; FlyteError with code FAILED_PRECONDITION when an output is not a
 *   list: the attempt is not of a map task
 */
export async function readMapTaskOutputs(
  connection: Connection,
  id: TaskExecutionIdInput,
  options: ReadDataOptions = {},
): Promise<MapTaskOutputs> {
  requireReadOptions(options);
  const attemptId = requireTaskExecutionId(id, requireDefaults(connection));
  const call = callOptionsOf(options);
  const attempt = await callUnary(connection, getTaskExecutionMethod, { id: attemptId }, call);
  const result = await readTaskExecutionOutputs(connection, attempt, options);
  const attempts = new Map(
    latestSubAttempts(subAttemptsOf(attempt)).map((one) => [one.index, one] as const),
  );
  const outputs = result.kind === "literals" ? outputsByIndex(result.literals) : [];
  const count = Math.max(outputs.length, ...[...attempts.keys()].map((index) => index + 1));
  const items = Array.from({ length: count }, (_, index) => ({
    index,
    attempt: attempts.get(index),
    outputs: outputs[index],
  }));
  return { result, items };
}

/** Splits the outputs of a map task, which are lists, into those of its sub-tasks. */
function outputsByIndex({ literals }: LiteralMap): readonly LiteralMap[] {
  const items: LiteralMap[] = [];
  for (const [name, { value }] of Object.entries(literals)) {
    if (value.case !== "collection") {
      throw new FlyteError(
        `the output ${JSON.stringify(name)} is not a list: the attempt is not of a map task. Read it with taskExecutions.outputs.`,
        { code: "FAILED_PRECONDITION", rpc: "GetTaskExecutionData" },
      );
    }
    for (const [index, literal] of value.value.literals.entries()) {
      const item = (items[index] ??= { $typeName: "flyteidl.core.LiteralMap", literals: {} });
      item.literals[name] = literal;
    }
  }
  return items;
}
