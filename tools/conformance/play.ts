import { isMessage } from "@bufbuild/protobuf";
import type { AdminClient } from "flyte-admin-client";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";
import { ExecutionCreateResponseSchema } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import { Project_ProjectState } from "flyte-admin-client/gen/flyteidl/admin/project_pb";

import type { WorkflowExecutionIdentifier } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";

import { call, isRead, type PlannedCall } from "./calls/planned-call.js";
import { randomCalls } from "./calls/random-calls.js";
import { walkCalls } from "./calls/walk.js";
import type { Scope } from "./calls/world.js";
import { compareAnswers } from "./compare.js";
import type { RunFacts } from "./normalize.js";
import type { Recording } from "./recording.js";
import { Report } from "./report.js";
import { type Answer, type SentAnswer, type Side, sideOf } from "./side.js";

/** A server on one wire, as a client and as what calls are played to. */
export interface Player {
  readonly client: AdminClient;
  readonly side: Side;
}

/** A player of a client. */
export function playerOf(wire: string, client: AdminClient): Player {
  return { client, side: sideOf(wire, client) };
}

/** The calls of a run, and its servers. */
export interface Run {
  readonly scope: Scope;
  readonly seed: number;
  /** How many random calls follow the walk over every RPC. */
  readonly calls: number;
  /** The server under test, on each wire that it is reached by; writes go to the first. */
  readonly targets: readonly [Player, ...Player[]];
  /** The in-memory server, on the same wires in the same order. */
  readonly inMemory: readonly [Player, ...Player[]];
  readonly recording: Recording | undefined;
  /** Whether the server under test knows who calls. */
  readonly isSignedIn: boolean;
  /** When the run began, in milliseconds since 1970. */
  readonly startedMs: number;
}

/** The result of a run, and the rows that it left on the server. */
export interface Played {
  readonly report: Report;
  /** The executions that the run launched. */
  readonly launched: readonly WorkflowExecutionIdentifier[];
}

/** Plays every call to both servers, one after the other, and compares the answers. */
export async function play(run: Run): Promise<Played> {
  const report = new Report();
  const launched: WorkflowExecutionIdentifier[] = [];
  // A day less, since clocks of servers differ.
  const serverTimesFromMs = run.startedMs - 24 * 3600 * 1000;
  const { isSignedIn } = run;
  const facts: RunFacts = { project: run.scope.project, serverTimesFromMs, isSignedIn };
  for (const planned of plannedCalls(run)) {
    const wires = isRead(planned.method) ? run.targets : run.targets.slice(0, 1);
    for (const [index, target] of wires.entries()) {
      const inMemory = run.inMemory[index] ?? run.inMemory[0];
      const answer = await ask(target, planned);
      const expected = await ask(inMemory, planned);
      if (answer.kind === "unsent" || expected.kind === "unsent") continue;
      if (index === 0) run.recording?.add(planned, answer);
      launched.push(...launchedBy(answer));
      report.add(target.side.wire, planned, compareAnswers(planned, answer, expected, facts));
    }
  }
  return { report, launched };
}

/**
 * Ends what a run left running and archives the project that it registered, as far as the server
 * lets it. Rows stay: FlyteAdmin deletes none.
 */
export async function cleanUp(
  { client }: Player,
  launched: readonly WorkflowExecutionIdentifier[],
  ownProject: string | undefined,
): Promise<void> {
  const cause = "end of a conformance run";
  for (const id of launched) {
    // What is over already cannot be ended; that is no reason to stop.
    await client.rpc.admin.terminateExecution({ id, cause }).catch(() => undefined);
  }
  if (ownProject === undefined) return;
  const state = Project_ProjectState.ARCHIVED;
  await client.rpc.admin.updateProject({ id: ownProject, name: ownProject, state });
}

function launchedBy(answer: SentAnswer): readonly WorkflowExecutionIdentifier[] {
  if (answer.kind !== "message" || !isMessage(answer.message, ExecutionCreateResponseSchema))
    return [];
  return answer.message.id === undefined ? [] : [answer.message.id];
}

function* plannedCalls({ scope, seed, calls }: Run): Generator<PlannedCall> {
  const { project } = scope;
  yield call(AdminService.method.registerProject, { project: { id: project, name: project } });
  yield* walkCalls(scope);
  yield* randomCalls(scope, seed, calls);
}

async function ask({ side }: Player, { method, request }: PlannedCall): Promise<Answer> {
  return side.ask(method, request);
}
