import { describe, expect, test } from "@jest/globals";

import { launchPlanId, workflowId } from "./requests.js";
import {
  clientWithTasks,
  compile,
  constant,
  gateNode,
  input,
  integer,
  launchPlanNode,
  mistakesIn,
  promise,
  subWorkflowNode,
  taskNode,
  template,
  type WorkflowParts,
} from "./workflow-parts.js";

const both = { x: constant(1), y: constant(2) };

/** The mistakes in a workflow whose nodes run `add`. */
async function mistakes(parts: WorkflowParts): Promise<readonly string[]> {
  return mistakesIn(await clientWithTasks(), parts);
}

describe("gates, arrays, sub-workflows and launch plans", () => {
  test("a gate waits for something, and a signal has a type and a name", async () => {
    const nodes = [
      gateNode("n0", { case: undefined }),
      gateNode("n1", { case: "signal", value: { signalId: "s", outputVariableName: "o" } }),
      gateNode("n2", { case: "signal", value: { signalId: "s", type: integer } }),
    ];
    expect(await mistakes({ nodes })).toEqual([
      "NoConditionFound on n0: Can't find any condition in gate node [n0].",
      "ValueRequired on n1: Value required [GateNode.Signal.Type].",
      "ValueRequired on n2: Value required [GateNode.Signal.OutputVariableName].",
    ]);
  });

  test("an approval outputs what it takes", async () => {
    const approve = gateNode(
      "n0",
      { case: "approve", value: { signalId: "s" } },
      { in: constant("a") },
    );
    const node = taskNode("n1", { x: promise("n0", "in"), y: promise("n0", "zz") });
    expect(await mistakes({ nodes: [approve, node] })).toEqual([
      "MismatchingTypes on n1: The output variable 'in' has type [simple:STRING], but it's assigned to the input variable 'x' which has type type [simple:INTEGER].",
      "ParameterNotBound on n1: Parameter not bound [y].",
      "VariableNameNotFound on n0: Variable [zz] not found on node [n0].",
    ]);
  });

  test("an array node has the interface of the node inside, and needs one", async () => {
    const array = {
      id: "n0",
      target: { case: "arrayNode", value: { node: taskNode("a", {}) } },
    } as const;
    const empty = { id: "n1", target: { case: "arrayNode", value: {} } } as const;
    expect(await mistakes({ nodes: [array, empty] })).toEqual([
      "ParameterNotBound on n0: Parameter not bound [x].",
      "ParameterNotBound on n0: Parameter not bound [y].",
      "ValueRequired on : Value required [Target].",
    ]);
  });

  test("a sub-workflow is part of the request, once, with an identifier", async () => {
    const client = await clientWithTasks();
    const nodes = [subWorkflowNode("n0", "sub")];
    const id =
      'resource_type:WORKFLOW project:"flytesnacks" domain:"development" name:"sub" version:"v1"';
    expect(await mistakesIn(client, { nodes })).toEqual([
      `WorkflowReferenceNotFound on n0: Referenced Workflow [${id}] not found.`,
    ]);
    const sub = template("sub", { nodes: [taskNode("n0", both)] });
    const [twice] = await mistakesIn(client, { nodes }, [sub, sub]);
    expect(twice?.replace(/ {2,}/g, " ")).toContain(
      `failed to get workflow requirements with err Collected Errors: 1\n\tError 0: Code: DuplicateId, Node Id: ${id}, Description: Trying to insert two nodes with the same id.\n`,
    );
    const [without] = await mistakesIn(client, { nodes }, [{ nodes: [taskNode("n0", both)] }]);
    expect(without).toContain("failed to get workflow requirements with err Collected Errors: 0\n");
  });

  test("mistakes in a sub-workflow are among those of the workflow", async () => {
    const sub = template("sub", {
      outputs: { o: integer },
      nodes: [taskNode("n0", { x: constant(1) })],
    });
    const nodes = [subWorkflowNode("n0", "sub"), taskNode("n1", {})];
    expect(await mistakesIn(await clientWithTasks(), { nodes }, [sub])).toEqual([
      "ParameterNotBound on end-node: Parameter not bound [o].",
      "ParameterNotBound on n0: Parameter not bound [y].",
      "ParameterNotBound on n1: Parameter not bound [x].",
      "ParameterNotBound on n1: Parameter not bound [y].",
    ]);
  });

  test("a sub-workflow that contains itself ends the server, and is refused here by name", async () => {
    const sub = template("sub", { nodes: [subWorkflowNode("n0", "sub")] });
    const nodes = [subWorkflowNode("n0", "sub")];
    const [text] = await mistakesIn(await clientWithTasks(), { nodes }, [sub]);
    expect(text).toMatch(/^sub-workflow \[.*name:"sub".*\] contains itself: /);
  });

  test("a launch plan needs its required inputs, and takes others", async () => {
    const client = await clientWithTasks();
    const inputs = { x: integer, y: integer };
    await client.createWorkflow({
      id: workflowId("child"),
      spec: { template: template("child", { inputs, nodes: [taskNode("n0", both)] }) },
    });
    const three = {
      value: {
        case: "scalar",
        value: { value: { case: "primitive", value: { value: { case: "integer", value: 3n } } } },
      },
    } as const;
    await client.createLaunchPlan({
      id: launchPlanId("child"),
      spec: {
        workflowId: workflowId("child"),
        defaultInputs: {
          parameters: {
            y: { var: { type: integer }, behavior: { case: "default", value: three } },
          },
        },
      },
    });
    expect(await mistakesIn(client, { nodes: [launchPlanNode("n0", "child")] })).toEqual([
      "ParameterNotBound on n0: Parameter not bound [x].",
    ]);
    const node = launchPlanNode("n0", "child", { x: constant(1), y: constant("a") });
    expect(await mistakesIn(client, { nodes: [node] })).toEqual([
      "MismatchingTypes on n0: Variable [y] (type [simple:STRING]) doesn't match expected type [simple:INTEGER].",
    ]);
    const [text] = await mistakesIn(client, { nodes: [launchPlanNode("n0", "none")] });
    expect(text).toContain("missing entity of type LAUNCH_PLAN with identifier");
  });
});

