import { create } from "@bufbuild/protobuf";
import { createRouterTransport } from "@connectrpc/connect";
import { beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import ts from "typescript";

import { LaunchPlanSchema } from "../../gen/flyteidl/admin/launch_plan_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";

import {
  AdminClient,
  InvalidOptionError,
  NotFoundError,
  type LiteralTypeInput,
  simpleType,
  typedInterface,
  valueToLiteral,
} from "../../src/index.js";
import { generateTypes } from "../../src/node.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";
import { everyKind, type PlanToRegister, registerPlan, scope } from "./seed-plans.js";

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeEach(() => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), defaults: scope });
});

const register = (plan: PlanToRegister) => registerPlan(flyte, admin, plan);
const generate = (launchPlans?: readonly string[]) =>
  generateTypes(admin.connection, launchPlans === undefined ? {} : { launchPlans });

/** The lines of one interface's inputs or outputs. */
function members(text: string, type: string, side: "inputs" | "outputs"): string {
  const [, block = ""] = text.split(`export interface ${type} {`);
  const [, own = ""] = new RegExp(`readonly ${side}: ([^]*?\\n  \\}|[^\\n]*);`).exec(block) ?? [];
  return own;
}

/** A server that answers with texts that FlyteAdmin would refuse. */
function hostileServer(name: string, type: LiteralTypeInput, description: string): AdminClient {
  const types = typedInterface({ inputs: { [name]: type }, outputs: { [name]: type } });
  const variable = { type: types.inputs?.variables[name]?.type, description };
  const id = { ...scope, name: "hostile" };
  const plan = create(LaunchPlanSchema, {
    id,
    closure: {
      expectedInputs: {
        parameters: {
          [name]: {
            var: variable,
            behavior: { case: "default", value: valueToLiteral(description, simpleType("string")) },
          },
        },
      },
      expectedOutputs: { variables: { [name]: variable } },
    },
  });
  const transport = createRouterTransport(({ service }) => {
    service(AdminService, {
      getActiveLaunchPlan: () => plan,
      getNamedEntity: () => ({ id, metadata: { description } }),
    });
  });
  return new AdminClient({ transport });
}

