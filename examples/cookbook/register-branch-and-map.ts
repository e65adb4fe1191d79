import { type AdminClient, listType, typedInterface } from "flyte-admin-client";
import { ComparisonExpression_Operator } from "flyte-admin-client/gen/flyteidl/core/condition_pb";

/** Registers a workflow that maps a task over a list, and chooses a task by a number. Argument: the version. */
export async function run(admin: AdminClient, [version = "v1"]: readonly string[]): Promise<void> {
  // A map has the inputs and outputs of its task as they are: flytekit registers that task with lists.
  const many = { inputs: { xs: listType("integer") }, outputs: { ys: listType("integer") } };
  const one = { inputs: { x: "integer" }, outputs: { y: "integer" } } as const;
  for (const [name, variables] of Object.entries({ squares: many, double: one, negate: one })) {
    const template = {
      type: "container",
      metadata: { runtime: { version: "1.0.0", flavor: "typescript" } },
      interface: typedInterface(variables),
      target: { case: "container" as const, value: { image: "example/math:v1", args: [name] } },
    };
    await admin.tasks.create({ id: { name, version }, spec: { template } });
  }
  const moreThan10 = {
    operator: ComparisonExpression_Operator.GT,
    leftValue: { val: { case: "var" as const, value: "x" } },
    rightValue: { val: { case: "primitive" as const, value: integer(10n) } },
  };
  const choice = {
    case: {
      condition: { expr: { case: "comparison" as const, value: moreThan10 } },
      thenNode: taskNode("large", "double", "x"),
    },
    default: { case: "elseNode" as const, value: taskNode("small", "negate", "x") },
  };
  const map = { node: taskNode("each", "squares", "xs") };
  const nodes = [
    { id: "map", inputs: [bind("xs")], target: { case: "arrayNode" as const, value: map } },
    {
      id: "branch",
      inputs: [bind("x")],
      target: { case: "branchNode" as const, value: { ifElse: choice } },
    },
  ];
  const outputs = [bind("ys", "map"), bind("y", "branch")];
  const variables = { ...many.inputs, ...one.inputs };
  const whole = typedInterface({ inputs: variables, outputs: { ...many.outputs, ...one.outputs } });
  const template = { interface: whole, nodes, outputs };
  await admin.workflows.create({ id: { name: "math", version }, spec: { template } });
  console.log("registered math", version);
}
const integer = (value: bigint) => ({ value: { case: "integer" as const, value } });
/** Binds a variable to the output of a node that has its name, or to an input of the workflow. */
const bind = (name: string, nodeId = "") => ({
  var: name,
  binding: { value: { case: "promise" as const, value: { nodeId, var: name } } },
});
const taskNode = (id: string, name: string, variable: string) => ({
  id,
  inputs: [bind(variable)],
  target: {
    case: "taskNode" as const,
    value: { reference: { case: "referenceId" as const, value: { name } } },
  },
});
