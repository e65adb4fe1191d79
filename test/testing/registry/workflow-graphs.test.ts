import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { Code } from "@connectrpc/connect";
import { workflowId } from "./requests.js";
import { failure } from "./client.js";
import {
  bind,
  branchNode,
  clientWithTasks,
  compile,
  constant,
  input,
  integer,
  isEqual,
  mistakesIn,
  promise,
  registerTask,
  subWorkflowNode,
  taskNode,
  template,
} from "./workflow-parts.js";

const both = { x: constant(1), y: constant(2) };
const error = { case: "error", value: { message: "no" } } as const;

/** For each node, the nodes before it that its inputs come from. The workflow's own input stands for one that is not there. */
const sources = fc
  .array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 })
  .map((pairs) => pairs.map(([x, y], index) => [x % (index + 1), y % (index + 1)] as const));

function graph(pairs: readonly (readonly [number, number])[]) {
  const from = (source: number) => (source === 0 ? input("a") : promise(`n${source}`, "sum"));
  return pairs.map(([x, y], index) => taskNode(`n${index + 1}`, { x: from(x), y: from(y) }));
}

describe("any acyclic graph of bindings", () => {
  test("compiles, with an edge both ways for each binding, between the start and the end node", async () => {
    await fc.assert(
      fc.asyncProperty(sources, async (pairs) => {
        const { primary } = await compile(await clientWithTasks(), {
          inputs: { a: integer },
          nodes: graph(pairs),
        });
        expect(primary?.template?.nodes.map(({ id }) => id)).toEqual([
          "start-node",
          "end-node",
          ...pairs.map((_, index) => `n${index + 1}`),
        ]);
        const name = (source: number) => (source === 0 ? "start-node" : `n${source}`);
        const { upstream = {}, downstream = {} } = primary?.connections ?? {};
        for (const [index, [x, y]] of pairs.entries()) {
          const id = `n${index + 1}`;
          expect(upstream[id]?.ids).toEqual([...new Set([name(x), name(y)])].sort());
          for (const source of [x, y]) expect(downstream[name(source)]?.ids).toContain(id);
        }
        const used = new Set(pairs.flat());
        const leaves = pairs.map((_, index) => index + 1).filter((id) => !used.has(id));
        expect(upstream["end-node"]?.ids).toEqual(leaves.map((id) => `n${id}`).sort());
      }),
      { numRuns: 40 },
    );
  });

  test("is refused with an edge that closes a cycle", async () => {
    await fc.assert(
      fc.asyncProperty(sources, fc.nat(), async (pairs, at) => {
        const nodes = graph(pairs);
        // From the last node back to one that it depends on, or to itself.
        const ancestors = ancestorsOf(pairs, pairs.length);
        const target = ancestors[at % ancestors.length] ?? pairs.length;
        nodes[target - 1]?.upstreamNodeIds.push(`n${pairs.length}`);
        const [mistake] = await mistakesIn(await clientWithTasks(), {
          inputs: { a: integer },
          nodes,
        });
        expect(mistake).toMatch(/^(?:CycleDetected|UnreachableNodes) on start-node: /);
      }),
      { numRuns: 40 },
    );
  });
});

/** A node and all that its inputs come from. */
function ancestorsOf(pairs: readonly (readonly [number, number])[], node: number): number[] {
  const found = new Set([node]);
  for (const id of found) {
    for (const source of pairs[id - 1] ?? []) if (source > 0) found.add(source);
  }
  return [...found];
}

