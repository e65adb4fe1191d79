import { blobType, typedInterface, valueToLiteral } from "flyte-admin-client";
import {
  InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedGate,
  seedNode,
  seedWorkflow,
} from "flyte-admin-client/testing";

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

  await seedGate(flyte, { executionId: await seedExecution(flyte, { name: "gated" }) });
  await seedWorkflow(flyte, {
    name: "train",
    interface: typedInterface({ inputs: { epochs: "integer" } }),
  });
  return flyte;
}
