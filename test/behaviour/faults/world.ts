import { createHash } from "node:crypto";

import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import {
  InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedNode,
  seedWorkflow,
} from "../../../src/testing.js";
import type { SeededRandom } from "./seeded-random.js";

export const scope = { project: "flytesnacks", domain: "development" } as const;
export const blobUri = "s3://my-s3-bucket/faults/object";
export const blobBytes: Uint8Array = Uint8Array.from({ length: 30_000 }, (_, index) => index % 251);
/** Bytes that are wrong throughout are detected by this alone. */
export const blobMd5: Uint8Array = createHash("md5").update(blobBytes).digest();

const literal = {
  value: {
    case: "scalar",
    value: {
      value: {
        case: "primitive",
        value: { value: { case: "stringValue", value: "reported" } },
      },
    },
  },
} as const;

/** A server, and its content. */
export interface World {
  readonly flyte: InMemoryFlyteAdmin;
  /** The names of all executions, in the order of the default sort. */
  readonly executions: string[];
  readonly tree: WorkflowExecutionIdentifier;
  /** Node and number of each attempt of the tree, in the order of a walk. */
  readonly attempts: readonly string[];
  readonly launchPlan: { project: string; domain: string; name: string; version: string };
  readonly succeeded: string;
  readonly failed: string;
  newName(): string;
}

export async function buildWorld(random: SeededRandom): Promise<World> {
  const flyte = new InMemoryFlyteAdmin({
    projects: [scope.project],
    random: () => random.next(),
    maxCalls: 1000,
  });
  const executions: string[] = [];
  await seedWorkflow(flyte);
  for (let number = 0; number < 30; number += 1) {
    const name = `e${String(number).padStart(2, "0")}`;
    const phase = number === 1 ? "SUCCEEDED" : number === 2 ? "FAILED" : "RUNNING";
    await seedExecution(flyte, { name, phase, outputs: number === 1 ? { o0: literal } : {} });
    executions.push(name);
  }
  const tree = await seedExecution(flyte, { name: "tree" });
  executions.push("tree");
  const attempts: string[] = [];
  for (let number = 0; number < 6; number += 1) {
    const nodeExecutionId = await seedNode(flyte, { executionId: tree, nodeId: `n${number}` });
    const count = 1 + (number % 3);
    await seedAttempts(flyte, { nodeExecutionId, count });
    for (let attempt = 0; attempt < count; attempt += 1) attempts.push(`n${number}/${attempt}`);
  }
  flyte.putBlob(blobUri, blobBytes);
  let names = 0;
  return {
    flyte,
    executions,
    tree,
    attempts,
    launchPlan: { ...scope, name: "core.flows.sample", version: "v1" },
    succeeded: "e01",
    failed: "e02",
    newName: () => `launch${(names += 1)}`,
  };
}
