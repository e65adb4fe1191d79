import { describe, expect, test } from "@jest/globals";

import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { taskId } from "./requests.js";
import {
  bind,
  branchNode,
  clientWithTasks,
  compile,
  constant,
  enumOf,
  float,
  input,
  integer,
  isEqual,
  list,
  listOf,
  map,
  mapOf,
  mistakesIn,
  none,
  promise,
  registerTask,
  string,
  taskNode,
  unionOf,
  type WorkflowParts,
} from "./workflow-parts.js";

const both = { x: constant(1), y: constant(2) };

/** The mistakes in a workflow whose nodes run `add`. */
async function mistakes(parts: WorkflowParts): Promise<readonly string[]> {
  return mistakesIn(await clientWithTasks(), parts);
}

describe("a workflow is refused", () => {
  test("without nodes", async () => {
    const id =
      'resource_type:WORKFLOW project:"flytesnacks" domain:"development" name:"wf" version:"v1"';
    expect(await mistakes({})).toEqual([
      `NoNodesFound on ${id}: Can't find any nodes in workflow [${id}].`,
    ]);
  });

  test("with a variable of its interface that has no type or no name", async () => {
    const nodes = [taskNode("n0", both)];
    expect(await mistakes({ inputs: { "": integer }, nodes })).toEqual([
      "ValueRequired on start-node: Value required [paramName].",
    ]);
    expect(await mistakes({ outputs: { o: undefined }, nodes })).toEqual([
      "ValueRequired on start-node: Value required [param.Type].",
    ]);
  });

  test("with a node that runs nothing, or a task node that names no task", async () => {
    const empty = { id: "n1", target: { case: "taskNode", value: {} } } as const;
    expect(await mistakes({ nodes: [{ id: "n0" }, empty] })).toEqual([
      "ValueRequired on n0: Value required [Target].",
      "ValueRequired on n1: Value required [TaskNode.ReferenceId].",
    ]);
  });

  test("with a node that has no ID", async () => {
    expect(await mistakes({ nodes: [taskNode("", both)] })).toEqual([
      "ValueRequired on <node>: Value required [Id].",
    ]);
  });

  test("with inputs that are unbound, unknown or bound twice", async () => {
    const [x] = bind({ x: constant(1) });
    const node = taskNode("n0", {}, { inputs: [x!, x!, ...bind({ z: constant(3) })] });
    expect(await mistakes({ nodes: [node] })).toEqual([
      "ParameterBoundMoreThanOnce on n0: Input [x] is bound more than once.",
      "ParameterNotBound on n0: Parameter not bound [y].",
      "VariableNameNotFound on n0: Variable [z] not found on node [n0].",
    ]);
  });

  test("with a binding that has no value", async () => {
    const inputs = [{ var: "x" }, { var: "y", binding: {} }];
    expect(await mistakes({ nodes: [taskNode("n0", {}, { inputs })] })).toEqual([
      "MismatchingBindings on n0: Input [y] on node [n0] expects bindings of type [simple:INTEGER]. Received []",
      "ParameterNotBound on n0: Parameter not bound [x].",
      "ValueRequired on n0: Value required [Binding].",
    ]);
  });

  test("with an output that is not bound", async () => {
    expect(await mistakes({ outputs: { o: integer }, nodes: [taskNode("n0", both)] })).toEqual([
      "ParameterNotBound on end-node: Parameter not bound [o].",
    ]);
  });

  test("with a task that is not registered, by its text alone", async () => {
    expect(await mistakes({ nodes: [taskNode("n0", {}, { task: "none" })] })).toEqual([
      expect.stringMatching(
        /with err: missing entity of type TASK with identifier project:"flytesnacks" +domain:"development" +name:"none" +version:"v1"$/,
      ),
    ]);
  });

  test("with a reference that lacks its resource type: it finds a task and does not name it", async () => {
    const value = { ...taskId("add"), resourceType: 0 };
    const target = {
      case: "taskNode",
      value: { reference: { case: "referenceId", value } },
    } as const;
    expect(await mistakes({ nodes: [{ id: "n0", target }] })).toEqual([
      'TaskReferenceNotFound on start-node: Referenced Task [project:"flytesnacks" domain:"development" name:"add" version:"v1"] not found.',
    ]);
  });
});

