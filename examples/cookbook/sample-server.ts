import { AdminClient, blobType, typedInterface, valueToLiteral } from "flyte-admin-client";
import {
  InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedGate,
  seedNode,
  seedWorkflow,
} from "flyte-admin-client/testing";

const scope = { project: "flytesnacks", domain: "development" };

/** An in-memory FlyteAdmin with what the programs look for. */
export async function sampleServer(): Promise<InMemoryFlyteAdmin> {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const uri = "s3://my-s3-bucket/models/model.onnx";
  flyte.putBlob(uri, new TextEncoder().encode("a model"));
  const model = valueToLiteral(
    { kind: "blob", uri, format: "onnx", dimensionality: "SINGLE" },
    blobType({ format: "onnx" }),
  );

  const training = await seedExecution(flyte, { name: "training", phase: "SUCCEEDED" });
  const node = await seedNode(flyte, { executionId: training, nodeId: "n0", phase: "SUCCEEDED" });
  await seedAttempts(flyte, {
    nodeExecutionId: node,
    count: 2,
    attempt: (n) =>
      n === 0
        ? { phase: "FAILED", error: { code: "USER:ValueError", message: "no label" } }
        : { phase: "SUCCEEDED", outputs: { model }, logs: { pod: "https://logs.example.com/1" } },
  });

  const error = { code: "OOMKilled", message: "container exited with code 137, out of memory" };
  const failed = await seedExecution(flyte, { name: "hungry", phase: "FAILED", error });
  const hungry = await seedNode(flyte, {
    executionId: failed,
    nodeId: "n0",
    phase: "FAILED",
    error,
  });
  await seedAttempts(flyte, {
    nodeExecutionId: hungry,
    count: 1,
    attempt: () => ({ phase: "FAILED", error }),
  });

  const startedAt = new Date(Date.now() - 2 * 60 * 60 * 1000);
  await seedGate(flyte, { executionId: await seedExecution(flyte, { name: "gated", startedAt }) });
  await seedWorkflow(flyte, {
    name: "train",
    interface: typedInterface({ inputs: { epochs: "integer" } }),
  });
  const trainer = new AdminClient({ transport: flyte.transport(), defaults: scope });
  for (const [name, epochs] of [
    ["small", 3],
    ["large", 2n ** 60n],
  ] as const) {
    await trainer.executions.launch({ launchPlan: "train", name, values: { epochs } });
  }
  await seedWorkflow(flyte, {
    name: "score",
    interface: typedInterface({ inputs: { rows: blobType({ format: "csv" }) } }),
  });
  const { workflowId } = await seedWorkflow(flyte);
  const admin = new AdminClient({ transport: flyte.transport() });
  const nightly = { ...scope, name: "nightly", version: "v1" };
  await admin.launchPlans.create({
    id: nightly,
    spec: {
      workflowId,
      entityMetadata: {
        schedule: {
          ScheduleExpression: { case: "cronSchedule", value: { schedule: "0 3 * * *" } },
        },
      },
    },
  });
  await admin.launchPlans.activate(nightly);
  await admin.executions.launch({
    launchPlan: nightly,
    name: "tagged",
    spec: { tags: ["nightly"] },
  });
  return flyte;
}
