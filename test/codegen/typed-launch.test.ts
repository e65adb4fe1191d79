import { create } from "@bufbuild/protobuf";
import { beforeEach, describe, expect, test } from "@jest/globals";

import { LiteralSchema } from "../../gen/flyteidl/core/literals_pb.js";
import {
  AdminClient,
  LiteralError,
  literalsToOutputs,
  type LaunchPlanInterface,
  listType,
  literalsToValues,
  type LiteralMap,
  msgpack,
  simpleType,
  type TypedLaunchPlan,
  typedInterface,
  valueToLiteral,
  valuesToLiterals,
} from "../../src/index.js";
import { generateTypes } from "../../src/node.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";
import { compile } from "./compile.js";
import { everyKind, registerPlan, scope } from "./seed-plans.js";

interface Trained extends LaunchPlanInterface {
  readonly inputs: { readonly epochs: bigint };
  readonly outputs: {
    readonly accuracy: number;
    readonly names: readonly string[];
    readonly config: Readonly<Record<string, unknown>>;
  };
}

/** As the generated file has it. */
const trained: TypedLaunchPlan<Trained> = {
  name: "train",
  outputs: { accuracy: "float", names: listType("string"), config: "struct" },
};
const outputTypes = typedInterface({
  outputs: { accuracy: "float", names: listType("string"), config: "struct", more: "integer" },
}).outputs;
const trainedValues = { accuracy: 0.5, names: ["a"], config: { lr: 1 } };

function outputLiterals(values: object = trainedValues): LiteralMap {
  if (outputTypes === undefined) throw new Error("unreachable");
  return valuesToLiterals({ ...values }, outputTypes, { binary: msgpack });
}

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), defaults: scope });
  await registerPlan(flyte, admin, {
    name: "train",
    inputs: {
      epochs: "integer",
      rate: "float",
      mode: everyKind["mode"] ?? "string",
      config: everyKind["config"] ?? "struct",
    },
    outputs: { accuracy: "float", steps: "integer", config: everyKind["config"] ?? "struct" },
    defaults: { rate: 0.1, mode: "fast" },
  });
  await registerPlan(flyte, admin, { name: "every.kind", inputs: everyKind, outputs: everyKind });
});

/** Compiles statements of a program that uses the generated file, each on a line of its own from line 5 on. */
async function compileUse(name: string, lines: readonly string[]): Promise<readonly string[]> {
  const imports = [
    'import { type AdminClient, literalsToOutputs, type LiteralMap } from "flyte-admin-client";',
    'import { everyKind, type EveryKind, train, type Train } from "./flyte.gen.js";',
    "declare const admin: AdminClient; declare const literals: LiteralMap;",
    "export const all = [everyKind, train, literalsToOutputs, literals] satisfies unknown[]; export type All = EveryKind | Train;",
  ];
  return compile(name, {
    "flyte.gen.ts": await generateTypes(admin),
    "use.ts": [...imports, ...lines].join("\n"),
  });
}

