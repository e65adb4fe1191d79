import {
  type SeedAttemptInput,
  type InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedNode,
} from "flyte-admin-client/testing";

/** The demo's data in the in-memory server: how many attempts each node has. */
const attemptsByNode: Readonly<Record<string, number>> = { n0: 1_800, n1: 900, n2: 300 };

/** The one attempt whose outputs are too large for the server to give inline. */
const largeAttempt = 7;

/** Fills the server with an execution of a few nodes and a few thousand attempts. */
export async function addSampleExecution(flyte: InMemoryFlyteAdmin, name: string): Promise<void> {
  const executionId = await seedExecution(flyte, { name });
  for (const [nodeId, count] of Object.entries(attemptsByNode)) {
    const nodeExecutionId = await seedNode(flyte, { executionId, nodeId });
    await seedAttempts(flyte, {
      nodeExecutionId,
      count,
      attempt: (retryAttempt) => ({
        phase: phaseOf(retryAttempt, count),
        runtimeMs: 4_000 + ((retryAttempt * 7_919) % 56_000),
        outputs: outputsOf(retryAttempt),
        error: {
          code: retryAttempt % 2 === 0 ? "USER:ValueError" : "SYSTEM:OOMKilled",
          message:
            retryAttempt % 2 === 0
              ? `row ${retryAttempt * 31} has no label`
              : "the container was killed: memory limit of 2Gi exceeded",
        },
      }),
    });
  }
}

function phaseOf(
  retryAttempt: number,
  count: number,
): "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED" {
  if (retryAttempt === count - 1) return "RUNNING";
  if (retryAttempt % 97 === 13) return "FAILED";
  return retryAttempt % 211 === 20 ? "ABORTED" : "SUCCEEDED";
}

function outputsOf(retryAttempt: number): NonNullable<SeedAttemptInput["outputs"]> {
  return retryAttempt === largeAttempt
    ? { report: textLiteral("x".repeat(3 * 1024 * 1024)) }
    : { greeting: textLiteral(`hello from attempt ${retryAttempt}`) };
}

function textLiteral(text: string) {
  return {
    value: {
      case: "scalar" as const,
      value: {
        value: {
          case: "primitive" as const,
          value: { value: { case: "stringValue" as const, value: text } },
        },
      },
    },
  };
}
