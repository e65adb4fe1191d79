import { beforeEach, describe, expect, test } from "@jest/globals";

import { AdminClient, type TaskInput, ResourceType, typedInterface } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedWorkflow } from "../../src/testing.js";

const defaults = { project: "flytesnacks", domain: "development" };

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeEach(() => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), defaults });
});

const spec: TaskInput["spec"] = {
  template: {
    type: "container",
    metadata: { runtime: { version: "1", flavor: "ts" } },
    interface: typedInterface({ inputs: { name: "string" }, outputs: { greeting: "string" } }),
    target: { case: "container", value: { image: "example/hello:v1", args: ["hello"] } },
  },
};

async function register(): Promise<void> {
  await admin.tasks.create({ id: { name: "say", version: "v1" }, spec });
  await admin.workflows.create({
    id: { name: "hello", version: "v1" },
    spec: {
      template: {
        metadata: {},
        metadataDefaults: {},
        interface: typedInterface({ inputs: { name: "string" }, outputs: { greeting: "string" } }),
        nodes: [
          {
            id: "n0",
            metadata: { name: "say" },
            inputs: [
              {
                var: "name",
                binding: { value: { case: "promise", value: { nodeId: "", var: "name" } } },
              },
            ],
            target: {
              case: "taskNode",
              value: { reference: { case: "referenceId", value: { name: "say" } } },
            },
          },
        ],
        outputs: [
          {
            var: "greeting",
            binding: { value: { case: "promise", value: { nodeId: "n0", var: "greeting" } } },
          },
        ],
      },
    },
  });
  await admin.launchPlans.create({
    id: { name: "hello", version: "v1" },
    spec: { workflowId: { name: "hello" }, entityMetadata: {}, defaultInputs: {}, fixedInputs: {} },
  });
  await admin.launchPlans.activate({ name: "hello", version: "v1" });
}

describe("registering", () => {
  test("completes identifiers inside a spec, so that a task, a workflow and a plan launch", async () => {
    await register();
    const id = await admin.executions.launch({
      launchPlan: { name: "hello" },
      values: { name: "Ada" },
    });
    const { spec: launched } = await admin.executions.get(id);
    expect(launched?.launchPlan).toMatchObject({ name: "hello", version: "v1", ...defaults });
    const sent = flyte.calls.find(({ rpc }) => rpc === "CreateLaunchPlan")?.request;
    expect(sent).toMatchObject({
      spec: {
        workflowId: {
          resourceType: ResourceType.WORKFLOW,
          name: "hello",
          version: "v1",
          ...defaults,
        },
      },
    });
  });

  test("leaves the caller's spec and complete identifiers as they are", async () => {
    const before = JSON.stringify(spec.template?.id ?? null);
    await register();
    expect(JSON.stringify(spec.template?.id ?? null)).toBe(before);
    const other = { project: "flytesnacks", domain: "production", name: "hello", version: "v9" };
    const work = admin.launchPlans.create({
      id: { name: "other", version: "v1" },
      spec: { workflowId: other, entityMetadata: {} },
    });
    await expect(work).rejects.toThrow();
    expect(flyte.calls.at(-1)?.request).toMatchObject({ spec: { workflowId: other } });
  });

  test("names a spec that is missing", async () => {
    const task = { id: { name: "say", version: "v1" } } as TaskInput;
    await expect(admin.tasks.create(task)).rejects.toThrow("task.spec");
  });
});

describe("seedWorkflow", () => {
  test("registers an interface, so that a typed launch can be tested", async () => {
    await seedWorkflow(flyte, {
      name: "training",
      interface: typedInterface({ inputs: { epochs: "integer" }, outputs: { model: "string" } }),
    });
    const launch = (values: { epochs: number }) =>
      admin.executions.launch<{ inputs: { epochs: number } }>({
        launchPlan: { name: "training" },
        values,
      });
    const { name } = await launch({ epochs: 3 });
    expect(name).not.toBe("");
    await expect(launch({ epochs: "3" as never })).rejects.toThrow("epochs");
    const workflow = await admin.workflows.get({ name: "training", version: "v1" });
    const typed = workflow.closure?.compiledWorkflow?.primary?.template?.interface;
    expect(Object.keys(typed?.outputs?.variables ?? {})).toEqual(["model"]);
  });
});