describe("a promise is refused", () => {
  const outputOf = (data: ReturnType<typeof promise>): WorkflowParts => ({
    outputs: { o: integer },
    results: { o: data },
    nodes: [taskNode("n0", both)],
  });

  test("of a node that is not there, under that node's own ID", async () => {
    expect(await mistakes(outputOf(promise("n9", "sum")))).toEqual([
      "NodeReferenceNotFound on n9: Referenced node [n9] not found.",
      "ParameterNotBound on end-node: Parameter not bound [o].",
    ]);
  });

  test("of an output or an input of the workflow that is not there", async () => {
    expect(await mistakes(outputOf(promise("n0", "zz")))).toEqual([
      "ParameterNotBound on end-node: Parameter not bound [o].",
      "VariableNameNotFound on n0: Variable [zz] not found on node [n0].",
    ]);
    expect(await mistakes(outputOf(input("zz")))).toEqual([
      "ParameterNotBound on end-node: Parameter not bound [o].",
      "VariableNameNotFound on start-node: Variable [zz] not found on node [start-node].",
    ]);
  });

  test("whose variable is no name", async () => {
    expect(await mistakes(outputOf(promise("n0", "a.b")))).toEqual([
      "SyntaxError on end-node: Failed to parse element [a.b].",
    ]);
  });

  test("of another type, with the names of both nodes where they have some", async () => {
    const client = await clientWithTasks();
    await registerTask(client, "print", { text: string }, {});
    const nodes = [
      taskNode("n0", both, { metadata: { name: "adding" } }),
      taskNode("n1", { text: promise("n0", "sum") }, { task: "print", metadata: { name: "out" } }),
      taskNode("n2", { text: promise("n0", "sum") }, { task: "print" }),
    ];
    expect(await mistakesIn(client, { nodes })).toEqual([
      "MismatchingTypes on n1: The output variable 'adding.sum' has type [simple:INTEGER], but it's assigned to the input variable 'out.text' which has type type [simple:STRING].",
      "MismatchingTypes on n2: The output variable 'adding.sum' has type [simple:INTEGER], but it's assigned to the input variable 'text' which has type type [simple:STRING].",
    ]);
  });

  test("of a float where an integer is wanted, and of an item of what is no list", async () => {
    const parts = (name: string): WorkflowParts => ({
      inputs: { f: float, fs: listOf(integer) },
      nodes: [taskNode("n0", { x: input(name), y: input("[0].fs") })],
    });
    expect(await mistakes(parts("f"))).toEqual([
      "MismatchingTypes on n0: The output variable 'f' has type [simple:FLOAT], but it's assigned to the input variable 'x' which has type type [simple:INTEGER].",
    ]);
    expect(await mistakes(parts("[0].f"))).toEqual([
      "MismatchingTypes on n0: The output variable '[0].f' has type [simple:FLOAT], but it's assigned to the input variable 'x' which has type type [simple:INTEGER].",
    ]);
    expect(await mistakes({ ...parts("[1].fs"), outputs: { o: integer } })).toEqual([
      "ParameterNotBound on end-node: Parameter not bound [o].",
    ]);
  });

  test("of a field that the dataclass does not have", async () => {
    const box = {
      type: { case: "simple", value: SimpleType.STRUCT },
      structure: { dataclassType: { side: integer } },
    } as const;
    const parts = (field: string): WorkflowParts => ({
      inputs: { box },
      nodes: [taskNode("n0", { x: promise("", "box", field), y: constant(2) })],
    });
    expect(await mistakes(parts("edge"))).toEqual([
      'FieldNotFound on n0: Variable [box] (type [simple:STRUCT structure:{dataclass_type:{key:"side" value:{simple:INTEGER}}}]) doesn\'t have field [edge].',
    ]);
    await expect(compile(await clientWithTasks(), parts("side"))).resolves.toBeDefined();
  });

  test("of a node whose own mistake leaves its outputs unknown", async () => {
    const nodes = [{ id: "n0" }, taskNode("n1", { x: promise("n0", "sum"), y: constant(1) })];
    expect(await mistakes({ nodes })).toEqual([
      "ParameterNotBound on n1: Parameter not bound [x].",
      "ValueRequired on n0: Value required [Target].",
      "VariableNameNotFound on n0: Variable [sum] not found on node [n0].",
    ]);
  });
});

