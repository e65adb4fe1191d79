import { describe, expect, test } from "@jest/globals";
import { Code } from "@connectrpc/connect";

import { LaunchPlanState } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import { CreateWorkflowFailureReasonSchema } from "../../../gen/flyteidl/admin/workflow_pb.js";
import {
  InactiveProjectSchema,
  Project_ProjectState,
} from "../../../gen/flyteidl/admin/project_pb.js";
import { ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { emptyState } from "../../support/server-state.js";
import { failure, failureOf, registryClient } from "./client.js";
import {
  launchPlanId,
  type LaunchPlanParts,
  launchPlanRequest,
  taskId,
  taskRequest,
  textLiteral,
  variable,
  workflowId,
  workflowRequest,
} from "./requests.js";

async function registeredClient() {
  const state = emptyState();
  const client = registryClient(state);
  await client.createTask(taskRequest("t"));
  await client.createWorkflow(workflowRequest("wf", "t"));
  return { state, client };
}

describe("registering a version again", () => {
  test("an identical task exists already; a different one is a bad argument that says what differs", async () => {
    const client = registryClient();
    await client.createTask(taskRequest("t"));
    expect(await failure(client.createTask(taskRequest("t")))).toEqual([
      Code.AlreadyExists,
      "task with identical structure already exists",
    ]);
    expect(await failure(client.createTask(taskRequest("t", "v1", "img:v2")))).toEqual([
      Code.InvalidArgument,
      "t task with different structure already exists. (Please register a new version of the task):\n" +
        "/template/Target/Container/image:\n\t- img:v1 \n\t+ img:v2",
    ]);
  });

  test("workflows say it with a status detail too", async () => {
    const { client } = await registeredClient();
    const identical = await failureOf(client.createWorkflow(workflowRequest("wf", "t")));
    expect([identical.code, identical.rawMessage]).toEqual([
      Code.AlreadyExists,
      "workflow with identical structure already exists",
    ]);
    expect(identical.findDetails(CreateWorkflowFailureReasonSchema)).toMatchObject([
      { reason: { case: "existsIdenticalStructure", value: { id: { name: "wf" } } } },
    ]);
    const different = await failureOf(client.createWorkflow(workflowRequest("wf", "t", "v1", {})));
    expect(different.code).toBe(Code.InvalidArgument);
    expect(different.rawMessage).toContain("wf workflow with different structure already exists.");
    expect(different.findDetails(CreateWorkflowFailureReasonSchema)).toMatchObject([
      { reason: { case: "existsDifferentStructure", value: { id: { name: "wf" } } } },
    ]);
  });

  test("a launch plan differs by any part of its spec, its completed default inputs too", async () => {
    const { client } = await registeredClient();
    const withDefault = (value: string, role: string) =>
      launchPlanRequest("lp", "wf", "v1", {
        role,
        defaultInputs: {
          parameters: {
            s: {
              var: variable(SimpleType.STRING),
              behavior: { case: "default", value: textLiteral(value) },
            },
          },
        },
      });
    await client.createLaunchPlan(withDefault("a", ""));
    expect(await failure(client.createLaunchPlan(withDefault("a", "")))).toEqual([
      Code.AlreadyExists,
      "launch plan with identical structure already exists",
    ]);
    for (const different of [withDefault("b", ""), withDefault("a", "other")]) {
      const [code, text] = await failure(client.createLaunchPlan(different));
      expect(code).toBe(Code.InvalidArgument);
      expect(text).toContain("lp launch plan with different structure already exists.");
    }
  });
});

describe("looking versions up", () => {
  test("GetTask with an empty part returns an arbitrary task, even of another project", async () => {
    const client = registryClient(emptyState({ projects: ["other", "flytesnacks"] }));
    const { id, spec } = taskRequest("elsewhere");
    await client.createTask({ id: { ...id, project: "other" }, spec: spec });
    await client.createTask(taskRequest("t", "v1"));
    await client.createTask(taskRequest("t", "v2"));
    expect((await client.getTask({})).id).toMatchObject({ project: "other", name: "elsewhere" });
    expect((await client.getTask({ id: { name: "t" } })).id?.version).toBe("v1");
    expect((await client.getTask({ id: { name: "t", version: "v2" } })).id?.version).toBe("v2");
    expect(await failure(client.getTask({ id: { name: "nope" } }))).toEqual([
      Code.NotFound,
      'missing entity of type TASK with identifier name:"nope"',
    ]);
  });

  test("GetTask takes any resource type; the other getters fill in a missing one and refuse a wrong one", async () => {
    const { client } = await registeredClient();
    await client.createLaunchPlan(launchPlanRequest("lp", "wf"));
    expect(
      (await client.getTask({ id: { ...taskId("t"), resourceType: ResourceType.WORKFLOW } })).id
        ?.name,
    ).toBe("t");
    const { resourceType, ...bare } = workflowId("wf");
    expect(resourceType).toBe(ResourceType.WORKFLOW);
    expect((await client.getWorkflow({ id: bare })).id?.resourceType).toBe(ResourceType.WORKFLOW);
    expect(await failure(client.getWorkflow({ id: taskId("wf") }))).toEqual([
      Code.InvalidArgument,
      'unexpected resource type task for identifier [resource_type:TASK  project:"flytesnacks"  domain:"development"  name:"wf"  version:"v1"], expected workflow instead',
    ]);
    expect(
      await failure(client.getLaunchPlan({ id: { ...launchPlanId("lp"), version: "" } })),
    ).toEqual([Code.InvalidArgument, "missing version"]);
    expect(await failure(client.getWorkflow({}))).toEqual([Code.InvalidArgument, "missing id"]);
    expect(await failure(client.getActiveLaunchPlan({}))).toEqual([
      Code.InvalidArgument,
      "missing project",
    ]);
  });

  test("a list of workflows shows stubs, and GetWorkflow the closure from the storage", async () => {
    const { state, client } = await registeredClient();
    const { workflows } = await client.listWorkflows({
      id: { project: "flytesnacks", domain: "development" },
      limit: 9,
    });
    expect(workflows[0]?.closure?.compiledWorkflow?.primary?.template?.nodes).toEqual([]);
    expect(workflows[0]?.closure?.compiledWorkflow?.tasks).toEqual([]);
    const workflow = await client.getWorkflow({ id: workflowId("wf") });
    const { primary, tasks } = workflow.closure!.compiledWorkflow!;
    expect(primary?.template?.nodes.map(({ id }) => id)).toEqual(["start-node", "end-node", "n0"]);
    expect(primary?.connections?.downstream["start-node"]?.ids).toEqual(["n0"]);
    expect(primary?.connections?.upstream["end-node"]?.ids).toEqual(["n0"]);
    expect(tasks[0]?.template?.id?.name).toBe("t");
    const uri = state.workflows.rows[0]!.remoteClosureIdentifier;
    state.blobs.put(uri, new Uint8Array(3 * 1024 * 1024));
    expect((await failure(client.getWorkflow({ id: workflowId("wf") })))[0]).toBe(Code.Internal);
  });
});

describe("a launch plan with a schedule", () => {
  const inputs = { s: variable(SimpleType.DATETIME) };
  const scheduled = (schedule: object): LaunchPlanParts => ({
    entityMetadata: { schedule: { kickoffTimeInputArg: "s", ...schedule } },
  });

  async function client() {
    const registered = registryClient();
    await registered.createTask(taskRequest("t"));
    await registered.createWorkflow(workflowRequest("timed", "t", "v1", inputs));
    return registered;
  }

  test.each([
    ["* * *", "expected exactly 5 fields, found 3: [* * *]"],
    ["@nope", "unrecognized descriptor: @nope"],
    ["x * * * *", 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ["60 * * * *", "end of range (60) above maximum (59): 60"],
    ["* * 0 * *", "beginning of range (0) below minimum (1): 0"],
    ["9-3 * * * *", "beginning of range (9) beyond end of range (3): 9-3"],
    ["*/0 * * * *", "step of range should be a positive number: */0"],
    ["1-2-3 * * * *", "too many hyphens: 1-2-3"],
    ["*/1/2 * * * *", "too many slashes: */1/2"],
  ])("is refused for the cron expression %j", async (schedule, problem) => {
    for (const expression of [
      { case: "cronSchedule", value: { schedule } },
      { case: "cronExpression", value: schedule },
    ]) {
      const spec = scheduled({ ScheduleExpression: expression });
      const call = (await client()).createLaunchPlan(launchPlanRequest("lp", "timed", "v1", spec));
      expect(await failure(call)).toEqual([
        Code.InvalidArgument,
        `Invalid cron expression: ${problem}`,
      ]);
    }
  });

  test.each(["0 9-17/2 * jan,DEC mon-fri", "@every 1h", "hourly", "TZ=UTC 0 0 1 1 ?"])(
    "is taken with %j",
    async (schedule) => {
      const spec = scheduled({ ScheduleExpression: { case: "cronSchedule", value: { schedule } } });
      const registered = await client();
      await registered.createLaunchPlan(launchPlanRequest("lp", "timed", "v1", spec));
      const { spec: stored } = await registered.getLaunchPlan({ id: launchPlanId("lp") });
      expect(stored?.entityMetadata?.schedule?.ScheduleExpression.value).toMatchObject({
        schedule,
      });
    },
  );

  test("is refused when the input for the time of the start is none, or not a time", async () => {
    const rate = { ScheduleExpression: { case: "rate", value: { value: 1, unit: 0 } } };
    const { client: registered } = await registeredClient();
    const plan = launchPlanRequest("lp", "wf", "v1", scheduled(rate));
    expect(await failure(registered.createLaunchPlan(plan))).toEqual([
      Code.InvalidArgument,
      "KickoffTimeInputArg must reference a datetime input. [s] is a [simple:STRING]",
    ]);
  });
});

describe("what cannot be registered", () => {
  test.each([
    ["missing id", {}],
    ["missing type", { template: { type: "" } }],
    ["missing metadata", { template: { metadata: undefined } }],
    ["missing runtime version", { template: { metadata: { runtime: {} } } }],
    ["missing typed interface", { template: { interface: undefined } }],
    ["missing image", { template: { target: { case: "container", value: {} } } }],
  ] as const)("a task: %s", async (text, { template }: { template?: object }) => {
    const { id, spec } = taskRequest("t");
    const request =
      template === undefined
        ? { spec: spec }
        : { id: id, spec: { template: { ...spec.template, ...template } } };
    expect(await failure(registryClient().createTask(request))).toEqual([
      Code.InvalidArgument,
      text,
    ]);
  });

  test("a task whose container has inputs and nothing to run", async () => {
    const { id, spec } = taskRequest("t");
    const template = {
      ...spec.template,
      interface: { inputs: { variables: { x: variable(SimpleType.INTEGER) } } },
      target: { case: "container", value: { image: "img" } },
    } as const;
    const [code, text] = await failure(registryClient().createTask({ id: id, spec: { template } }));
    expect(code).toBe(Code.InvalidArgument);
    expect(text).toMatch(/^task failed compilation with Collected Errors: 1\n/);
  });

  test("anything in a project or domain that is not there, or in an archived project", async () => {
    const client = registryClient();
    const { spec } = taskRequest("t");
    expect(
      await failure(client.createTask({ id: { ...taskId("t"), project: "nope" }, spec: spec })),
    ).toEqual([
      Code.InvalidArgument,
      "failed to validate that project [nope] and domain [development] are registered, err: [project [nope] not found]",
    ]);
    expect(
      await failure(client.createTask({ id: { ...taskId("t"), domain: "nope" }, spec: spec })),
    ).toEqual([Code.InvalidArgument, "domain [nope] is unrecognized by system"]);
    await client.updateProject({ id: "flytesnacks", state: Project_ProjectState.ARCHIVED });
    const error = await failureOf(client.createTask(taskRequest("t")));
    expect([error.code, error.rawMessage]).toEqual([
      Code.InvalidArgument,
      "project [flytesnacks] is not active",
    ]);
    expect(error.findDetails(InactiveProjectSchema)).toMatchObject([{ id: "flytesnacks" }]);
  });

  test("a workflow with more nodes than the server allows", async () => {
    const { state, client } = await registeredClient();
    const small = registryClient({ ...state, config: { ...state.config, maxWorkflowNodes: 0 } });
    expect(await failure(small.createWorkflow(workflowRequest("big", "t")))).toEqual([
      Code.InvalidArgument,
      'number of nodes in workflow [resource_type:WORKFLOW  project:"flytesnacks"  domain:"development"  name:"big"  version:"v1"] exceeds limit (1 > 0)',
    ]);
    await client.createWorkflow(workflowRequest("big", "t"));
  });
});

describe("launch plans", () => {
  const scope = { project: "flytesnacks", domain: "development" };

  test("a plan is born inactive, one version is active at a time, and an update without a state deactivates", async () => {
    const { client } = await registeredClient();
    for (const version of ["v1", "v2"])
      await client.createLaunchPlan(launchPlanRequest("lp", "wf", version));
    const active = async () => {
      const { launchPlans } = await client.listActiveLaunchPlans({ ...scope, limit: 9 });
      return launchPlans.map(({ id }) => id?.version);
    };
    expect(await active()).toEqual([]);
    await client.updateLaunchPlan({ id: launchPlanId("lp", "v1"), state: LaunchPlanState.ACTIVE });
    await client.updateLaunchPlan({ id: launchPlanId("lp", "v2"), state: LaunchPlanState.ACTIVE });
    expect(await active()).toEqual(["v2"]);
    await client.updateLaunchPlan({ id: launchPlanId("lp", "v2") });
    expect(await active()).toEqual([]);
    expect(await failure(client.getActiveLaunchPlan({ id: { ...scope, name: "lp" } }))).toEqual([
      Code.NotFound,
      "No active launch plan could be found: flytesnacks:development:lp",
    ]);
  });

  test("inputs that the plan does not bind are required", async () => {
    const { client } = await registeredClient();
    await client.createLaunchPlan(launchPlanRequest("open", "wf"));
    await client.createLaunchPlan(
      launchPlanRequest("fixed", "wf", "v1", {
        fixedInputs: { literals: { s: textLiteral("a") } },
      }),
    );
    const open = await client.getLaunchPlan({ id: launchPlanId("open") });
    expect(open.closure?.expectedInputs?.parameters["s"]?.behavior).toEqual({
      case: "required",
      value: true,
    });
    const fixed = await client.getLaunchPlan({ id: launchPlanId("fixed") });
    expect(fixed.closure?.expectedInputs?.parameters).toEqual({});
  });

  test.each([
    ["unexpected fixed_input zz", { fixedInputs: { literals: { zz: textLiteral("a") } } }],
    ["missing valid literal in fixed_inputs s", { fixedInputs: { literals: { s: {} } } }],
    [
      "unexpected default_input zz",
      {
        defaultInputs: {
          parameters: {
            zz: { var: variable(SimpleType.STRING), behavior: { case: "required", value: true } },
          },
        },
      },
    ],
    [
      "Invalid variable s in default_inputs - variable has neither default, nor is required. One must be specified",
      { defaultInputs: { parameters: { s: { var: variable(SimpleType.STRING) } } } },
    ],
    [
      "Type mismatch for Parameter s in default_inputs has type simple:INTEGER, expected simple:STRING",
      {
        defaultInputs: {
          parameters: {
            s: {
              var: variable(SimpleType.INTEGER),
              behavior: { case: "default", value: textLiteral("a") },
            },
          },
        },
      },
    ],
    [
      "Cannot create a launch plan with a schedule if there is an unbound required input. [s] is required",
      {
        entityMetadata: {
          schedule: {
            ScheduleExpression: { case: "cronSchedule", value: { schedule: "0 * * * *" } },
          },
        },
      },
    ],
    [
      "missing recipients",
      { entityMetadata: { notifications: [{ type: { case: "email", value: {} } }] } },
    ],
  ] satisfies [string, LaunchPlanParts][])("are refused: %s", async (text, spec) => {
    const { client } = await registeredClient();
    expect(
      await failure(client.createLaunchPlan(launchPlanRequest("lp", "wf", "v1", spec))),
    ).toEqual([Code.InvalidArgument, text]);
  });

  test("a plan of a workflow that is not there is not found", async () => {
    const { client } = await registeredClient();
    expect(await failure(client.createLaunchPlan(launchPlanRequest("lp", "nope")))).toEqual([
      Code.NotFound,
      'missing entity of type WORKFLOW with identifier project:"flytesnacks"  domain:"development"  name:"nope"  version:"v1"',
    ]);
  });

  test("the list of their ids is checked by the database only, and one part of the scope is enough", async () => {
    const { client } = await registeredClient();
    await client.createLaunchPlan(launchPlanRequest("lp", "wf"));
    expect(
      (await client.listLaunchPlanIds({ domain: "development", limit: 5 })).entities,
    ).toHaveLength(1);
    expect(
      (await client.listLaunchPlanIds({ project: "flytesnacks", limit: 5 })).entities,
    ).toHaveLength(1);
    expect(await failure(client.listLaunchPlanIds({ limit: 5 }))).toEqual([
      Code.InvalidArgument,
      "missing and/or invalid parameters: filters",
    ]);
    expect(await failure(client.listLaunchPlanIds(scope))).toEqual([
      Code.InvalidArgument,
      "missing and/or invalid parameters: limit",
    ]);
    expect(await failure(client.listLaunchPlanIds({ ...scope, limit: 5, token: "x" }))).toEqual([
      Code.InvalidArgument,
      "invalid pagination token x",
    ]);
  });
});
