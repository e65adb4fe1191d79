import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { AdminClient, type LaunchCommonInput } from "flyte-admin-client";
import { ExecutionMetadata_ExecutionMode } from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import {
  NodeExecution_Phase,
  WorkflowExecution_Phase,
} from "flyte-admin-client/gen/flyteidl/core/execution_pb";
import type { WorkflowExecutionIdentifier } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import type {
  LiteralSchema,
  PrimitiveSchema,
} from "flyte-admin-client/gen/flyteidl/core/literals_pb";
import {
  type SeedAttemptInput,
  type InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedNode,
  seedWorkflow,
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

/**
 * A run that is under way: a flaky step, a step with many short attempts, a dynamic node with
 * children, a node that launched an execution, and a step that ran out of memory.
 */
async function addNightlyRun(flyte: InMemoryFlyteAdmin, start: Date): Promise<void> {
  const executionId = await launch(flyte, "core.flows.nightly_train", sampleRun.name, {
    tags: ["nightly"],
    labels: { values: { team: "ranking" } },
  });
  const after = (minutes: number): Date => new Date(start.getTime() + minutes * minuteMs);
  await clientOf(flyte).executions.createEvent({
    executionId,
    phase: WorkflowExecution_Phase.RUNNING,
    occurredAt: timestampFromDate(start),
  });
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
      outputs: literalsOf(attempts.at(-1)?.outputs),
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
  const quick = (at: number): Attempt => ({
    from: 0.1 + at * 0.18,
    to: 0.2 + at * 0.18,
    error: ["USER:RateLimited", "429 Too Many Requests from the label service"],
  });
  await add(
    "labels",
    [0, 3],
    [...Array.from({ length: 13 }, (_, at) => quick(at)), { from: 2.5, to: 3 }],
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
  await addEvaluation(flyte, { executionId, nodeId: "evaluate" }, after);
  const deckUri = "s3://my-s3-bucket/decks/report.html";
  flyte.putBlob(deckUri, new TextEncoder().encode(deck));
  await add(
    "report",
    [17, 18.2],
    [
      {
        from: 17.1,
        to: 18.2,
        outputs: {
          page: "https://reports.example.com/2026-01-15.html",
          rows: 1_199_004,
          published: true,
          written_at: after(18),
          classes: ["news", "sports", "weather"],
          scores: { precision: 0.931, recall: 0.884, f1: 0.907 },
        },
      },
    ],
    { deckUri },
  );
}

/** A node that launched an execution of its own. */
async function addEvaluation(
  flyte: InMemoryFlyteAdmin,
  node: { readonly executionId: WorkflowExecutionIdentifier; readonly nodeId: string },
  after: (minutes: number) => Date,
): Promise<void> {
  const admin = clientOf(flyte);
  await seedNode(flyte, { ...node, phase: "QUEUED", startedAt: after(9) });
  const executionId = await launch(flyte, "core.flows.evaluate", "evaluate-20", {
    metadata: {
      mode: ExecutionMetadata_ExecutionMode.CHILD_WORKFLOW,
      parentNodeExecution: node,
    },
  });
  for (const [minutes, phase] of [
    [9.2, "RUNNING"],
    [15.8, "SUCCEEDED"],
  ] as const) {
    const occurredAt = timestampFromDate(after(minutes));
    await admin.executions.createEvent({
      executionId,
      phase: WorkflowExecution_Phase[phase],
      occurredAt,
    });
    await admin.nodeExecutions.createEvent({
      id: node,
      specNodeId: node.nodeId,
      nodeName: node.nodeId,
      eventVersion: 1,
      phase: NodeExecution_Phase[phase],
      occurredAt,
      targetMetadata: { case: "workflowNodeMetadata", value: { executionId } },
    });
  }
}

async function launch(
  flyte: InMemoryFlyteAdmin,
  workflow: string,
  name: string,
  spec: NonNullable<LaunchCommonInput["spec"]>,
): Promise<WorkflowExecutionIdentifier> {
  await seedWorkflow(flyte, { name: workflow });
  const { project, domain } = sampleRun;
  return clientOf(flyte).executions.launch({
    launchPlan: { project, domain, name: workflow },
    name,
    spec,
  });
}

function clientOf(flyte: InMemoryFlyteAdmin): AdminClient {
  return new AdminClient({ transport: flyte.transport() });
}

const deck = `<!doctype html><meta charset="utf-8"><style>body{font:14px sans-serif;margin:24px}
td{padding:2px 16px 2px 0}</style><h1>Report of 15 January</h1><table><tr><td>precision<td>0.931
<tr><td>recall<td>0.884</table>`;

/** An attempt, in minutes since the run began. */
interface Attempt {
  readonly from: number;
  readonly to: number;
  readonly phase?: "RUNNING";
  readonly error?: readonly [code: string, message: string];
  readonly outputs?: Readonly<Record<string, Value>>;
}

function stateOf(attempt: Attempt, after: (minutes: number) => Date): SeedAttemptInput {
  const { from, to, phase, error, outputs = {} } = attempt;
  return {
    phase: phase ?? (error === undefined ? "SUCCEEDED" : "FAILED"),
    startedAt: after(from),
    runtimeMs: (to - from) * minuteMs,
    ...(error !== undefined && { error: { code: error[0], message: error[1] } }),
    outputs: literalsOf(outputs),
    logs: { "pod log": "https://logs.example.com/nightly-20" },
  };
}

type Value =
  string | number | boolean | Date | readonly Value[] | { readonly [name: string]: Value };
type LiteralInit = MessageInitShape<typeof LiteralSchema>;

function literalsOf(values: Readonly<Record<string, Value>> = {}): Record<string, LiteralInit> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literal(value)]));
}

function literal(value: Value): LiteralInit {
  if (Array.isArray(value)) {
    return { value: { case: "collection", value: { literals: value.map(literal) } } };
  }
  if (value instanceof Date)
    return primitive({ case: "datetime", value: timestampFromDate(value) });
  switch (typeof value) {
    case "string":
      return primitive({ case: "stringValue", value });
    case "boolean":
      return primitive({ case: "boolean", value });
    case "number":
      return primitive(
        Number.isInteger(value)
          ? { case: "integer", value: BigInt(value) }
          : { case: "floatValue", value },
      );
    default:
      return {
        value: { case: "map", value: { literals: literalsOf(value as Record<string, Value>) } },
      };
  }
}

function primitive(
  value: NonNullable<MessageInitShape<typeof PrimitiveSchema>["value"]>,
): LiteralInit {
  const scalar = { value: { case: "primitive" as const, value: { value } } };
  return { value: { case: "scalar", value: scalar } };
}

function minutesBefore(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() - minutes * minuteMs);
}