describe("constants, lists and maps", () => {
  const refused = async (type: Parameters<typeof listOf>[0], data: ReturnType<typeof constant>) =>
    mistakes({ outputs: { o: type }, results: { o: data }, nodes: [taskNode("n0", both)] });

  test("a constant of another type is refused", async () => {
    expect(await refused(string, constant(3))).toEqual([
      "MismatchingTypes on end-node: Variable [o] (type [simple:INTEGER]) doesn't match expected type [simple:STRING].",
    ]);
  });

  test("an enum takes its own values only", async () => {
    await expect(
      compile(await clientWithTasks(), {
        outputs: { o: enumOf("red", "green") },
        results: { o: constant("red") },
        nodes: [taskNode("n0", both)],
      }),
    ).resolves.toBeDefined();
    expect(await refused(enumOf("red", "green"), constant("blue"))).toEqual([
      "IllegalEnumValue on end-node: Input [o] on node [end-node] is an Enum and expects value to be one of [[red green]]. Received [blue]",
    ]);
  });

  test("each item of a list or map is checked", async () => {
    expect(await refused(listOf(integer), list(constant(1), constant("a")))).toEqual([
      "MismatchingTypes on end-node: Variable [o] (type [simple:STRING]) doesn't match expected type [simple:INTEGER].",
    ]);
    expect(await refused(mapOf(integer), map({ a: promise("n0", "zz") }))).toEqual([
      "ParameterNotBound on end-node: Parameter not bound [o].",
      "VariableNameNotFound on n0: Variable [zz] not found on node [n0].",
    ]);
  });

  test("a list does not stand for a map, nor for one value", async () => {
    expect(await refused(mapOf(integer), list())).toEqual([
      "MismatchingBindings on end-node: Input [o] on node [end-node] expects bindings of type [map_value_type:{simple:INTEGER}]. Received []",
    ]);
    expect(await refused(integer, list(constant(1)))).toEqual([
      "MismatchingBindings on end-node: Input [o] on node [end-node] expects bindings of type [simple:INTEGER]. Received [bindings:{scalar:{primitive:{integer:1}}}]",
    ]);
  });

  test("a list fits one variant of a union: none and two are refused", async () => {
    expect(await refused(unionOf(integer, string), list())).toEqual([
      "IncompatibleBindingUnionValue on end-node: Input [o] on node [end-node] expects bindings of union type [union_type:{variants:{simple:INTEGER} variants:{simple:STRING}}]. Received [collection:{}] which does not match any of the variants.",
    ]);
    expect(await refused(unionOf(listOf(integer), listOf(string)), list())).toEqual([
      "AmbiguousBindingUnionValue on end-node: Input [o] on node [end-node] expects bindings of union type [union_type:{variants:{collection_type:{simple:INTEGER}} variants:{collection_type:{simple:STRING}}}]. Received [collection:{}] which is ambiguous as both variants [collection_type:{simple:INTEGER}] and [collection_type:{simple:STRING}] match.",
    ]);
  });

  test("an optional input may be left out", async () => {
    const client = await clientWithTasks();
    await registerTask(client, "maybe", { x: unionOf(integer, none) }, {});
    await expect(
      compile(client, { nodes: [taskNode("n0", {}, { task: "maybe" })] }),
    ).resolves.toBeDefined();
  });

  test("a constant without a value crashes the server's handler, which answers INTERNAL without a text", async () => {
    const data = { value: { case: "scalar", value: {} } } as const;
    expect(await refused(integer, data)).toEqual([""]);
  });
});

