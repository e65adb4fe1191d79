import {
  type AttemptState,
  type InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedNode,
} from "flyte-admin-client/testing";

/** The run that is worth opening. */
export const sampleRun = { project: "flytesnacks", domain: "development", name: "nightly-20" };

const minuteMs = 60_000;
const workflows = [
  "core.flows.nightly_train",
  "core.flows.ingest",
  "reports.daily",
  "core.flows.backfill",
];
const phases = ["SUCCEEDED", "SUCCEEDED", "FAILED", "SUCCEEDED", "ABORTED", "SUCCEEDED"] as const;

/**
 * Fills a server with 60 runs of the last days; the newest one has nodes and attempts.
 *
 * @param now where the last run has got to
 * @param setClock sets the server's clock, so that runs are as old as they look
 */
export async function addSampleRuns(
  flyte: InMemoryFlyteAdmin,
  now: Date,
  setClock: (moment: Date | undefined) => void,
): Promise<void> {
  for (let age = 59; age >= 1; age--) {
    const startedAt = minutesBefore(now, 30 + age * 47);
    setClock(startedAt);
    await seedExecution(flyte, {
      name: `run-${String(60 - age).padStart(3, "0")}`,
      workflow: workflows[age % workflows.length] ?? "core.flows.ingest",
      phase: age === 1 ? "RUNNING" : (phases[age % phases.length] ?? "SUCCEEDED"),
      startedAt,
      runtimeMs: (2 + ((age * 37) % 50)) * minuteMs,
      error: { code: "USER:ValueError", message: `column "label" is missing in part ${age}` },
    });
  }
  const startedAt = minutesBefore(now, 26);
  setClock(startedAt);
  await addNightlyRun(flyte, startedAt);
  setClock(undefined);
}

/** A run that is under way: a flaky step, a dynamic node with children, and a step that ran out of memory. */
async function addNightlyRun(flyte: InMemoryFlyteAdmin, start: Date): Promise<void> {
  const executionId = await seedExecution(flyte, {
    name: sampleRun.name,
    workflow: "core.flows.nightly_train",
    phase: "RUNNING",
    startedAt: start,
  });
  const after = (minutes: number): Date => new Date(start.getTime() + minutes * minuteMs);
  const add = async (
    nodeId: string,
    [from, to]: readonly [number, number],
    attempts: readonly Attempt[],
    more: Partial<Parameters<typeof seedNode>[1]> = {},
  ): Promise<void> => {
    const node = await seedNode(flyte, {
      executionId,
      nodeId,
      phase: "SUCCEEDED",
      startedAt: after(from),
      runtimeMs: (to - from) * minuteMs,
      ...more,
    });
    if (attempts.length === 0) return;
    await seedAttempts(flyte, {
      nodeExecutionId: node,
      count: attempts.length,
      attempt: (number) => stateOf(attempts[number] ?? attempts[0]!, after),
    });
  };
  await add(
    "load",
    [0, 3],
    [{ from: 0, to: 3, outputs: { rows: 1_204_331, source: "s3://raw/2026-01-15" } }],
  );
  await add(
    "clean",
    [3, 9],
    [
      {
        from: 3,
        to: 4.4,
        error: ["USER:ValueError", "row 31 has no label\n  in clean.py, line 118, in check_labels"],
      },
      {
        from: 4.8,
        to: 6.1,
        error: ["SYSTEM:Evicted", "the node ran out of disk and the pod was evicted"],
      },
      { from: 6.5, to: 9, outputs: { rows: 1_199_004, dropped: 5_327 } },
    ],
  );
  await add("features", [9, 17], [], { kind: "dynamic" });
  for (const [part, from, to] of [
    ["text", 9.4, 13],
    ["images", 9.4, 16.6],
    ["clicks", 9.8, 12.1],
  ] as const) {
    const attempts: Attempt[] =
      part === "images"
        ? [
            {
              from,
              to: 12,
              error: ["USER:TimeoutError", "no answer from the image store within 120 s"],
            },
            { from: 12.4, to, outputs: { vectors: 48_211 } },
          ]
        : [{ from, to, outputs: { vectors: part === "text" ? 1_199_004 : 1_180_777 } }];
    await add(`features-${part}`, [from, to], attempts, { parentNodeId: "features" });
  }
  await add(
    "train",
    [17, 26],
    [
      {
        from: 17.3,
        to: 21.2,
        error: ["SYSTEM:OOMKilled", "the container was killed: memory limit of 16Gi exceeded"],
      },
      { from: 21.7, to: 26, phase: "RUNNING" },
    ],
    { phase: "RUNNING" },
  );
  await add(
    "report",
    [17, 18.2],
    [{ from: 17.1, to: 18.2, outputs: { page: "s3://reports/2026-01-15.html" } }],
  );
}

/** An attempt, in minutes since the run began. */
interface Attempt {
  readonly from: number;
  readonly to: number;
  readonly phase?: "RUNNING";
  readonly error?: readonly [code: string, message: string];
  readonly outputs?: Readonly<Record<string, string | number>>;
}

function stateOf(attempt: Attempt, after: (minutes: number) => Date): AttemptState {
  const { from, to, phase, error, outputs = {} } = attempt;
  return {
    phase: phase ?? (error === undefined ? "SUCCEEDED" : "FAILED"),
    startedAt: after(from),
    runtimeMs: (to - from) * minuteMs,
    ...(error !== undefined && { error: { code: error[0], message: error[1] } }),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, literal(value)]),
    ),
    logs: { "pod log": "https://logs.example.com/nightly-20" },
  };
}

function literal(value: string | number) {
  const primitive =
    typeof value === "number"
      ? { case: "integer" as const, value: BigInt(value) }
      : { case: "stringValue" as const, value };
  return {
    value: {
      case: "scalar" as const,
      value: { value: { case: "primitive" as const, value: { value: primitive } } },
    },
  };
}

function minutesBefore(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() - minutes * minuteMs);
}
