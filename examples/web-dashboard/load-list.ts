import { timestampDate, timestampMs } from "@bufbuild/protobuf/wkt";
import {
  type AdminClient,
  type ExecutionQuery,
  isFlyteError,
  isTerminal,
} from "flyte-admin-client";
import type { Execution } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import { pause } from "./activity.js";

/** How many executions are loaded at a time. */
export const listStep = 500;

/** How many running ones are followed: the newest. */
const maxFollowed = 100;
const lookForNewMs = 10_000;

/** Hears of the executions of a list. */
export interface ListListener {
  /** Called for new ones and for new states of known ones. */
  onExecutions(executions: readonly Execution[]): void;
  onRefresh(error: unknown): void;
}

/**
 * Loads the next executions of a list, page by page.
 *
 * @returns where to continue; `undefined` at the end
 */
export async function loadStep(
  admin: AdminClient,
  query: ExecutionQuery,
  token: string | undefined,
  listener: ListListener,
  signal: AbortSignal,
): Promise<string | undefined> {
  const list = admin.executions.list(query, {
    pageSize: 50,
    limit: listStep,
    signal,
    ...(token !== undefined && { token }),
  });
  let next: string | undefined;
  for await (const { items, nextToken } of list.pages()) {
    listener.onExecutions(items);
    next = nextToken;
  }
  return next;
}

/** Follows the executions that have not ended, and looks for new ones, until the signal fires. */
export async function followList(
  admin: AdminClient,
  query: ExecutionQuery,
  known: ReadonlyMap<string, Execution>,
  listener: ListListener,
  signal: AbortSignal,
): Promise<void> {
  const followed = new Set<string>();
  const followRunning = (): void => {
    for (const [name, execution] of known) {
      if (followed.size >= maxFollowed) return;
      if (followed.has(name) || isTerminal(execution)) continue;
      followed.add(name);
      void followOne(admin, execution, listener, signal).finally(() => followed.delete(name));
    }
  };
  for (;;) {
    followRunning();
    await pause(lookForNewMs, signal);
    try {
      listener.onExecutions(await newerThan(admin, query, known, signal));
      listener.onRefresh(undefined);
    } catch (error) {
      signal.throwIfAborted();
      listener.onRefresh(error);
    }
  }
}

/** All who are followed share the calls of the client: a hundred cost one call. */
async function followOne(
  admin: AdminClient,
  execution: Execution,
  listener: ListListener,
  signal: AbortSignal,
): Promise<void> {
  if (execution.id === undefined) return;
  try {
    for await (const update of admin.executions.updates(execution.id, { signal })) {
      listener.onExecutions([update.execution]);
    }
  } catch (error) {
    if (!isFlyteError(error, "CANCELLED")) listener.onRefresh(error);
  }
}

async function newerThan(
  admin: AdminClient,
  query: ExecutionQuery,
  known: ReadonlyMap<string, Execution>,
  signal: AbortSignal,
): Promise<Execution[]> {
  const newest = [...known.values()].reduce<Execution | undefined>(
    (latest, execution) => (createdMs(execution) > createdMs(latest) ? execution : latest),
    undefined,
  );
  const time = newest?.closure?.createdAt;
  const { where } = query;
  const list = admin.executions.list(
    {
      ...query,
      where: (f) => [
        ...[where?.(f) ?? []].flat(),
        ...(time === undefined ? [] : [f.createdAt.gte(timestampDate(time))]),
      ],
    },
    { limit: listStep, signal },
  );
  return list.toArray({ limit: listStep });
}

/** When an execution was created; -Infinity where it is not known. */
export function createdMs(execution: Execution | undefined): number {
  const time = execution?.closure?.createdAt;
  return time === undefined ? -Infinity : timestampMs(time);
}