describe("a branch node", () => {
  const error = { case: "error", value: { message: "no" } } as const;
  const add = (id = "a") => taskNode(id, both);

  test("needs a first branch with a node", async () => {
    const parts = (ifElse: Parameters<typeof branchNode>[2]) => ({
      nodes: [branchNode("n0", {}, ifElse)],
    });
    expect(await mistakes(parts({ default: error }))).toEqual([
      "BranchNodeHasNoCondition on n0: One of the branches on the node doesn't have a condition.",
      "ValueRequired on n0: Value required [Branch.IfElse.Case].",
    ]);
    const withoutNode = { case: { condition: isEqual("x", 1) }, default: error };
    expect(await mistakes(parts(withoutNode))).toEqual([
      "BranchNodeIdNotFound on n0: BranchNode not assigned",
      "ValueRequired on n0: Value required [Branch.IfElse.Case.ThenNode].",
      "ValueRequired on n0: Value required [x].",
    ]);
  });

  test("needs conditions, over inputs that it binds, of one type each", async () => {
    const branch = branchNode(
      "n0",
      { x: constant(1) },
      {
        case: { condition: isEqual("x", "one"), thenNode: add("a") },
        other: [{ condition: isEqual("y", 1), thenNode: add("b") }, { thenNode: add("c") }],
        default: error,
      },
    );
    expect(await mistakes({ nodes: [branch] })).toEqual([
      "BranchNodeHasNoCondition on n0: One of the branches on the node doesn't have a condition.",
      "MismatchingTypes on n0: Variable [RightValue] (type [simple:STRING]) doesn't match expected type [simple:INTEGER].",
      "VariableNameNotFound on n0: Variable [y] not found on node [n0].",
    ]);
  });

  test("needs an else node or an error", async () => {
    const branch = branchNode(
      "n0",
      { x: constant(1) },
      { case: { condition: isEqual("x", 1), thenNode: add() } },
    );
    expect(await mistakes({ nodes: [branch] })).toEqual([
      "BranchNodeHasNoDefault on n0: Branch Node must have either the else case set or a default error.",
    ]);
  });

  test("returns outputs that all branches have with one type, and no others", async () => {
    const client = await clientWithTasks();
    await registerTask(client, "name", {}, { sum: string });
    const branch = branchNode(
      "n0",
      { x: constant(1) },
      {
        case: { condition: isEqual("x", 1), thenNode: add("a") },
        default: { case: "elseNode", value: taskNode("b", {}, { task: "name" }) },
      },
    );
    expect(await mistakesIn(client, { nodes: [branch] })).toEqual([
      "MismatchingTypes on n0-b: Variable [sum] (type [simple:INTEGER]) doesn't match expected type [simple:STRING].",
      "ValueRequired on n0: Value required [x].",
    ]);
  });

  test("can only take from nodes that are before it", async () => {
    const inside = taskNode("a", { x: promise("n1", "sum"), y: constant(1) });
    const branch = branchNode(
      "n0",
      { x: constant(1) },
      { case: { condition: isEqual("x", 1), thenNode: inside }, default: error },
    );
    const later = taskNode("n1", both);
    expect(await mistakes({ nodes: [branch, later] })).toEqual([
      "NodeReferenceNotFound on n1: Referenced node [n1] not found.",
      "ParameterNotBound on n0-a: Parameter not bound [x].",
    ]);
    await expect(
      compile(await clientWithTasks(), { nodes: [later, branch] }),
    ).resolves.toBeDefined();
  });
});
