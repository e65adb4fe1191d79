import {
  AdminClient,
  enumType,
  listType,
  simpleType,
  blobType,
  typedInterface,
  unionType,
  valueToLiteral,
} from "flyte-admin-client";
import { type InMemoryFlyteAdmin, seedWorkflow } from "flyte-admin-client/testing";

/** Where the sample launch plan is. */
export const samplePlan = {
  project: "flytesnacks",
  domain: "development",
  name: "ml.train",
} as const;

/** A dataclass as flytekit describes it. */
const configType = {
  ...simpleType("struct"),
  metadata: {
    type: "object",
    title: "Config",
    properties: {
      learning_rate: { type: "number", title: "learning_rate" },
      layers: { type: "array", title: "layers", items: { type: "integer" } },
    },
    required: ["learning_rate", "layers"],
    additionalProperties: false,
  },
};

/** Registers the sample launch plan, with a default for each input but two. */
export async function addSamplePlan(flyte: InMemoryFlyteAdmin): Promise<void> {
  const { project, domain, name } = samplePlan;
  const admin = new AdminClient({ transport: flyte.transport(), defaults: { project, domain } });
  const types = typedInterface({
    inputs: {
      epochs: "integer",
      data: blobType({ format: "csv" }),
      mode: enumType(["fast", "exact"]),
      since: "datetime",
      note: unionType(["string", "none"]),
      tags: listType("string"),
      config: configType,
    },
    outputs: { accuracy: "float", model: blobType() },
  });
  const variables = types.inputs?.variables ?? {};
  if (variables["epochs"] !== undefined) variables["epochs"].description = "Passes over the data.";
  const defaults = {
    mode: "fast",
    since: new Date("2026-01-01T00:00:00Z"),
    note: null,
    tags: ["nightly"],
    config: { learning_rate: 0.1, layers: [64, 32] },
  };
  const parameters = Object.entries(defaults).map(([input, value]) => {
    const variable = variables[input];
    const literal = valueToLiteral(value, variable?.type ?? {});
    return [input, { var: variable, behavior: { case: "default", value: literal } }] as const;
  });
  const { workflowId } = await seedWorkflow(flyte, {
    project,
    domain,
    name: `${name}_flow`,
    interface: types,
  });
  const id = { name, version: "v1" };
  const defaultInputs = { parameters: Object.fromEntries(parameters) };
  await admin.launchPlans.create({ id, spec: { workflowId, defaultInputs } });
  await admin.launchPlans.activate(id);
}
