import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import { NamedEntityGetRequestSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import { ObjectGetRequestSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import { EventFailureReasonSchema } from "../../../gen/flyteidl/admin/event_pb.js";
import {
  ExecutionMetadata_ExecutionMode,
  ExecutionRecoverRequestSchema,
  ExecutionRelaunchRequestSchema,
  ExecutionState,
  ExecutionTerminateRequestSchema,
  ExecutionUpdateRequestSchema,
  WorkflowExecutionGetDataRequestSchema,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import { ConcurrencyLimitBehavior } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import { ProjectRegisterRequestSchema } from "../../../gen/flyteidl/admin/project_pb.js";
import {
  NodeExecution_Phase,
  WorkflowExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import { ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import {
  errorOf,
  execution,
  executionRequest,
  integer,
  literals,
  nodeEvent,
  registerLaunchPlan,
  type RunServer,
  runServer,
  scope,
  startExecution,
  text,
  versionId,
  workflowEvent,
} from "./run-server.js";

const { RUNNING, SUCCEEDED, ABORTED } = WorkflowExecution_Phase;

type Differences = Parameters<typeof executionRequest>[1];
type Spec = Parameters<typeof executionRequest>[2];

async function createError(
  server: RunServer,
  name: string,
  differences?: Differences,
  spec?: Spec,
) {
  const request = executionRequest(name, differences, spec);
  const error = await errorOf(() => server.admin.createExecution(request, server.context));
  return [error.code, error.rawMessage];
}

async function inputsOf(server: RunServer, name = "run1") {
  const request = create(WorkflowExecutionGetDataRequestSchema, { id: { ...scope, name } });
  return (await server.admin.getExecutionData(request, server.context)).fullInputs?.literals;
}

describe("a request for an execution", () => {
  it("is refused for the first thing that is wrong with it", async () => {
    const server = await runServer();
    const invalid = Code.InvalidArgument;
    expect(await createError(server, "a", { project: "" })).toEqual([invalid, "missing project"]);
    expect(await createError(server, "a", { domain: "" })).toEqual([invalid, "missing domain"]);
    expect(await createError(server, "Bad_Name")).toEqual([
      invalid,
      "invalid name format: bad_name, does not match regex '^[a-z][a-z\\-0-9]*$'",
    ]);
    expect(await createError(server, "a".repeat(64))).toEqual([
      invalid,
      `size of name exceeded length 63 : ${"a".repeat(64)}`,
    ]);
    expect(await createError(server, "a", { domain: "nope" })).toEqual([
      invalid,
      "domain [nope] is unrecognized by system",
    ]);
    const noVersion = versionId(ResourceType.LAUNCH_PLAN, "two_step", "");
    expect(await createError(server, "a", {}, { launchPlan: noVersion })).toEqual([
      invalid,
      "missing version",
    ]);
    const noType = versionId(ResourceType.UNSPECIFIED, "two_step");
    expect(await createError(server, "a", {}, { launchPlan: noType })).toEqual([
      invalid,
      "Invalid reference entity resource type [UNSPECIFIED], only [map[TASK:<nil> LAUNCH_PLAN:<nil>]] allowed",
    ]);
  });

  it("is refused for more than 16 labels, and for labels that Kubernetes does not take", async () => {
    const server = await runServer();
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, "v"]));
    expect(await createError(server, "a", {}, { labels: { values: many } })).toEqual([
      Code.InvalidArgument,
      "labels map cannot exceed 16 entries",
    ]);
    const [code, message] = await createError(
      server,
      "a",
      {},
      { labels: { values: { "-": "v" } } },
    );
    expect(code).toBe(Code.InvalidArgument);
    expect(message).toContain("invalid label key [-]: [name part must consist of");
  });

  it("answers NOT_FOUND for an unknown launch plan and an unknown task", async () => {
    const server = await runServer();
    for (const type of [ResourceType.LAUNCH_PLAN, ResourceType.TASK]) {
      const [code, message] = await createError(
        server,
        "a",
        {},
        { launchPlan: versionId(type, "nope") },
      );
      expect(code).toBe(Code.NotFound);
      expect(message).toMatch(
        /^missing entity of type (LAUNCH_PLAN|TASK) with identifier project:/,
      );
    }
  });

  it("may name a launch plan of another project", async () => {
    const server = await runServer();
    const project = create(ProjectRegisterRequestSchema, {
      project: { id: "other", name: "other" },
    });
    await server.admin.registerProject(project, server.context);
    const request = executionRequest("far", { project: "other" });
    const { id } = await server.admin.createExecution(request, server.context);
    expect(id).toMatchObject({ project: "other", name: "far" });
  });

  it("gets a name of its own when it has none, and keeps upper case", async () => {
    const server = await runServer();
    const unnamed = await server.admin.createExecution(executionRequest(""), server.context);
    expect(unnamed.id?.name).toMatch(/^a[a-z0-9]{19}$/);
    const upper = await server.admin.createExecution(executionRequest("Upper"), server.context);
    expect(upper.id?.name).toBe("Upper");
  });

  it("is refused when its name is taken, after the older execution lost its inputs", async () => {
    const server = await runServer();
    await startExecution(server);
    expect(await createError(server, "run1", { inputs: literals({ s: text("new") }) })).toEqual([
      Code.AlreadyExists,
      'value with matching already exists (duplicate key value violates unique constraint "executions_pkey")',
    ]);
    expect(await inputsOf(server)).toMatchObject({ s: text("new") });
  });

  it("costs an older execution of its name the inputs when its cluster cannot be found", async () => {
    const server = await runServer();
    await startExecution(server);
    const elsewhere = {
      launchPlan: versionId(ResourceType.TASK, "sum"),
      executionClusterLabel: { value: "other" },
    };
    const inputs = literals({ x: integer(1), s: text("new") });
    expect(await createError(server, "run1", { inputs }, elsewhere)).toEqual([
      Code.Internal,
      "failed to create workflow in propeller execution cluster label other is not supported",
    ]);
    expect(await inputsOf(server)).toEqual({ x: integer(1), s: text("new") });
  });

  it("is refused for its tags before its name, and leaves its tags with the older execution", async () => {
    const server = await runServer();
    await startExecution(server);
    const taken = (constraint: string) => [
      Code.AlreadyExists,
      `value with matching already exists (duplicate key value violates unique constraint "${constraint}")`,
    ];
    const twice = await createError(server, "run1", {}, { tags: ["t", "t"] });
    expect(twice).toEqual(taken("execution_tags_pkey"));
    expect(await createError(server, "run1", {}, { tags: ["t"] })).toEqual(
      taken("executions_pkey"),
    );
    expect(server.state.executionTags.rows).toMatchObject([{ executionName: "run1", key: "t" }]);
    const again = await createError(server, "run1", {}, { tags: ["t"] });
    expect(again).toEqual(taken("execution_tags_pkey"));
  });

  it("is refused when its launch plan runs as often as it may", async () => {
    const server = await runServer();
    const behavior = ConcurrencyLimitBehavior.SKIP;
    await registerLaunchPlan(server, "v2", { concurrencyPolicy: { max: 1, behavior } });
    const limited = { launchPlan: versionId(ResourceType.LAUNCH_PLAN, "two_step", "v2") };
    await startExecution(server);
    await workflowEvent(server, { phase: RUNNING });
    expect(await createError(server, "second", {}, limited)).toEqual([
      Code.AlreadyExists,
      "concurrency limit (1) reached for launch plan two_step; skipping execution",
    ]);
    await workflowEvent(server, { phase: SUCCEEDED });
    await server.admin.createExecution(executionRequest("second", {}, limited), server.context);
  });
});

describe("the inputs of an execution", () => {
  it("are those given, and the launch plan's defaults and fixed inputs", async () => {
    const server = await runServer();
    await startExecution(server);
    expect(await inputsOf(server)).toEqual({ x: integer(3), s: text("a") });
    await registerLaunchPlan(server, "v2", { fixedInputs: literals({ s: text("fixed") }) });
    const launchPlan = versionId(ResourceType.LAUNCH_PLAN, "two_step", "v2");
    const request = executionRequest("fixed", { inputs: literals({}) }, { launchPlan });
    await server.admin.createExecution(request, server.context);
    expect(await inputsOf(server, "fixed")).toEqual({ x: integer(3), s: text("fixed") });
    expect(
      await createError(server, "b", { inputs: literals({ s: text("mine") }) }, { launchPlan }),
    ).toEqual([Code.InvalidArgument, "invalid input s"]);
  });

  it("are refused when one is unknown, missing, without a value or of another type", async () => {
    const server = await runServer();
    const refused = (map: Parameters<typeof literals>[0]) =>
      createError(server, "a", { inputs: literals(map) });
    const invalid = Code.InvalidArgument;
    expect(await refused({ s: text("a"), zz: text("b") })).toEqual([invalid, "invalid input zz"]);
    expect(await refused({ x: integer(1) })).toEqual([invalid, "expected_inputs s missing"]);
    expect(await refused({ s: integer(1) })).toEqual([
      invalid,
      "invalid s input wrong type. Expected simple:STRING, but got simple:INTEGER",
    ]);
    expect(await refused({ s: text("a"), x: { ...text(""), value: { case: undefined } } })).toEqual(
      [invalid, "missing valid literal in inputs x"],
    );
  });
});

describe("the spec of an execution", () => {
  it("has what the server fills in, and not the principal of the request", async () => {
    const server = await runServer();
    const request = executionRequest("run1", {}, { metadata: { principal: "me", nesting: 7 } });
    await server.admin.createExecution(request, server.context);
    const { spec, closure } = await execution(server);
    expect(spec).toMatchObject({
      maxParallelism: 25,
      metadata: { principal: "", systemMetadata: { namespace: "flytesnacks-development" } },
      securityContext: { runAs: {} },
    });
    expect(spec?.inputs).toBeUndefined();
    expect(closure?.workflowId?.name).toBe("two_step");
    expect(closure?.createdAt).toEqual(closure?.stateChangeDetails?.occurredAt);
  });

  it("has the parallelism and the identity of the request, or else of its launch plan", async () => {
    const server = await runServer();
    const securityContext = { runAs: { k8sServiceAccount: "robot" } };
    await registerLaunchPlan(server, "v2", { maxParallelism: 4, securityContext });
    const launchPlan = versionId(ResourceType.LAUNCH_PLAN, "two_step", "v2");
    const plain = executionRequest("plain", {}, { launchPlan });
    await server.admin.createExecution(plain, server.context);
    expect((await execution(server, "plain")).spec).toMatchObject({
      maxParallelism: 4,
      securityContext,
    });
    const own = { launchPlan, maxParallelism: 9, securityContext: { runAs: { iamRole: "r" } } };
    await server.admin.createExecution(executionRequest("own", {}, own), server.context);
    expect((await execution(server, "own")).spec).toMatchObject({
      maxParallelism: 9,
      securityContext: { runAs: { iamRole: "r", k8sServiceAccount: "" } },
    });
  });

  it("is nested one deeper than that of the node which launched it", async () => {
    const server = await runServer();
    const executionId = await startExecution(server);
    await nodeEvent(server, { phase: NodeExecution_Phase.RUNNING });
    const parentNodeExecution = { nodeId: "n0", executionId };
    const child = executionRequest("child", {}, { metadata: { parentNodeExecution } });
    await server.admin.createExecution(child, server.context);
    expect((await execution(server, "child")).spec?.metadata?.nesting).toBe(1);
    const orphan = { metadata: { parentNodeExecution: { nodeId: "nope", executionId } } };
    expect((await createError(server, "orphan", {}, orphan))[0]).toBe(Code.NotFound);
  });

  it("refuses tags that are too long, as the database does", async () => {
    const server = await runServer();
    expect(await createError(server, "a", {}, { tags: ["t".repeat(256)] })).toEqual([
      Code.Unknown,
      "failed database operation with value too long for type character varying(255)",
    ]);
    const fits = executionRequest("a", {}, { tags: ["t".repeat(255)] });
    await server.admin.createExecution(fits, server.context);
  });
});

describe("a task that is launched by itself", () => {
  const launchPlan = versionId(ResourceType.TASK, "sum");
  const inputs = literals({ x: integer(1), s: text("a") });

  it("runs in a workflow of its own, whose names are the system's", async () => {
    const server = await runServer();
    const request = executionRequest("single", { inputs }, { launchPlan, tags: ["t"] });
    await server.admin.createExecution(request, server.context);
    const { spec, closure } = await execution(server, "single");
    expect(spec?.launchPlan).toEqual(launchPlan);
    expect(closure?.workflowId).toMatchObject({ name: ".flytegen.sum", version: "v1" });
    for (const resourceType of [ResourceType.WORKFLOW, ResourceType.LAUNCH_PLAN]) {
      const id = { ...scope, name: ".flytegen.sum" };
      const get = create(NamedEntityGetRequestSchema, { resourceType, id });
      const entity = await server.admin.getNamedEntity(get, server.context);
      expect(entity.metadata?.state).toBe(2);
    }
    const get = create(ObjectGetRequestSchema, {
      id: versionId(ResourceType.WORKFLOW, ".flytegen.sum"),
    });
    const workflow = await server.admin.getWorkflow(get, server.context);
    const template = workflow.closure?.compiledWorkflow?.primary?.template;
    expect(template?.nodes.map(({ id }) => id)).toEqual(["start-node", "end-node", "sum"]);
    expect(template?.nodes[2]?.metadata?.retries?.retries).toBe(2);
    expect(server.state.executionTags.rows).toEqual([]);
  });

  it("requires every input, and makes its workflow once", async () => {
    const server = await runServer();
    expect(await createError(server, "a", { inputs: literals({}) }, { launchPlan })).toEqual([
      Code.InvalidArgument,
      expect.stringMatching(/^expected_inputs [xs] missing$/),
    ]);
    for (const name of ["a", "b"]) {
      const request = executionRequest(name, { inputs }, { launchPlan });
      await server.admin.createExecution(request, server.context);
    }
    const generated = server.state.workflows.rows.filter(({ name }) =>
      name.startsWith(".flytegen"),
    );
    expect(generated).toHaveLength(1);
  });
});

describe("copies of an execution", () => {
  it("have the spec and inputs of the source, whatever its phase", async () => {
    const server = await runServer();
    const id = await startExecution(server);
    const relaunch = create(ExecutionRelaunchRequestSchema, {
      id,
      name: "again",
      overwriteCache: true,
    });
    await server.admin.relaunchExecution(relaunch, server.context);
    const recover = create(ExecutionRecoverRequestSchema, { id, name: "saved" });
    await server.admin.recoverExecution(recover, server.context);
    const again = await execution(server, "again");
    expect(again.spec).toMatchObject({
      overwriteCache: true,
      metadata: { mode: ExecutionMetadata_ExecutionMode.RELAUNCH, referenceExecution: id },
    });
    const saved = await execution(server, "saved");
    expect(saved.spec?.metadata).toMatchObject({
      mode: ExecutionMetadata_ExecutionMode.RECOVERED,
      referenceExecution: id,
    });
    expect(await inputsOf(server, "again")).toEqual({ x: integer(3), s: text("a") });
    expect(server.state.executions.rows.map((row) => row.sourceExecutionId)).toEqual([0, 1, 1]);
  });

  it("copy whichever execution comes first when the name is empty", async () => {
    const server = await runServer();
    await startExecution(server);
    const request = create(ExecutionRelaunchRequestSchema, { id: { ...scope }, name: "copy" });
    await server.admin.relaunchExecution(request, server.context);
    expect((await execution(server, "copy")).spec?.metadata?.referenceExecution?.name).toBe("run1");
  });
});

describe("archiving an execution", () => {
  it("moves its state, which comes back when a request has none, and not its other times", async () => {
    const server = await runServer();
    const id = await startExecution(server);
    const before = (await execution(server)).closure?.updatedAt;
    const archive = { id, state: ExecutionState.EXECUTION_ARCHIVED };
    const update = (init: object) =>
      server.admin.updateExecution(create(ExecutionUpdateRequestSchema, init), server.context);
    await update(archive);
    const { closure } = await execution(server);
    expect(closure?.stateChangeDetails?.state).toBe(ExecutionState.EXECUTION_ARCHIVED);
    expect(closure?.updatedAt).toEqual(before);
    await update({ id });
    expect((await execution(server)).closure?.stateChangeDetails?.state).toBe(
      ExecutionState.EXECUTION_ACTIVE,
    );
  });
});

describe("terminating an execution", () => {
  const terminate = (server: RunServer, cause: string) =>
    server.admin.terminateExecution(
      create(ExecutionTerminateRequestSchema, { id: { ...scope, name: "run1" }, cause }),
      server.context,
    );

  it("makes it ABORTING at once, and replaces the cause when it is done again", async () => {
    const server = await runServer();
    await startExecution(server);
    await terminate(server, "first");
    await terminate(server, "second");
    const { closure } = await execution(server);
    expect(closure?.phase).toBe(WorkflowExecution_Phase.ABORTING);
    expect(closure?.outputResult).toMatchObject({
      case: "abortMetadata",
      value: { cause: "second" },
    });
  });

  it("lets only a terminal event follow, whose error is hidden behind the cause", async () => {
    const server = await runServer();
    await startExecution(server);
    await terminate(server, "why");
    const refused = await errorOf(() => workflowEvent(server, { phase: RUNNING }));
    expect(refused.code).toBe(Code.FailedPrecondition);
    expect(refused.rawMessage).toMatch(/^Invalid phase change from aborting to RUNNING/);
    const outputResult = { case: "error" as const, value: { code: "X", message: "hidden" } };
    await workflowEvent(server, { phase: ABORTED, outputResult });
    expect((await execution(server)).closure?.outputResult).toMatchObject({
      case: "abortMetadata",
      value: { cause: "why" },
    });
  });

  it("is refused when it is over, with its phase as a detail", async () => {
    const server = await runServer();
    await startExecution(server);
    await workflowEvent(server, { phase: SUCCEEDED });
    const error = await errorOf(() => terminate(server, "late"));
    expect(error.code).toBe(Code.FailedPrecondition);
    const [detail] = error.findDetails(EventFailureReasonSchema);
    expect(detail?.reason.value).toMatchObject({ currentPhase: "SUCCEEDED" });
  });
});
