import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";

import { LiteralMapSchema, LiteralSchema } from "../../gen/flyteidl/core/literals_pb.js";
import * as grpcWeb from "../../src/grpc-web.js";
import * as root from "../../src/index.js";
import * as node from "../../src/node.js";
import * as otel from "../../src/otel.js";
import * as testing from "../../src/testing.js";

const flyte = new testing.InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const admin = new root.AdminClient({ transport: flyte.transport() });
const baseUrl = "https://flyte.example.com";
const flow = root.staticToken("token");
const literal = create(LiteralSchema);
const integer = root.simpleType("integer");
/** A name that no option has, as a caller without types can pass it. */
const with_ = (valid: object = {}): never => ({ ...valid, unheardOf: 1 }) as never;

/** A call of each function and constructor with a name that it does not know. */
const calls: Readonly<Record<string, () => unknown>> = {
  AdminClient: () => new root.AdminClient(with_({ baseUrl })),
  CookieSession: () => new root.CookieSession(with_({ baseUrl })),
  clientCredentials: () => root.clientCredentials(with_({ clientId: "a", clientSecret: "b" })),
  consoleUrl: () => root.consoleUrl("p/d/n", with_({ base: baseUrl })),
  createAuth: () => root.createAuth(with_({ baseUrl, flow })),
  createRestTransport: () => root.createRestTransport(with_({ baseUrl })),
  deviceCode: () => root.deviceCode(with_({ show: () => undefined })),
  fetchSignedUrl: () => root.fetchSignedUrl("https://store.example.com/key", with_()),
  formatLiteral: () => root.formatLiteral(literal, with_()),
  literalToValue: () => root.literalToValue(literal, with_()),
  literalsToJson: () => root.literalsToJson(create(LiteralMapSchema), with_()),
  literalsToValues: () => root.literalsToValues(create(LiteralMapSchema), with_()),
  mapConcurrent: () => root.mapConcurrent([1], (item) => item, with_()),
  typedInterface: () => root.typedInterface(with_()),
  blobType: () => root.blobType(with_()),
  structuredDatasetType: () => root.structuredDatasetType({}, with_()),
  valueToLiteral: () => root.valueToLiteral(1, integer, with_()),
  valuesToLiterals: () =>
    root.valuesToLiterals({}, { $typeName: "flyteidl.core.VariableMap", variables: {} }, with_()),
  withRetry: () => root.withRetry(with_()),
  jsonToLiterals: () =>
    root.jsonToLiterals({}, { $typeName: "flyteidl.core.VariableMap", variables: {} }, with_()),
  toJson: () => root.toJson(literal, with_()),
  formatFlyteUrl: () =>
    root.formatFlyteUrl(
      with_({
        nodeExecutionId: {
          executionId: { project: "p", domain: "d", name: "e" },
          nodeId: "n0",
        },
        artifact: "inputs",
      }),
    ),

  commandToken: () => node.commandToken(["true"], with_()),
  connect: () => node.connect(with_({ endpoint: baseUrl })),
  createGrpcTransport: () => node.createGrpcTransport(with_({ baseUrl })),
  createNodeFetch: () => node.createNodeFetch(with_({ baseUrl })),
  generateTypes: () => node.generateTypes(admin.connection, with_()),
  keychainTokenStorage: () => node.keychainTokenStorage(with_()),
  loadFlyteConfig: () => node.loadFlyteConfig(with_()),
  loopbackAuthorizer: () => node.loopbackAuthorizer(with_()),
  saveOutputs: () => node.saveOutputs(admin, "p/d/e/n0/p/d/t/v/0", "nowhere", with_()),
  saveToFile: () =>
    node.saveToFile(root.fetchSignedUrl("https://store.example.com/key"), "nowhere", with_()),

  FakeIssuer: () => new testing.FakeIssuer(with_()),
  InMemoryFlyteAdmin: () => new testing.InMemoryFlyteAdmin(with_()),
  seedAttempts: () => testing.seedAttempts(flyte, with_({ nodeExecutionId: "e/n0", count: 1 })),
  seedExecution: () => testing.seedExecution(flyte, with_({ name: "e" })),
  seedFailedExecution: () => testing.seedFailedExecution(flyte, with_({ name: "e" })),
  seedGate: () => testing.seedGate(flyte, with_({ executionId: "e" })),
  seedNode: () => testing.seedNode(flyte, with_({ executionId: "e", nodeId: "n0" })),
  seedTask: () => testing.seedTask(flyte, with_()),
  seedTree: () => testing.seedTree(flyte, with_({ name: "e", nodes: 1 })),
  seedWorkflow: () => testing.seedWorkflow(flyte, with_()),

  otelInterceptor: () => otel.otelInterceptor(with_()),
  createGrpcWebTransport: () => grpcWeb.createGrpcWebTransport(with_({ baseUrl })),

  "AdminClient.with": () => admin.with(with_()),
  "AdminClient.consoleUrl": () => admin.consoleUrl("p/d/n", with_({ base: baseUrl })),
  "InMemoryFlyteAdmin.listen": () => flyte.listen(with_()),
  "InMemoryFlyteAdmin.faults.add": () => flyte.faults.add(with_({ rpc: "*", code: "ABORTED" })),
  "FakeIssuer.listen": () => new testing.FakeIssuer().listen(with_()),
  "PagedList.page": () => admin.executions.list({ project: "p", domain: "d" }).page(with_()),
  "PagedList.toArray": () =>
    admin.executions.list({ project: "p", domain: "d" }).toArray(with_({ limit: 1 })),
  defaults: () => new root.AdminClient({ baseUrl, defaults: with_() }),
  hooks: () => new root.AdminClient({ baseUrl, hooks: with_() }),
  retry: () => new root.AdminClient({ baseUrl, retry: with_() }),
};

/** Functions that take no object of options. */
const withoutOptions = new Set(
  `authorizationCode durationMs enumType errorKindOf executionId formatId httpStatusOf interfaceToJsonSchema isBinaryValue isBlobRef
  isErrorValue isExecutionPhase isFlyteError isNodeExecutionPhase isOffloadedRef isSchemaRef
  isStructuredDatasetRef isTaskExecutionPhase isTerminal isUnionValue latestSubAttempts launchPlanId
  listType literalsToOutputs logsOf mapType nodeExecutionId outcomeOf parseFlyteUrl phaseOf rawFilter
  readErrorDetails signalId simpleType staticToken subAttemptsOf taskExecutionId taskId timestampDate
  timestampMs tokenFrom unionType unwrapOutcome workflowId fileBody fileTokenStorage literalMapBytes withSpooledBody
  seedArchivedProject`.split(/\s+/),
);

async function failureOf(run: () => unknown): Promise<unknown> {
  try {
    const given: unknown = await run();
    if (typeof given === "object" && given !== null && Symbol.asyncIterator in given) {
      for await (const item of given as AsyncIterable<unknown>) return item;
    }
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("an unknown option of a helper or a constructor", () => {
  test("is tried on all that the entry points export", () => {
    const exported = [root, node, otel, grpcWeb, testing].flatMap((entry) =>
      Object.entries(entry)
        .filter(([name, value]) => typeof value === "function" && !name.endsWith("Error"))
        .map(([name]) => name),
    );
    const missing = exported.filter((name) => !withoutOptions.has(name) && !(name in calls));
    expect(missing).toEqual([]);
  });

  test.each(Object.entries(calls))("of %s is refused", async (_name, call) => {
    const error = await failureOf(call);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toMatch(/unheardOf is not (an option|a property of [\w' ]+)\. [A-Z]/);
  });
});
