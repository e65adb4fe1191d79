import { type AdminClient, formatId, typedInterface } from "flyte-admin-client";

/** Registers a task, a workflow of it and a launch plan, and launches it. Argument: the version. */
export async function run(admin: AdminClient, [version = "v1"]: readonly string[]): Promise<void> {
  const greeting = typedInterface({ inputs: { name: "string" }, outputs: { greeting: "string" } });
  await admin.tasks.create({
    id: { name: "greet", version },
    spec: {
      template: {
        type: "container",
        metadata: { runtime: { version: "1.0.0", flavor: "typescript" } },
        interface: greeting,
        target: {
          case: "container",
          value: { image: "ghcr.io/example/greet:v1", args: ["greet"] },
        },
      },
    },
  });
  await admin.workflows.create({
    id: { name: "greeting", version },
    spec: {
      template: {
        metadata: {},
        metadataDefaults: {},
        interface: greeting,
        nodes: [
          {
            id: "n0",
            metadata: { name: "greet" },
            inputs: [{ var: "name", binding: promise("", "name") }],
            target: {
              case: "taskNode",
              // Project, domain and version are those of the workflow.
              value: { reference: { case: "referenceId", value: { name: "greet" } } },
            },
          },
        ],
        outputs: [{ var: "greeting", binding: promise("n0", "greeting") }],
      },
    },
  });
  const plan = { name: "greeting", version };
  const spec = {
    workflowId: { name: "greeting" },
    entityMetadata: {},
    defaultInputs: {},
    fixedInputs: {},
  };
  await admin.launchPlans.create({ id: plan, spec });
  await admin.launchPlans.activate(plan);
  const id = await admin.executions.launch({ launchPlan: plan, values: { name: "Ada" } });
  console.log("launched", formatId(id));
}

/** Binds a variable to an output of a node, or to an input of the workflow where the node is "". */
function promise(nodeId: string, name: string) {
  return { value: { case: "promise" as const, value: { nodeId, var: name } } };
}
