import { create, toBinary } from "@bufbuild/protobuf";

import { TaskExecutionEventRequestSchema } from "../../gen/flyteidl/admin/event_pb.js";
import { TaskExecution_Phase } from "../../gen/flyteidl/core/execution_pb.js";
import {
  type Identifier,
  type NodeExecutionIdentifier,
  NodeExecutionIdentifierSchema,
} from "../../gen/flyteidl/core/identifier_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import type { InMemoryFlyteAdmin } from "../../src/testing/in-memory-flyte-admin.js";
import { seedExecution, seedNode, seedTask } from "../../src/testing/states/index.js";

/** The names of what a server is filled with. */
export const scope = { project: "flytesnacks", domain: "development" } as const;

/** The executions of a server under test. */
export const names = {
  long: "long",
  short: "short",
  tree: "tree",
} as const;

/** The node of an execution whose attempts are listed. */
export function nodeOf(name: string): NodeExecutionIdentifier {
  return create(NodeExecutionIdentifierSchema, {
    nodeId: "n0",
    executionId: { ...scope, name },
  });
}

/** Fills a node with attempts of about 1 kB each, and returns its id. */
export async function fillAttempts(
  flyte: InMemoryFlyteAdmin,
  name: string,
  count: number,
): Promise<NodeExecutionIdentifier> {
  const executionId = await seedExecution(flyte, { ...scope, name, phase: "RUNNING" });
  const taskId = await seedTask(flyte, scope);
  const node = await seedNode(flyte, { executionId, nodeId: "n0" });
  for (let attempt = 0; attempt < count; attempt++) {
    const bytes = toBinary(TaskExecutionEventRequestSchema, attemptEvent(taskId, node, attempt));
    await flyte.call(AdminService.typeName, "CreateTaskEvent", bytes);
  }
  flyte.clearCalls();
  return node;
}

/** Fills the project and domain with executions of one phase, whose names are numbered. */
export async function fillExecutions(
  flyte: InMemoryFlyteAdmin,
  {
    prefix,
    count,
    phase,
  }: { readonly prefix: string; readonly count: number; readonly phase: "SUCCEEDED" | "RUNNING" },
): Promise<void> {
  for (let at = 0; at < count; at++) {
    await seedExecution(flyte, { ...scope, name: `${prefix}${at}`, phase });
  }
  flyte.clearCalls();
}

/** Fills the execution of a node with more nodes, up to a count. */
export async function fillNodes(
  flyte: InMemoryFlyteAdmin,
  { executionId }: NodeExecutionIdentifier,
  count: number,
): Promise<void> {
  if (executionId === undefined) throw new Error("a node has no execution");
  for (let at = 1; at < count; at++) {
    await seedNode(flyte, { executionId, nodeId: `n${at}`, phase: "SUCCEEDED" });
  }
  flyte.clearCalls();
}

/** Registers tasks with names of their own. */
export async function fillTaskNames(flyte: InMemoryFlyteAdmin, count: number): Promise<void> {
  for (let at = 0; at < count; at++)
    await seedTask(flyte, { ...scope, name: `team.flows.task${at}` });
  flyte.clearCalls();
}

function attemptEvent(taskId: Identifier, node: NodeExecutionIdentifier, retryAttempt: number) {
  const folder = `s3://my-s3-bucket/metadata/propeller/flytesnacks-development-${node.executionId?.name ?? ""}/${node.nodeId}/data/${retryAttempt}`;
  const pod = `${node.executionId?.name ?? ""}-${node.nodeId}-${retryAttempt}`;
  return create(TaskExecutionEventRequestSchema, {
    event: {
      taskId,
      parentNodeExecutionId: node,
      retryAttempt,
      taskType: "python-task",
      eventVersion: 1,
      phase: TaskExecution_Phase.SUCCEEDED,
      occurredAt: { seconds: BigInt(1_768_467_600 + retryAttempt), nanos: 123_456_000 },
      inputValue: { case: "inputUri", value: `${folder}/inputs.pb` },
      outputResult: { case: "outputUri", value: `${folder}/outputs.pb` },
      reasons: [
        { occurredAt: { seconds: 1_768_467_600n, nanos: 0 }, reason: "task submitted to K8s" },
        { occurredAt: { seconds: 1_768_467_601n, nanos: 0 }, reason: "Scheduling" },
        {
          occurredAt: { seconds: 1_768_467_605n, nanos: 0 },
          reason: `[ContainersNotReady|ContainerCreating]: containers with unready status: [${pod}]`,
        },
        {
          occurredAt: { seconds: 1_768_467_609n, nanos: 0 },
          reason: `container ${pod} of the pod in namespace flytesnacks-development is running`,
        },
      ],
      logs: [
        {
          name: "Kubernetes Logs",
          uri: `https://logs.example.com/#!/log/flytesnacks-development/${pod}/pod?namespace=flytesnacks-development`,
        },
        {
          name: "Cloudwatch Logs",
          uri: `https://console.example.com/cloudwatch/home?region=us-east-2#logEventViewer:group=/kubernetes/flyte;stream=${pod}`,
        },
      ],
      metadata: { generatedName: pod, pluginIdentifier: "container" },
    },
  });
}
