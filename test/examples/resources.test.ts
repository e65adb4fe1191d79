import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { AdminClient } from "../../src/index.js";
import { createGrpcTransport } from "../../src/node.js";
import {
  InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedGate,
  seedNode,
  seedTask,
  seedTree,
} from "../../src/testing.js";
import { stringLiteral } from "../support/literals.js";

const folder = fileURLToPath(new URL("../../examples/resources/", import.meta.url));

/** The output of each example, as its readers see it. */
const printed: Readonly<Record<string, readonly string[]>> = {
  "attributes.ts": ["4Gi set for { project: 'flytesnacks', domain: 'development' }"],
  "data-proxy.ts": [
    "<h1>a deck</h1>",
    "flyte://v1/flytesnacks/development/demo0001/n0/3/o/o0 literal",
    "s3://my-s3-bucket/flytesnacks/development/notes/hello.txt",
    "5 bytes",
  ],
  "description-entities.ts": ["v1 says hello", "It says hello to whom you name."],
  "executions.ts": [
    "nightly-2026-11-24 UNDEFINED",
    "decked0001 RUNNING",
    "gated0001 RUNNING",
    "demo0001 RUNNING",
  ],
  "identity.ts": ["FlyteAdmin unknown", "no sign-in is needed"],
  "launch-plans.ts": ["active: v1", "core.flows.sample v1"],
  "named-entities.ts": ["core.flows.sample the sample of the docs"],
  "node-executions.ts": [
    "p0 SUCCEEDED",
    "   p0-0-n0 SUCCEEDED",
    "   p0-0-n2 SUCCEEDED",
    "p1 SUCCEEDED",
    "   p1-0-n1 SUCCEEDED",
    "   p1-0-n3 SUCCEEDED",
  ],
  "projects.ts": [
    "flytesnacks flytesnacks",
    "forecasts Forecasts",
    "[ 'development', 'staging', 'production' ]",
  ],
  "signals.ts": ["approve waiting"],
  "task-executions.ts": [
    "2 no label",
    "1 no label",
    "{ o0: 'done' }",
    "pod https://logs.example.com/demo",
  ],
  "tasks.ts": [
    "core.described",
    "core.retry.flaky",
    "latest version: v2",
    "v1 python-task",
    "v2 python-task",
  ],
  "workflows.ts": ["v1", "[ 'start-node', 'end-node', 'n0' ]"],
};

interface ExampleModule {
  example(admin: AdminClient): Promise<void>;
}

/** A server with what the examples talk about. */
async function sampleServer(): Promise<InMemoryFlyteAdmin> {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const executionId = await seedExecution(flyte, { name: "demo0001" });
  const nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0" });
  await seedAttempts(flyte, {
    nodeExecutionId,
    count: 4,
    attempt: (n) => ({
      phase: n === 3 ? "SUCCEEDED" : "FAILED",
      outputs: { o0: stringLiteral("done") },
      logs: { pod: "https://logs.example.com/demo" },
      error: { code: "USER:ValueError", message: "no label" },
    }),
  });
  await seedTree(flyte, { name: "tree0001", nodes: 6, parents: 2 });
  await seedGate(flyte, { executionId: await seedExecution(flyte, { name: "gated0001" }) });

  const deckUri = "s3://my-s3-bucket/decks/n0.html";
  flyte.putBlob(deckUri, new TextEncoder().encode("<h1>a deck</h1>"));
  const decked = await seedExecution(flyte, { name: "decked0001" });
  await seedNode(flyte, { executionId: decked, nodeId: "n0", phase: "SUCCEEDED", deckUri });

  await seedTask(flyte, { version: "v2" });
  await seedTask(flyte, {
    name: "core.described",
    description: { short: "says hello", long: "It says hello to whom you name." },
  });
  return flyte;
}

describe("the example of a resource", () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it("is there for each one", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(printed));
  });

  it.each(readdirSync(folder))("%s is the one in the documentation of the class", (file) => {
    const [, code = ""] =
      /\/\/ #region example\n(.*?)\n *\/\/ #endregion/s.exec(
        readFileSync(`${folder}${file}`, "utf8"),
      ) ?? [];
    const inComment = code
      .split("\n")
      .map((line) => ` * ${line.replace(/^ {2}/, "")}`.trimEnd())
      .join("\n");
    const source = fileURLToPath(new URL(`../../src/resources/${file}`, import.meta.url));
    expect(readFileSync(source, "utf8")).toContain(
      ` * @example\n * \`\`\`ts\n${inComment}\n * \`\`\`\n`,
    );
  });

  it.each(Object.entries(printed))("%s runs and prints what it says", async (file, expected) => {
    const lines: string[] = [];
    const { format } = await import("node:util");
    jest.spyOn(console, "log").mockImplementation((...values: unknown[]) => {
      lines.push(format(...values));
    });
    const flyte = await sampleServer();
    const example = (await import(`${folder}${file}`)) as ExampleModule;
    const server = await flyte.listen();
    const transport = createGrpcTransport({ baseUrl: server.grpcUrl });
    try {
      await example.example(new AdminClient({ transport }));
    } finally {
      transport.close();
      await server.close();
    }
    expect(lines).toEqual(expected);
  });
});
