import { create, type DescMessage, type MessageInitShape } from "@bufbuild/protobuf";
import { type Timestamp, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { ConnectError } from "@connectrpc/connect";

import {
  NodeExecutionEventRequestSchema,
  TaskExecutionEventRequestSchema,
  WorkflowExecutionEventRequestSchema,
} from "../../../gen/flyteidl/admin/event_pb.js";
import type { ExecutionSpecSchema } from "../../../gen/flyteidl/admin/execution_pb.js";
import {
  type Execution,
  ExecutionCreateRequestSchema,
  WorkflowExecutionGetRequestSchema,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import { LaunchPlanCreateRequestSchema } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { LaunchPlanSpecSchema } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import {
  type NodeExecution,
  NodeExecutionGetRequestSchema,
} from "../../../gen/flyteidl/admin/node_execution_pb.js";
import { TaskCreateRequestSchema } from "../../../gen/flyteidl/admin/task_pb.js";
import {
  type TaskExecution,
  TaskExecutionGetRequestSchema,
} from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { WorkflowCreateRequestSchema } from "../../../gen/flyteidl/admin/workflow_pb.js";
import {
  type Identifier,
  IdentifierSchema,
  ResourceType,
  type TaskExecutionIdentifier,
  TaskExecutionIdentifierSchema,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import {
  type LiteralMap,
  type Literal,
  LiteralMapSchema,
  LiteralSchema,
} from "../../../gen/flyteidl/core/literals_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import type {
  NodeExecutionEventSchema,
  TaskExecutionEventSchema,
  WorkflowExecutionEventSchema,
} from "../../../gen/flyteidl/event/event_pb.js";
import { MemoryBlobStore } from "../../../src/testing/blobs/index.js";
import {
  adminHandlers,
  createState,
  dataProxyHandlers,
  type FlyteState,
  type RpcContext,
  signalHandlers,
  type StateOptions,
} from "../../../src/testing/rpcs/index.js";

/** A day of the server's clock. */
export const serverDay: Date = new Date("2026-03-01T00:00:00Z");

/** The scope of everything in these tests. */
export const scope = { project: "flytesnacks", domain: "development" } as const;

/** A server with a task, a workflow of two nodes and its launch plan. */
export interface RunServer {
  readonly state: FlyteState;
  readonly admin: ReturnType<typeof adminHandlers>;
  readonly dataProxy: ReturnType<typeof dataProxyHandlers>;
  readonly signals: ReturnType<typeof signalHandlers>;
  readonly context: RpcContext;
}

/** Fields of a message that is not made yet. */
type Fields<Desc extends DescMessage> = Exclude<
  MessageInitShape<Desc>,
  { readonly $typeName: string }
>;

/** Starts one. */
export async function runServer(options: Partial<StateOptions> = {}): Promise<RunServer> {
  const now = () => serverDay;
  const blobs = new MemoryBlobStore(now);
  const state = createState({ now, blobs, projects: [scope.project], ...options });
  const server: RunServer = {
    state,
    admin: adminHandlers(state),
    dataProxy: dataProxyHandlers(state),
    signals: signalHandlers(state),
    context: {
      now,
      headers: new Headers(),
      signal: new AbortController().signal,
      wire: "in-process",
      signedUrlBase: "http://blobs.test",
    },
  };
  await registerTask(server);
  await registerWorkflow(server);
  await registerLaunchPlan(server, "v1", {});
  return server;
}

const typedInterface = {
  inputs: { variables: { x: variable(SimpleType.INTEGER), s: variable(SimpleType.STRING) } },
  outputs: { variables: { o0: variable(SimpleType.INTEGER) } },
};

/** The identifier of a version in the scope. */
export function versionId(resourceType: ResourceType, name: string, version = "v1"): Identifier {
  return create(IdentifierSchema, { resourceType, ...scope, name, version });
}

async function registerTask(server: RunServer): Promise<void> {
  const id = versionId(ResourceType.TASK, "sum");
  const template = {
    id,
    type: "python-task",
    metadata: { runtime: { type: 1, version: "1.16" }, retries: { retries: 2 } },
    interface: typedInterface,
    target: { case: "container" as const, value: { image: "img", args: ["run"] } },
  };
  const request = create(TaskCreateRequestSchema, { id, spec: { template } });
  await server.admin.createTask(request, server.context);
}

async function registerWorkflow(server: RunServer): Promise<void> {
  const id = versionId(ResourceType.WORKFLOW, "two_step");
  const task = versionId(ResourceType.TASK, "sum");
  const node = (nodeId: string, upstreamNodeIds: string[]) => ({
    id: nodeId,
    upstreamNodeIds,
    metadata: { name: nodeId },
    inputs: ["x", "s"].map((name) => ({ var: name, binding: promise("", name) })),
    target: {
      case: "taskNode" as const,
      value: { reference: { case: "referenceId" as const, value: task } },
    },
  });
  const template = {
    id,
    metadata: {},
    interface: typedInterface,
    nodes: [node("n0", []), node("n1", ["n0"])],
    outputs: [{ var: "o0", binding: promise("n1", "o0") }],
  };
  const request = create(WorkflowCreateRequestSchema, { id, spec: { template } });
  await server.admin.createWorkflow(request, server.context);
}

/** Registers a launch plan of the workflow: `x` defaults to 3, `s` is required. */
export async function registerLaunchPlan(
  server: RunServer,
  version: string,
  spec: Fields<typeof LaunchPlanSpecSchema>,
): Promise<void> {
  const request = create(LaunchPlanCreateRequestSchema, {
    id: versionId(ResourceType.LAUNCH_PLAN, "two_step", version),
    spec: {
      workflowId: versionId(ResourceType.WORKFLOW, "two_step"),
      defaultInputs: {
        parameters: {
          x: {
            var: variable(SimpleType.INTEGER),
            behavior: { case: "default", value: integer(3) },
          },
        },
      },
      ...spec,
    },
  });
  await server.admin.createLaunchPlan(request, server.context);
}

/** A request for an execution of the launch plan, with what differs. */
export function executionRequest(
  name: string,
  differences: Fields<typeof ExecutionCreateRequestSchema> = {},
  spec: Fields<typeof ExecutionSpecSchema> = {},
) {
  return create(ExecutionCreateRequestSchema, {
    ...scope,
    name,
    inputs: literals({ s: text("a") }),
    ...differences,
    spec: { launchPlan: versionId(ResourceType.LAUNCH_PLAN, "two_step"), ...spec },
  });
}

/** Makes an execution, and returns its identifier. */
export async function startExecution(server: RunServer, name = "run1") {
  await server.admin.createExecution(executionRequest(name), server.context);
  return { ...scope, name };
}

/** An execution as GetExecution has it. */
export async function execution(server: RunServer, name = "run1"): Promise<Execution> {
  const request = create(WorkflowExecutionGetRequestSchema, { id: { ...scope, name } });
  return server.admin.getExecution(request, server.context);
}

type WorkflowEvent = Fields<typeof WorkflowExecutionEventSchema>;

/** Sends an event of a workflow execution. */
export async function workflowEvent(server: RunServer, event: WorkflowEvent, name = "run1") {
  const request = create(WorkflowExecutionEventRequestSchema, {
    event: { executionId: { ...scope, name }, occurredAt: at(0), ...event },
  });
  return server.admin.createWorkflowEvent(request, server.context);
}

type NodeEvent = Fields<typeof NodeExecutionEventSchema>;

/** Sends an event of a node. */
export async function nodeEvent(server: RunServer, event: NodeEvent, nodeId = "n0", name = "run1") {
  const request = create(NodeExecutionEventRequestSchema, {
    event: {
      id: { nodeId, executionId: { ...scope, name } },
      occurredAt: at(0),
      specNodeId: nodeId,
      eventVersion: 1,
      ...event,
    },
  });
  return server.admin.createNodeEvent(request, server.context);
}

/** A node execution as GetNodeExecution has it. */
export async function node(
  server: RunServer,
  nodeId = "n0",
  name = "run1",
): Promise<NodeExecution> {
  const id = { nodeId, executionId: { ...scope, name } };
  const request = create(NodeExecutionGetRequestSchema, { id });
  return server.admin.getNodeExecution(request, server.context);
}

type TaskEvent = Fields<typeof TaskExecutionEventSchema>;

/** Sends an event of an attempt. */
export async function taskEvent(server: RunServer, event: TaskEvent, nodeId = "n0") {
  const request = create(TaskExecutionEventRequestSchema, {
    event: {
      taskId: versionId(ResourceType.TASK, "sum"),
      parentNodeExecutionId: { nodeId, executionId: { ...scope, name: "run1" } },
      occurredAt: at(0),
      taskType: "python-task",
      eventVersion: 1,
      ...event,
    },
  });
  return server.admin.createTaskEvent(request, server.context);
}

/** The identifier of an attempt. */
export function attemptId(retryAttempt = 0, nodeId = "n0"): TaskExecutionIdentifier {
  return create(TaskExecutionIdentifierSchema, {
    taskId: versionId(ResourceType.TASK, "sum"),
    nodeExecutionId: { nodeId, executionId: { ...scope, name: "run1" } },
    retryAttempt,
  });
}

/** An attempt as GetTaskExecution has it. */
export async function attempt(
  server: RunServer,
  retryAttempt = 0,
  nodeId = "n0",
): Promise<TaskExecution> {
  const request = create(TaskExecutionGetRequestSchema, { id: attemptId(retryAttempt, nodeId) });
  return server.admin.getTaskExecution(request, server.context);
}

/** A time of an event: seconds after a fixed one. */
export function at(seconds: number): Timestamp {
  return timestampFromDate(new Date(Date.UTC(2026, 0, 15, 9, 0, 0) + seconds * 1000));
}

/** The error that a call ends with. */
export async function errorOf(call: () => unknown): Promise<ConnectError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof ConnectError) return error;
    throw error;
  }
  throw new Error("the call did not fail");
}

/** An integer literal. */
export function integer(value: number): Literal {
  return create(LiteralSchema, {
    value: {
      case: "scalar",
      value: {
        value: {
          case: "primitive",
          value: { value: { case: "integer", value: BigInt(value) } },
        },
      },
    },
  });
}

/** A string literal. */
export function text(value: string): Literal {
  return create(LiteralSchema, {
    value: {
      case: "scalar",
      value: {
        value: { case: "primitive", value: { value: { case: "stringValue", value } } },
      },
    },
  });
}

/** A map of literals. */
export function literals(map: Record<string, Literal>): LiteralMap {
  return create(LiteralMapSchema, { literals: map });
}

function variable(simple: SimpleType) {
  return { type: { type: { case: "simple" as const, value: simple } } };
}

function promise(nodeId: string, name: string) {
  return { value: { case: "promise" as const, value: { nodeId, var: name } } };
}
