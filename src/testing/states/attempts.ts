import {
  type NodeExecutionIdInput,
  requireNodeExecutionId,
  requireResourceId,
  type ResourceIdInput,
} from "../../values/identifiers/index.js";
import {
  type OptionNames,
  requireKnownOptions,
  requireOneOf,
  requireInteger,
} from "../../internal/validation/index.js";
import { create } from "@bufbuild/protobuf";

import { TaskExecution_Phase } from "../../../gen/flyteidl/core/execution_pb.js";
import {
  type NodeExecutionIdentifier,
  ResourceType,
  type TaskExecutionIdentifier,
  TaskExecutionIdentifierSchema,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { defaultStart, scopeOf, seedDefaults, timeAt } from "./names.js";
import { literalMapBytes, outputResult, type SeedResultInput, seedResultNames } from "./outcome.js";
import { seedTask } from "./registration.js";
import { type SeedableServer, type StateWriters, writersOf } from "./writers.js";

/** One attempt of a task. */
export interface SeedAttemptInput extends SeedResultInput {
  /** @defaultValue `"SUCCEEDED"` */
  readonly phase?:
    "QUEUED" | "INITIALIZING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED" | undefined;
  /**
   * When it started.
   * @defaultValue one minute after the attempt before it; the last one a minute before now
   */
  readonly startedAt?: Date | undefined;
  /**
   * How long it ran, in milliseconds.
   * @defaultValue `30_000`
   */
  readonly runtimeMs?: number | undefined;
  /**
   * Its log links, by name.
   * @defaultValue none
   */
  readonly logs?: Readonly<Record<string, string>> | undefined;
}

const attemptNames: OptionNames<SeedAttemptInput> = {
  ...seedResultNames,
  phase: true,
  startedAt: true,
  runtimeMs: true,
  logs: true,
};

const attemptPhases: OptionNames<Record<NonNullable<SeedAttemptInput["phase"]>, unknown>> = {
  QUEUED: true,
  INITIALIZING: true,
  RUNNING: true,
  SUCCEEDED: true,
  FAILED: true,
  ABORTED: true,
};

/** Attempts to build on one node. */
export interface SeedAttemptsInput {
  /** The node that the attempts belong to. */
  readonly nodeExecutionId: NodeExecutionIdInput;
  /** How many attempts there are, counted from 0. */
  readonly count: number;
  /**
   * The task, registered or not.
   * @defaultValue `core.retry.flaky`, registered
   */
  readonly taskId?: ResourceIdInput | undefined;
  /**
   * The outcome of each attempt.
   * @defaultValue all failed but the last, which succeeded
   */
  readonly attempt?: ((retryAttempt: number) => SeedAttemptInput) | undefined;
}

const attemptsNames: OptionNames<SeedAttemptsInput> = {
  nodeExecutionId: true,
  count: true,
  taskId: true,
  attempt: true,
};

/** Adds attempts to a node, as Flyte's engine would report them. */
export async function seedAttempts(
  target: SeedableServer,
  attempts: SeedAttemptsInput,
): Promise<TaskExecutionIdentifier[]> {
  requireKnownOptions(
    attempts,
    attemptsNames,
    "attempts",
    "an object with nodeExecutionId and count",
  );
  const writers = writersOf(target);
  const nodeExecutionId = requireNodeExecutionId(
    attempts.nodeExecutionId,
    seedDefaults,
    "nodeExecutionId",
  );
  const count = requireInteger(attempts.count, "count", { min: 0 });
  const { attempt = failedButLast(count) } = attempts;
  target.putBlob(inputUri(nodeExecutionId), literalMapBytes({}));
  const taskId =
    attempts.taskId === undefined
      ? await seedTask(target, scopeOf(nodeExecutionId.executionId ?? {}))
      : requireResourceId(ResourceType.TASK, attempts.taskId, seedDefaults, "taskId");
  const ids: TaskExecutionIdentifier[] = [];
  for (let retryAttempt = 0; retryAttempt < count; retryAttempt++) {
    const id = create(TaskExecutionIdentifierSchema, { taskId, nodeExecutionId, retryAttempt });
    const startedAt = defaultStart(target, (count - retryAttempt) * 60_000);
    await seedAttempt(target, writers, id, attempt(retryAttempt), startedAt);
    ids.push(id);
  }
  return ids;
}

async function seedAttempt(
  target: SeedableServer,
  { admin }: StateWriters,
  id: TaskExecutionIdentifier,
  state: SeedAttemptInput,
  usualStart: Date,
): Promise<void> {
  requireKnownOptions(state, attemptNames, "attempt");
  const { phase = "SUCCEEDED", startedAt = usualStart, runtimeMs = 30_000, logs = {} } = state;
  requireOneOf(attemptPhases, phase, "phase");
  const node = id.nodeExecutionId;
  const folder = `${node?.executionId?.name}/${node?.nodeId}/${id.retryAttempt}`;
  const result = outputResult(target, phase, state, folder);
  const common = {
    taskId: id.taskId,
    parentNodeExecutionId: node,
    retryAttempt: id.retryAttempt,
    taskType: "python-task",
    eventVersion: 1,
    inputValue: {
      case: "inputUri" as const,
      value: node === undefined ? "" : inputUri(node),
    },
    logs: Object.entries(logs).map(([name, uri]) => ({ name, uri })),
  };
  const ended = phase === "SUCCEEDED" || phase === "FAILED" || phase === "ABORTED";
  await admin.createTaskEvent({
    event: {
      ...common,
      phase: TaskExecution_Phase[ended ? "RUNNING" : phase],
      occurredAt: timeAt(startedAt, 0),
    },
  });
  if (!ended) return;
  await admin.createTaskEvent({
    event: {
      ...common,
      phase: TaskExecution_Phase[phase],
      occurredAt: timeAt(startedAt, runtimeMs),
      ...(result && { outputResult: result }),
    },
  });
}

function failedButLast(count: number): (retryAttempt: number) => SeedAttemptInput {
  return (retryAttempt) => ({ phase: retryAttempt === count - 1 ? "SUCCEEDED" : "FAILED" });
}

function inputUri({ executionId, nodeId }: NodeExecutionIdentifier): string {
  return `s3://my-s3-bucket/metadata/${executionId?.name}/${nodeId}/inputs.pb`;
}