describe("a compiled workflow", () => {
  test("names the nodes inside branches after the branch, at any depth, and connects them upstream only", async () => {
    const inner = branchNode(
      "deep",
      { y: input("a") },
      {
        case: { condition: isEqual("y", 1), thenNode: taskNode("a", { ...both, x: input("a") }) },
        default: error,
      },
    );
    const outer = branchNode(
      "n1",
      { x: promise("n0", "sum") },
      {
        case: { condition: isEqual("x", 1), thenNode: inner },
        default: {
          case: "elseNode",
          value: taskNode("b", { x: promise("n0", "sum"), y: constant(1) }),
        },
      },
    );
    const { primary } = await compile(await clientWithTasks(), {
      inputs: { a: integer },
      nodes: [taskNode("n0", both), outer],
    });
    expect(primary?.template?.nodes.map(({ id }) => id)).toEqual([
      "start-node",
      "end-node",
      "n0",
      "n1",
    ]);
    const lists = (set: Readonly<Record<string, { ids: string[] }>> = {}) =>
      Object.fromEntries(Object.entries(set).map(([id, { ids }]) => [id, ids]));
    expect(lists(primary?.connections?.upstream)).toEqual({
      n0: ["start-node"],
      n1: ["n0"],
      "n1-b": ["n0"],
      "n1-deep": ["start-node"],
      "n1-deep-a": ["start-node"],
      "end-node": ["n1"],
    });
    expect(lists(primary?.connections?.downstream)).toEqual({
      "start-node": ["n0"],
      n0: ["n1"],
      n1: ["end-node"],
    });
  });

  test("has its tasks by name and version, and each once", async () => {
    const client = await clientWithTasks();
    for (const name of ["b", "a"]) await registerTask(client, name, {}, {});
    const { tasks } = await compile(client, {
      nodes: [
        taskNode("n0", {}, { task: "b" }),
        taskNode("n1", both),
        taskNode("n2", {}, { task: "a" }),
        taskNode("n3", {}, { task: "b" }),
      ],
      failureNode: taskNode("fail", {}, { task: "a" }),
    });
    expect(tasks.map((task) => task.template?.id?.name)).toEqual(["a", "add", "b"]);
  });

  test("keeps all sub-workflows of the request, and compiles those that its nodes run", async () => {
    const sub = (name: string) => template(name, { nodes: [taskNode("n0", both)] });
    const { subWorkflows } = await compile(
      await clientWithTasks(),
      { nodes: [subWorkflowNode("n0", "used")] },
      [sub("unused"), sub("used")],
    );
    expect(
      subWorkflows.map(({ template: each, connections }) => [
        each?.id?.name,
        each?.nodes.length,
        connections !== undefined,
      ]),
    ).toEqual([
      ["unused", 1, false],
      ["used", 3, true],
    ]);
  });

  test("has the failure node beside its nodes, with what it waits for", async () => {
    const { primary } = await compile(await clientWithTasks(), {
      inputs: { a: integer },
      nodes: [taskNode("n0", both)],
      failureNode: taskNode("fail", { x: input("a"), y: constant(1) }),
    });
    expect(primary?.template?.failureNode?.id).toBe("fail");
    expect(primary?.template?.nodes.map(({ id }) => id)).not.toContain("fail");
    expect(primary?.connections?.upstream["fail"]?.ids).toEqual(["start-node"]);
  });

  test("is listed with its interface as it was registered", async () => {
    const client = await clientWithTasks();
    const spec = { template: { nodes: [taskNode("n0", both)] } };
    await client.createWorkflow({ id: workflowId("bare"), spec });
    const scope = { project: "flytesnacks", domain: "development" };
    const { workflows } = await client.listWorkflows({ id: scope, limit: 1 });
    const listed = workflows[0]?.closure?.compiledWorkflow?.primary?.template?.interface;
    expect([listed?.inputs, listed?.outputs]).toEqual([undefined, undefined]);
    const { closure } = await client.getWorkflow({ id: workflowId("bare") });
    const compiled = closure?.compiledWorkflow?.primary?.template?.interface;
    expect([compiled?.inputs?.variables, compiled?.outputs?.variables]).toEqual([{}, {}]);
  });
});

describe("a version that is registered again", () => {
  test("differs in all but its interface, since nodes are not in the server's database", async () => {
    const client = await clientWithTasks();
    await compile(client, { nodes: [taskNode("n0", both)] });
    const changed = {
      id: workflowId("wf"),
      spec: { template: template("wf", { nodes: [taskNode("n1", both)] }) },
    };
    const [code, text] = await failure(client.createWorkflow(changed));
    expect(code).toBe(Code.InvalidArgument);
    expect(text).toContain(
      "\n/primary/connections:\n\t- <nil> \n\t+ map[downstream:map[n1:map[ids:[end-node]] start-node:map[ids:[n1]]] ",
    );
    expect(text).toContain(
      "\n/primary/template/nodes:\n\t- <nil> \n\t+ [map[Target:<nil> id:start-node] ",
    );
    expect(text).not.toContain("/primary/template/interface");
  });

  test("is identical when only the order of bound inputs' map entries differs", async () => {
    const client = await clientWithTasks();
    const parts = (names: readonly string[]) => ({
      inputs: Object.fromEntries(names.map((name) => [name, integer])),
      nodes: [taskNode("n0", {}, { inputs: bind({ x: input("a"), y: input("b") }) })],
    });
    await compile(client, parts(["a", "b"]));
    const again = { id: workflowId("wf"), spec: { template: template("wf", parts(["b", "a"])) } };
    expect((await failure(client.createWorkflow(again)))[0]).toBe(Code.AlreadyExists);
  });
});