describe("types generated from launch plans", () => {
  test("inputs have the types that a launch takes, outputs those that are read", async () => {
    await register({ name: "every.kind", inputs: everyKind, outputs: everyKind });
    const text = await generate();
    expect(members(text, "EveryKind", "inputs")).toMatchInlineSnapshot(`
     "{
         readonly budget: flyte.SecondsAndNanos;
         readonly config: {
           readonly layers: ReadonlyArray<{
             readonly inner?: unknown | null;
             readonly width: number;
           }>;
           /** Learning rate. */
           readonly lr: number;
           readonly optimizer?: "adam" | "sgd";
           readonly parent?: {
             readonly inner?: unknown | null;
             readonly width: number;
           } | null;
           readonly steps?: number;
           readonly tags?: { readonly [name: string]: string };
         };
         readonly data: flyte.ReferenceInput<flyte.BlobRef>;
         readonly epochs: bigint | number;
         readonly failure: { readonly message: string; readonly failedNodeId?: string };
         readonly folder: flyte.ReferenceInput<flyte.BlobRef>;
         readonly idOrName: bigint | number | string;
         readonly isDryRun: boolean;
         readonly label: string;
         readonly matrix: ReadonlyArray<ReadonlyArray<number>>;
         readonly mode: "fast" | "exact";
         readonly names: ReadonlyArray<string>;
         readonly note: string | null;
         readonly nothing: null;
         readonly options: { readonly [name: string]: unknown };
         readonly rate: number;
         readonly raw: { readonly value: Uint8Array; readonly tag: string };
         readonly scores: { readonly [name: string]: bigint | number };
         readonly since: Date | flyte.SecondsAndNanos;
         readonly table: flyte.ReferenceInput<flyte.StructuredDatasetRef>;
       }"
    `);
    expect(members(text, "EveryKind", "outputs")).toMatchInlineSnapshot(`
     "{
         readonly budget: flyte.Duration;
         readonly config: {
           readonly layers: ReadonlyArray<{
             readonly inner?: flyte.LiteralValue | null;
             readonly width: number | bigint;
           }>;
           /** Learning rate. */
           readonly lr: number;
           readonly optimizer: "adam" | "sgd";
           readonly parent: {
             readonly inner?: flyte.LiteralValue | null;
             readonly width: number | bigint;
           } | null;
           readonly steps: number | bigint;
           readonly tags?: { readonly [name: string]: string };
         };
         readonly data: flyte.BlobRef;
         readonly epochs: bigint;
         readonly failure: flyte.ErrorValue;
         readonly folder: flyte.BlobRef;
         readonly idOrName: bigint | string;
         readonly isDryRun: boolean;
         readonly label: string;
         readonly matrix: ReadonlyArray<ReadonlyArray<number>>;
         readonly mode: "fast" | "exact";
         readonly names: ReadonlyArray<string>;
         readonly note: string | null;
         readonly nothing: null;
         readonly options: { readonly [name: string]: flyte.LiteralValue };
         readonly rate: number;
         readonly raw: flyte.LiteralValue;
         readonly scores: { readonly [name: string]: bigint };
         readonly since: Date;
         readonly table: flyte.SchemaRef | flyte.StructuredDatasetRef;
       }"
    `);
  });

  test("an input with a default is optional, and its comment has the description and the default", async () => {
    await register({
      name: "train",
      inputs: { epochs: "integer", rate: "float", mode: "string" },
      descriptions: { epochs: "Passes over the data.\n*/ evil()", rate: "rate" },
      defaults: { rate: 0.1, mode: "`*/${x}" },
    });
    expect(members(await generate(), "Train", "inputs")).toBe(`{
    /**
     * Passes over the data.
     * *\\/ evil()
     */
    readonly epochs: bigint | number;
    /** @defaultValue \`"'*\\/\${x}"\` */
    readonly mode?: string | undefined;
    /** @defaultValue \`0.1\` */
    readonly rate?: number | undefined;
  }`);
  });

  test("the text is the same in whatever order names, versions and members were registered", async () => {
    const plans = ["b.two", "a.one", "c"].map((name) => ({
      name,
      inputs: everyKind,
      outputs: everyKind,
    }));
    for (const plan of plans) await register(plan);
    const text = await generate();
    const reversed = Object.fromEntries(Object.entries(everyKind).reverse());
    flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    admin = new AdminClient({ transport: flyte.transport(), defaults: scope });
    for (const { name } of plans.reverse()) {
      await register({ name, version: "another", inputs: reversed, outputs: reversed });
    }
    expect(await generate()).toBe(text);
  });

  test("a new version with another interface changes the text", async () => {
    await register({ name: "train", inputs: { epochs: "integer" } });
    const before = await generate();
    await register({ name: "train", version: "v2", inputs: { epochs: "float" } });
    expect(await generate()).not.toBe(before);
  });

  test("the active version counts, and where none is active the latest, which is said", async () => {
    await register({ name: "train", version: "v1", inputs: { a: "integer" } });
    await register({ name: "train", version: "v2", inputs: { b: "integer" }, isActive: false });
    await register({ name: "score", version: "v1", inputs: { a: "integer" }, isActive: false });
    await register({ name: "score", version: "v2", inputs: { b: "integer" }, isActive: false });
    const text = await generate();
    expect(members(text, "Train", "inputs")).toContain("readonly a:");
    expect(members(text, "Score", "inputs")).toContain("readonly b:");
    expect(text.match(/No version is active/g)).toHaveLength(1);
    expect(await generate(["train", "score"])).toBe(text);
  });

  test("launch plans with a version keep it, and are distinguished by it", async () => {
    await register({ name: "train", version: "v1", inputs: { a: "integer" } });
    await register({ name: "train", version: "v2", inputs: { b: "integer" } });
    const text = await generate(["train@v2", "train@v1"]);
    expect(text).toContain(
      'export const trainV1: flyte.TypedLaunchPlan<TrainV1> = {\n  name: "train",\n  version: "v1",',
    );
    expect(members(text, "TrainV2", "inputs")).toContain("readonly b:");
    expect(await generate(["train@v1"])).toContain("export const train:");
  });

  test("archived launch plans are left out unless they are named", async () => {
    await register({ name: "old" });
    await register({ name: "new" });
    await admin.namedEntities.archive({ kind: "launchPlan", id: { ...scope, name: "old" } });
    expect(await generate()).not.toContain("interface Old");
    expect(await generate(["old"])).toContain("interface Old");
  });

  test("names that are words of the language or the same but for punctuation become others", async () => {
    for (const name of ["class", "date", "a.b_c", "a.b.c", "7days"]) await register({ name });
    const names = [...(await generate()).matchAll(/^export (?:const|interface) (\w+)/gm)].map(
      ([, name]) => name,
    );
    expect(names).toEqual([
      "Plan7days",
      "plan7days",
      "ABC",
      "aBC",
      "ABCPlan",
      "aBCPlan",
      "ClassPlan",
      "classPlan",
      "DatePlan",
      "datePlan",
    ]);
  });

  test("a launch plan that does not exist is an error that names it", async () => {
    await expect(generate(["nothing"])).rejects.toThrow(NotFoundError);
    await expect(generate(["nothing@v1"])).rejects.toThrow(/nothing/);
    await expect(generate()).rejects.toThrow("flytesnacks/development has no launch plans");
  });

  test.each([[[]], [["@v1"]], [["train@"]], [["train", "train"]], [[3]], ["train"]])(
    "launch plans %j are refused before any call",
    async (launchPlans) => {
      await expect(generate(launchPlans as string[])).rejects.toThrow(InvalidOptionError);
      expect(flyte.calls.length).toBe(0);
    },
  );

  test("whatever texts a server sends, the file declares its two names and runs nothing", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "*/",
        "`",
        "${x}",
        "\u2028",
        '";evil();"',
        "__proto__",
        "constructor",
        "\\",
        "/**",
      ),
    );
    const names = hostile.filter((name) => name !== "");
    const types: fc.Arbitrary<LiteralTypeInput> = fc.oneof(
      fc.constant<LiteralTypeInput>("integer"),
      fc.array(names, { minLength: 1, maxLength: 3 }).map((values): LiteralTypeInput => ({
        type: { case: "enumType", value: { values } },
      })),
      fc.tuple(names, hostile).map(([name, description]): LiteralTypeInput => ({
        ...simpleType("struct"),
        metadata: {
          type: "object",
          properties: { [name]: { type: "string", description }, x: { const: name } },
        },
      })),
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(names, types, hostile, async (name, type, description) => {
        count += 1;
        const text = await generateTypes(hostileServer(name, type, description).connection, {
          ...scope,
          launchPlans: [`plan${count}`],
        });
        const { statements } = ts.createSourceFile("x.ts", text, ts.ScriptTarget.ES2022);
        expect(statements.map(({ kind }) => kind)).toEqual([
          ts.SyntaxKind.ImportDeclaration,
          ts.SyntaxKind.InterfaceDeclaration,
          ts.SyntaxKind.VariableStatement,
        ]);
        const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
        expect(diagnostics).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