describe("the order of nodes", () => {
  test("a cycle of bindings or of declared order is refused with its path", async () => {
    const nodes = [
      taskNode("n0", { x: promise("n1", "sum"), y: input("y") }),
      taskNode("n1", { x: promise("n0", "sum"), y: constant(1) }),
    ];
    expect(await mistakes({ inputs: { y: integer }, nodes })).toEqual([
      "CycleDetected on start-node: A cycle has been detected while traversing the Workflow [start-node>n0>n1>n0].",
    ]);
    const ordered = taskNode("n0", { ...both, x: input("y") }, { upstreamNodeIds: ["n0"] });
    expect(await mistakes({ inputs: { y: integer }, nodes: [ordered] })).toEqual([
      "CycleDetected on start-node: A cycle has been detected while traversing the Workflow [start-node>n0>n0].",
    ]);
  });

  test("nodes that only wait for each other are unreachable", async () => {
    const nodes = [
      taskNode("n0", both, { upstreamNodeIds: ["n1"] }),
      taskNode("n1", both, { upstreamNodeIds: ["n0"] }),
      taskNode("n2", both),
    ];
    expect(await mistakes({ nodes })).toEqual([
      "UnreachableNodes on start-node: The Workflow contain unreachable nodes [n0,n1].",
    ]);
  });

  test("a node may wait for one that is not there, as long as it is reachable", async () => {
    const node = taskNode("n0", { x: input("x"), y: constant(1) }, { upstreamNodeIds: ["zz"] });
    const { primary } = await compile(await clientWithTasks(), {
      inputs: { x: integer },
      nodes: [node],
    });
    expect(primary?.connections?.upstream["n0"]?.ids).toEqual(["start-node", "zz"]);
    expect(await mistakes({ nodes: [taskNode("n0", both, { upstreamNodeIds: ["zz"] })] })).toEqual([
      "UnreachableNodes on start-node: The Workflow contain unreachable nodes [n0].",
    ]);
  });

  test("a failure node is checked, and is outside the graph", async () => {
    const failing = { nodes: [taskNode("n0", both)], failureNode: taskNode("fail", {}) };
    expect(await mistakes(failing)).toEqual([
      "ParameterNotBound on fail: Parameter not bound [x].",
      "ParameterNotBound on fail: Parameter not bound [y].",
    ]);
  });

  test("aliases rename outputs, each once", async () => {
    const outputAliases = [
      { var: "sum", alias: "total" },
      { var: "sum", alias: "all" },
      { var: "zz", alias: "none" },
    ];
    const use = (name: string) => taskNode("n1", { x: promise("n0", name), y: constant(1) });
    expect(await mistakes({ nodes: [taskNode("n0", both, { outputAliases })] })).toEqual([
      "DuplicateAlias on n0: Duplicate alias [all] found. An output alias can only be used once in the Workflow.",
      "ParameterNotBound on n0: Parameter not bound [none].",
    ]);
    const renamed = taskNode("n0", both, { outputAliases: [{ var: "sum", alias: "total" }] });
    await expect(
      compile(await clientWithTasks(), { nodes: [renamed, use("total")] }),
    ).resolves.toBeDefined();
    expect(await mistakes({ nodes: [renamed, use("sum")] })).toEqual([
      "ParameterNotBound on n1: Parameter not bound [x].",
      "VariableNameNotFound on n0: Variable [sum] not found on node [n0].",
    ]);
  });
});