describe("a launch with generated types", () => {
  test("compiles with the right names and types, by type argument and by the generated constant", async () => {
    const config = "config: { lr: 1, layers: [{ width: 2 }] }";
    const problems = await compileUse("right", [
      `await admin.executions.launch<Train>({ launchPlan: { name: "train" }, values: { epochs: 3n, ${config} } });`,
      `await admin.executions.launch({ launchPlan: train, values: { epochs: 3, rate: 0.5, mode: "exact", ${config} } });`,
      `await admin.executions.launch({ launchPlan: { ...train, domain: "production" }, values: { epochs: 3, ${config} } });`,
      `await admin.executions.launchAndWait({ launchPlan: train, values: { epochs: 3, rate: undefined, ${config} } });`,
      "export const steps: bigint = literalsToOutputs(literals, train).steps;",
      "export const lr: number = literalsToOutputs(literals, train).config.lr;",
      "export const uri: string = literalsToOutputs(literals, everyKind).data.uri;",
      "export const since: Date = literalsToOutputs(literals, everyKind).since;",
    ]);
    expect(problems).toEqual([]);
  }, 180_000);

  test("does not compile with a wrong name or type, or without a required input", async () => {
    const config = "config: { lr: 1, layers: [] }";
    const launch = (values: string) =>
      `await admin.executions.launch({ launchPlan: train, values: { ${values} } });`;
    const typed = (values: string) =>
      `await admin.executions.launch<Train>({ launchPlan: { name: "train" }, values: { ${values} } });`;
    const wrong = [
      launch(`epoch: 3n, ${config}`),
      launch(`epochs: "3", ${config}`),
      launch(`epochs: 3n, mode: "slow", ${config}`),
      launch("epochs: 3n, config: { lr: 1 }"),
      launch('epochs: 3n, config: { lr: "1", layers: [] }'),
      launch(config),
      typed(`epoch: 3n, ${config}`),
      typed(`epochs: 3n, rate: "x", ${config}`),
      typed(config),
      "await admin.executions.launch({ launchPlan: train });",
      "await admin.executions.launch<EveryKind>({ launchPlan: train, values: literals as never });",
      "export const loss = literalsToOutputs(literals, train).loss;",
      "export const text: string = literalsToOutputs(literals, train).steps;",
    ];
    const problems = await compileUse("wrong", wrong);
    const lines = new Set(problems.map((problem) => Number(/^use\.ts:(\d+)/.exec(problem)?.[1])));
    expect([...lines]).toEqual(wrong.map((_, at) => at + 5));
  }, 180_000);
});

describe("a generated launch plan at run time", () => {
  test("launches the launch plan of its name with the client's project and domain", async () => {
    const config = { lr: 1, layers: [] };
    await registerPlan(flyte, admin, { name: "tiny", inputs: { epochs: "integer" } });
    const id = await admin.executions.launch({
      launchPlan: { ...trained, name: "tiny" },
      values: { epochs: 3n },
    });
    const { spec } = await admin.executions.get(id);
    expect(spec?.launchPlan).toMatchObject({ ...scope, name: "tiny", version: "v1" });
    const inputs = await admin.executions.inputs(id);
    expect(inputs.kind === "literals" && literalsToValues(inputs.literals)).toEqual({ epochs: 3n });
    await expect(
      admin.executions.launch({ launchPlan: { name: "train" }, values: { epochs: "x", config } }),
    ).rejects.toThrow("inputs.epochs: expected an integer");
  });

  test("its outputs are read as values, msgpack decoded, and others left out", () => {
    expect(literalsToOutputs(outputLiterals(), trained)).toEqual(trainedValues);
    expect(literalsToOutputs(outputLiterals({ ...trainedValues, more: 3n }), trained)).toEqual(
      trainedValues,
    );
  });

  test("an output that is missing or of another type is an error that names it", () => {
    expect(() => literalsToOutputs(outputLiterals({ names: [], config: {} }), trained)).toThrow(
      new LiteralError(
        "outputs.accuracy",
        "expected an output, got none. If train has changed, generate its types again",
      ),
    );
    const literals = outputLiterals();
    literals.literals["accuracy"] = valueToLiteral("high", simpleType("string"));
    expect(() => literalsToOutputs(literals, trained)).toThrow(
      'outputs.accuracy: expected a number, got "high"',
    );
  });

  test("an offloaded output is an error that says how to read it, also inside a list", () => {
    const literals = outputLiterals();
    const names = literals.literals["names"]?.value;
    const offloaded = create(LiteralSchema, {
      value: { case: "offloadedMetadata", value: { uri: "s3://b/k" } },
    });
    if (names?.case === "collection") names.value.literals.push(offloaded);
    expect(() => literalsToOutputs(literals, trained)).toThrow(
      "outputs.names[1]: the literal is offloaded to an object of its own. Read the outputs with fetchOffloaded: true",
    );
  });

  test("a struct that holds no object is an error", () => {
    const literals = outputLiterals();
    const value = { value: msgpack.encode([1]), tag: "msgpack" };
    literals.literals["config"] = create(LiteralSchema, {
      value: { case: "scalar", value: { value: { case: "binary", value } } },
    });
    expect(() => literalsToOutputs(literals, trained)).toThrow(
      "outputs.config: expected a struct in msgpack, got another value",
    );
  });
});
