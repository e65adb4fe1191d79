import { create, type DescMessage, type MessageInitShape } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";

import { WorkflowCreateRequestSchema } from "../../../gen/flyteidl/admin/workflow_pb.js";
import {
  type BooleanExpression,
  BooleanExpressionSchema,
} from "../../../gen/flyteidl/core/condition_pb.js";
import type { CompiledWorkflowClosure } from "../../../gen/flyteidl/core/compiler_pb.js";
import {
  type BindingDataSchema,
  type BindingSchema,
} from "../../../gen/flyteidl/core/literals_pb.js";
import { type LiteralTypeSchema, SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import {
  type GateNodeSchema,
  type IfElseBlockSchema,
  type Node,
  NodeSchema,
  type WorkflowTemplateSchema,
} from "../../../gen/flyteidl/core/workflow_pb.js";
import type { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { failure, registryClient } from "./client.js";
import { launchPlanId, taskId, workflowId } from "./requests.js";

/** The fields that a message may be made of. */
type Fields<Desc extends DescMessage> = Exclude<
  MessageInitShape<Desc>,
  { readonly $typeName: string }
>;

export type NodeInit = Fields<typeof NodeSchema>;
export type TemplateInit = Fields<typeof WorkflowTemplateSchema>;
export type TypeInit = MessageInitShape<typeof LiteralTypeSchema>;
export type DataInit = MessageInitShape<typeof BindingDataSchema>;
export type BindingInit = MessageInitShape<typeof BindingSchema>;

export const integer: TypeInit = { type: { case: "simple", value: SimpleType.INTEGER } };
export const string: TypeInit = { type: { case: "simple", value: SimpleType.STRING } };
export const float: TypeInit = { type: { case: "simple", value: SimpleType.FLOAT } };
export const none: TypeInit = { type: { case: "simple", value: SimpleType.NONE } };

export const listOf = (value: TypeInit): TypeInit => ({ type: { case: "collectionType", value } });
export const mapOf = (value: TypeInit): TypeInit => ({ type: { case: "mapValueType", value } });
export const unionOf = (...variants: TypeInit[]): TypeInit => ({
  type: { case: "unionType", value: { variants } },
});
export const enumOf = (...values: string[]): TypeInit => ({
  type: { case: "enumType", value: { values } },
});

/** Types of variables by name. */
type Types = Readonly<Record<string, TypeInit | undefined>>;

/** Variables by name. Those without a type are mistakes. */
function variables(types: Types) {
  const entries = Object.entries(types).map(
    ([name, type]) => [name, type ? { type } : {}] as const,
  );
  return { variables: Object.fromEntries(entries) };
}

/** The output of a node, or an input of the workflow. */
export const promise = (nodeId: string, name: string, ...fields: string[]): DataInit => ({
  value: {
    case: "promise",
    value: {
      nodeId,
      var: name,
      attrPath: fields.map((value) => ({ value: { case: "stringValue", value } as const })),
    },
  },
});

export const input = (name: string): DataInit => promise("", name);

export const constant = (value: number | string): DataInit => ({
  value: {
    case: "scalar",
    value: {
      value: {
        case: "primitive",
        value: {
          value:
            typeof value === "number"
              ? { case: "integer", value: BigInt(value) }
              : { case: "stringValue", value },
        },
      },
    },
  },
});

export const list = (...bindings: DataInit[]): DataInit => ({
  value: { case: "collection", value: { bindings } },
});

export const map = (bindings: Record<string, DataInit>): DataInit => ({
  value: { case: "map", value: { bindings } },
});

/** Bindings by the name of the input. */
export function bind(data: Readonly<Record<string, DataInit>>): BindingInit[] {
  return Object.entries(data).map(([name, binding]) => ({ var: name, binding }));
}

/** A node that runs a task: `add` unless another is named. */
export function taskNode(
  id: string,
  inputs: Readonly<Record<string, DataInit>>,
  rest: NodeInit & { readonly task?: string } = {},
): Node {
  const { task = "add", ...others } = rest;
  return create(NodeSchema, {
    id,
    inputs: bind(inputs),
    target: {
      case: "taskNode",
      value: { reference: { case: "referenceId", value: taskId(task) } },
    },
    ...others,
  });
}

export const subWorkflowNode = (id: string, name: string): Node =>
  create(NodeSchema, {
    id,
    target: {
      case: "workflowNode",
      value: { reference: { case: "subWorkflowRef", value: workflowId(name) } },
    },
  });

export const launchPlanNode = (
  id: string,
  name: string,
  inputs: Readonly<Record<string, DataInit>> = {},
): Node =>
  create(NodeSchema, {
    id,
    inputs: bind(inputs),
    target: {
      case: "workflowNode",
      value: { reference: { case: "launchplanRef", value: launchPlanId(name) } },
    },
  });

type GateInit = Fields<typeof GateNodeSchema>["condition"];

export const gateNode = (
  id: string,
  condition: GateInit,
  inputs: Readonly<Record<string, DataInit>> = {},
): Node =>
  create(NodeSchema, {
    id,
    inputs: bind(inputs),
    target: { case: "gateNode", value: { ...(condition && { condition }) } },
  });

/** A comparison of an input of a branch node with a constant. */
export const isEqual = (name: string, value: number | string): BooleanExpression =>
  create(BooleanExpressionSchema, {
    expr: {
      case: "comparison",
      value: {
        leftValue: { val: { case: "var", value: name } },
        rightValue: {
          val: {
            case: "primitive",
            value: {
              value:
                typeof value === "number"
                  ? { case: "integer", value: BigInt(value) }
                  : { case: "stringValue", value },
            },
          },
        },
      },
    },
  });

type IfElseInit = Fields<typeof IfElseBlockSchema>;

export const branchNode = (
  id: string,
  inputs: Readonly<Record<string, DataInit>>,
  ifElse: IfElseInit,
): Node =>
  create(NodeSchema, {
    id,
    inputs: bind(inputs),
    target: { case: "branchNode", value: { ifElse } },
  });

/** Registers a task. */
export async function registerTask(
  client: Client<typeof AdminService>,
  name: string,
  inputs: Types,
  outputs: Types,
): Promise<void> {
  const template = {
    type: "python-task",
    metadata: { runtime: { version: "1" } },
    interface: { inputs: variables(inputs), outputs: variables(outputs) },
    target: { case: "container" as const, value: { image: "img:v1", args: ["run"] } },
  };
  await client.createTask({ id: taskId(name), spec: { template } });
}

/** A client of a server with task `add`, which takes integers `x` and `y` and returns an integer `sum`. */
export async function clientWithTasks(): Promise<Client<typeof AdminService>> {
  const client = registryClient();
  await registerTask(client, "add", { x: integer, y: integer }, { sum: integer });
  return client;
}

/** A workflow as {@link compile} takes it; its interface is empty when none is given. */
export interface WorkflowParts {
  readonly nodes?: (Node | NodeInit)[];
  readonly failureNode?: Node;
  readonly inputs?: Types;
  readonly outputs?: Types;
  readonly results?: Readonly<Record<string, DataInit>>;
}

/** The template of a workflow. */
export function template(name: string, parts: WorkflowParts): TemplateInit {
  const { inputs = {}, outputs = {}, results = {}, ...rest } = parts;
  return {
    id: workflowId(name),
    interface: { inputs: variables(inputs), outputs: variables(outputs) },
    outputs: bind(results),
    ...rest,
  };
}

/** Registers a workflow and returns what the server made of it. */
export async function compile(
  client: Client<typeof AdminService>,
  parts: WorkflowParts,
  subWorkflows: TemplateInit[] = [],
): Promise<CompiledWorkflowClosure> {
  await client.createWorkflow(workflowRequest(parts, subWorkflows));
  const { closure } = await client.getWorkflow({ id: workflowId("wf") });
  if (closure?.compiledWorkflow === undefined) throw new Error("GetWorkflow returned no closure");
  return closure.compiledWorkflow;
}

/** Registers a workflow that does not compile, and returns the server's list of mistakes without its numbers. */
export async function mistakesIn(
  client: Client<typeof AdminService>,
  parts: WorkflowParts,
  subWorkflows: TemplateInit[] = [],
): Promise<readonly string[]> {
  const [, text] = await failure(client.createWorkflow(workflowRequest(parts, subWorkflows)));
  const lines = [
    ...text.matchAll(/\tError \d+: Code: (\w+), Node Id: (.*?), Description: (.*)\n/g),
  ];
  if (!text.includes(`with err: Collected Errors: ${lines.length}\n`)) return [text];
  return lines.map(([, code, nodeId, description]) =>
    `${code} on ${nodeId}: ${description}`.replace(/ {2,}/g, " "),
  );
}

function workflowRequest(parts: WorkflowParts, subWorkflows: TemplateInit[]) {
  return create(WorkflowCreateRequestSchema, {
    id: workflowId("wf"),
    spec: { template: template("wf", parts), subWorkflows },
  });
}
