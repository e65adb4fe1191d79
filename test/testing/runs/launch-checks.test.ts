import { create, fromBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import {
  MatchableResource,
  MatchingAttributesSchema,
} from "../../../gen/flyteidl/admin/matchable_resource_pb.js";
import { TaskCreateRequestSchema } from "../../../gen/flyteidl/admin/task_pb.js";
import {
  NodeExecution_Phase,
  WorkflowExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import { ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import {
  NodeExecutionEventSchema,
  WorkflowExecutionEventSchema,
} from "../../../gen/flyteidl/event/event_pb.js";
import { writeRow } from "../../../src/testing/rpcs/registry/attributes/rows.js";
import {
  errorOf,
  execution,
  executionRequest,
  integer,
  literals,
  nodeEvent,
  runServer,
  type RunServer,
  scope,
  startExecution,
  text,
  versionId,
  workflowEvent,
} from "./run-server.js";

type Spec = NonNullable<Parameters<typeof executionRequest>[2]>;

const onTask: Spec = { launchPlan: versionId(ResourceType.TASK, "sum") };

async function refusal(server: RunServer, spec: Spec, differences = {}) {
  const request = executionRequest("run2", differences, spec);
  const error = await errorOf(() => server.admin.createExecution(request, server.context));
  return [error.code, error.rawMessage];
}

describe("a launch", () => {
  it("is refused for the phase of a notification before its inputs and its plan are looked at", async () => {
    const server = await runServer();
    const slack = { recipientsEmail: ["a@b.c"] };
    const notifications = [
      { phases: [WorkflowExecution_Phase.QUEUED], type: { case: "slack", value: slack } as const },
    ];
    const spec: Spec = {
      launchPlan: versionId(ResourceType.LAUNCH_PLAN, "nope"),
      notificationOverrides: { case: "notifications", value: { notifications } },
    };
    expect(await refusal(server, spec, { inputs: {} })).toEqual([
      Code.InvalidArgument,
      "invalid value for phase",
    ]);
  });

  it("is refused when a tag comes twice, and leaves no row", async () => {
    const server = await runServer();
    expect(await refusal(server, { tags: ["t", "t"] })).toEqual([
      Code.AlreadyExists,
      'value with matching already exists (duplicate key value violates unique constraint "execution_tags_pkey")',
    ]);
    expect(server.state.executions.rows).toHaveLength(0);
    expect(server.state.executionTags.rows).toHaveLength(0);
  });

  it("runs on no other pool of clusters than the one of its project and domain", async () => {
    const server = await runServer();
    const clusterAssignment = { clusterPoolName: "mine" };
    const configured = create(MatchingAttributesSchema, {
      target: { case: "clusterAssignment", value: { clusterPoolName: "theirs" } },
    });
    await server.admin.createExecution(
      executionRequest("run1", {}, { clusterAssignment }),
      server.context,
    );
    writeRow(
      server.state,
      "project-domain",
      scope,
      MatchableResource.CLUSTER_ASSIGNMENT,
      configured,
    );
    const refused = [
      Code.InvalidArgument,
      'execution with project "flytesnacks" and domain "development" cannot run on cluster pool "mine", because its configured to run on pool "theirs"',
    ];
    expect(await refusal(server, { clusterAssignment })).toEqual(refused);
    const inputs = literals({ s: text("a"), x: integer(1) });
    expect(await refusal(server, { ...onTask, clusterAssignment }, { inputs })).toEqual(refused);
  });
});

describe("a launch with a label of a cluster", () => {
  const executionClusterLabel = { value: "gpu" };
  const message =
    "failed to create workflow in propeller execution cluster label gpu is not supported";

  it("is stored as failed when it is one of a launch plan", async () => {
    const server = await runServer();
    const request = executionRequest("run1", {}, { executionClusterLabel });
    await server.admin.createExecution(request, server.context);
    const { closure } = await execution(server);
    expect(closure?.phase).toBe(WorkflowExecution_Phase.FAILED);
    expect(closure?.outputResult).toMatchObject({
      case: "error",
      value: { code: "Internal", message, kind: 2 },
    });
    expect(server.state.executions.rows[0]).toMatchObject({
      errorKind: "SYSTEM",
      errorCode: "Internal",
    });
  });

  it("is refused when it is one of a task", async () => {
    const server = await runServer();
    const request = executionRequest("run2", {}, { ...onTask, executionClusterLabel });
    request.inputs = literals({ s: text("a"), x: integer(1) });
    const error = await errorOf(() => server.admin.createExecution(request, server.context));
    expect([error.code, error.rawMessage]).toEqual([Code.Internal, message]);
    expect(server.state.executions.rows).toHaveLength(0);
  });
});

describe("a task that is launched by itself", () => {
  it("needs a name that storage can have in an address", async () => {
    const server = await runServer();
    const id = versionId(ResourceType.TASK, "a\tb");
    const template = { type: "any", metadata: {}, interface: {} };
    const task = create(TaskCreateRequestSchema, { id, spec: { template } });
    await server.admin.createTask(task, server.context);
    const error = await errorOf(() =>
      server.admin.createExecution(
        executionRequest("run2", {}, { launchPlan: id }),
        server.context,
      ),
    );
    expect(error.code).toBe(Code.Internal);
    expect(error.rawMessage).toMatch(
      /^failed to construct data reference for workflow closure with id \[.*\] and err Reference is of an invalid format \[s3:\/\/my-s3-bucket\]: parse "metadata\/admin\/flytesnacks\/development\/\.flytegen\.a\\tb\/v1": net\/url: invalid control character in URL$/,
    );
  });
});

describe("the launch plan that stands in for a task", () => {
  it("cannot be launched itself, since it names the task as its workflow", async () => {
    const server = await runServer();
    const inputs = literals({ s: text("a"), x: integer(1) });
    await server.admin.createExecution(
      executionRequest("run1", { inputs }, onTask),
      server.context,
    );
    const launchPlan = versionId(ResourceType.LAUNCH_PLAN, ".flytegen.sum");
    expect(await refusal(server, { launchPlan }, { inputs })).toEqual([
      Code.NotFound,
      'missing entity of type WORKFLOW with identifier project:"flytesnacks"  domain:"development"  name:"sum"  version:"v1"',
    ]);
  });
});

describe("a phase that the server does not know", () => {
  // Read from the wire, since the generated types lack the value.
  const bytes = Uint8Array.of(0x18, 99);
  const { phase: unknown } = fromBinary(NodeExecutionEventSchema, bytes);
  const { phase: unknownOfWorkflow } = fromBinary(WorkflowExecutionEventSchema, bytes);

  it("may be reported again, and counts as UNDEFINED afterwards", async () => {
    const server = await runServer();
    await startExecution(server);
    await nodeEvent(server, { phase: unknown });
    await nodeEvent(server, { phase: unknown });
    const error = await errorOf(() => nodeEvent(server, { phase: NodeExecution_Phase.UNDEFINED }));
    expect(error.code).toBe(Code.AlreadyExists);
    expect(error.rawMessage).toContain("This phase was already recorded UNDEFINED for");
  });

  it("may be reported again of a workflow", async () => {
    const server = await runServer();
    await startExecution(server);
    await workflowEvent(server, { phase: unknownOfWorkflow });
    await workflowEvent(server, { phase: unknownOfWorkflow });
    expect(server.state.executions.rows[0]?.phase).toBe("99");
  });
});

describe("an identifier with empty parts", () => {
  it("finds the row that was written longest ago", async () => {
    const server = await runServer();
    await startExecution(server, "run1");
    await startExecution(server, "run2");
    const name = async () =>
      (
        await errorOf(() =>
          nodeEvent(server, { phase: NodeExecution_Phase.QUEUED, producerId: "x" }, "n0", ""),
        )
      ).rawMessage;
    await workflowEvent(
      server,
      { phase: WorkflowExecution_Phase.QUEUED, producerId: "c1" },
      "run1",
    );
    expect(await name()).toContain("clusterInDB: []");
    await workflowEvent(
      server,
      { phase: WorkflowExecution_Phase.QUEUED, producerId: "c2" },
      "run2",
    );
    expect(await name()).toContain("clusterInDB: [c1]");
  });
});
