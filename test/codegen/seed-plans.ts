import type { JsonObject } from "@bufbuild/protobuf";

import {
  type AdminClient,
  blobType,
  enumType,
  listType,
  type LiteralType,
  type LiteralTypeInput,
  mapType,
  simpleType,
  structuredDatasetType,
  typedInterface,
  unionType,
  valueToLiteral,
} from "../../src/index.js";
import type { Parameter } from "../../gen/flyteidl/core/interface_pb.js";
import { type InMemoryFlyteAdmin, seedWorkflow } from "../../src/testing.js";

export const scope = { project: "flytesnacks", domain: "development" };

/** A dataclass as flytekit 1.14 describes it. */
const configSchema: JsonObject = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  title: "Config",
  properties: {
    lr: { type: "number", title: "lr", description: "Learning rate." },
    steps: { type: "integer", title: "steps", default: 10 },
    optimizer: { enum: ["adam", "sgd"], title: "optimizer", default: "adam" },
    layers: { type: "array", items: { $ref: "#/$defs/Layer" }, title: "layers" },
    parent: { anyOf: [{ $ref: "#/$defs/Layer" }, { type: "null" }], default: null },
    tags: { type: "object", additionalProperties: { type: "string" } },
  },
  required: ["lr", "layers"],
  additionalProperties: false,
  $defs: {
    Layer: {
      type: "object",
      properties: {
        width: { type: "integer" },
        inner: { anyOf: [{ $ref: "#/$defs/Layer" }, { type: "null" }] },
      },
      required: ["width"],
    },
  },
};

export function dataclassType(metadata: JsonObject): LiteralType {
  return { ...simpleType("struct"), metadata };
}

/** One input and output of each kind. */
export const everyKind: Readonly<Record<string, LiteralTypeInput>> = {
  epochs: "integer",
  rate: "float",
  label: "string",
  isDryRun: "boolean",
  since: "datetime",
  budget: "duration",
  nothing: "none",
  raw: "binary",
  failure: "error",
  options: "struct",
  config: dataclassType(configSchema),
  names: listType("string"),
  matrix: listType(listType("float")),
  scores: mapType("integer"),
  mode: enumType(["fast", "exact"]),
  note: unionType(["string", "none"]),
  idOrName: unionType(["integer", "string"]),
  data: blobType({ format: "csv" }),
  folder: blobType({ isFolder: true }),
  table: structuredDatasetType({ a: "integer" }, { format: "parquet" }),
};

export interface PlanToRegister {
  readonly name: string;
  readonly version?: string;
  readonly inputs?: Readonly<Record<string, LiteralTypeInput>>;
  readonly outputs?: Readonly<Record<string, LiteralTypeInput>>;
  readonly descriptions?: Readonly<Record<string, string>>;
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly isActive?: boolean;
}

/** Registers a workflow and a launch plan of its name, with defaults and descriptions. */
export async function registerPlan(
  flyte: InMemoryFlyteAdmin,
  admin: AdminClient,
  {
    name,
    version = "v1",
    inputs = {},
    outputs = {},
    descriptions = {},
    defaults = {},
    isActive = true,
  }: PlanToRegister,
): Promise<void> {
  const types = typedInterface({ inputs, outputs });
  const variables = types.inputs?.variables ?? {};
  for (const [input, description] of Object.entries(descriptions)) {
    const variable = variables[input];
    if (variable !== undefined) variable.description = description;
  }
  const { workflowId } = await seedWorkflow(flyte, {
    ...scope,
    name: `${name}_flow`,
    version,
    interface: types,
  });
  // Only the plan below is wanted.
  const { project, domain } = workflowId;
  await admin.launchPlans.deactivate({ project, domain, name: workflowId.name, version });
  await admin.namedEntities.archive({
    kind: "launchPlan",
    id: { project, domain, name: workflowId.name },
  });
  const parameters: Record<string, Pick<Parameter, "var" | "behavior">> = {};
  for (const [input, value] of Object.entries(defaults)) {
    const variable = variables[input];
    if (variable?.type === undefined) throw new Error(`${input} is not an input`);
    parameters[input] = {
      var: variable,
      behavior: { case: "default", value: valueToLiteral(value, variable.type) },
    };
  }
  const id = { ...scope, name, version };
  await admin.launchPlans.create({ id, spec: { workflowId, defaultInputs: { parameters } } });
  if (isActive) await admin.launchPlans.activate(id);
}
