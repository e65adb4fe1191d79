import { toBinary } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, test } from "@jest/globals";

import { type Connection, connectTransport } from "../../src/calls/index.js";
import {
  readExecutionInputs,
  readExecutionOutputs,
  readNodeExecutionInputs,
  readNodeExecutionOutputs,
  readTaskExecutionInputs,
  readTaskExecutionOutputs,
} from "../../src/data/index.js";
import { literalsToValues } from "../../src/values/literals/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing/in-memory-flyte-admin.js";
import { recordedBlobs, recordedNow, seedCalls } from "../support/recordings.js";
import { encoded } from "./fake-flyte.js";

const scope = { project: "flytesnacks", domain: "development" };
const executionId = { ...scope, name: "rich0001" };
const node = (nodeId: string) => ({ executionId, nodeId });
const attempt = (nodeId: string, task: string, retryAttempt: number) => ({
  nodeExecutionId: node(nodeId),
  taskId: { ...scope, name: task, version: "v1" },
  retryAttempt,
});
const bulk = (name: string) => ({ ...scope, name });

/** A server in the recorded state. */
async function recorded(config: { signUrls: boolean }): Promise<InMemoryFlyteAdmin> {
  const flyte = new InMemoryFlyteAdmin({
    projects: ["flytesnacks"],
    now: () => recordedNow,
    config,
  });
  for (const [uri, bytes] of recordedBlobs()) flyte.putBlob(uri, bytes);
  flyte.putBlob("s3://my-s3-bucket/c0.pb", encoded({ big: "x".repeat(3 * 1024 * 1024) }));
  for (const { method, request } of seedCalls()) {
    await flyte.call(method.parent.typeName, method.name, toBinary(method.input, request));
  }
  return flyte;
}

describe.each([
  ["signs URLs", true],
  ["signs none", false],
])("on the recorded server, which %s", (_, signUrls) => {
  const far = signUrls ? "signedUrl" : "nativeUri";
  let connection: Connection;

  beforeAll(async () => {
    const flyte = await recorded({ signUrls });
    connection = connectTransport({
      transport: flyte.transport(),
      fetch: (input, init) => flyte.fetch(new Request(input, init)),
      retry: false,
    });
  }, 60_000);

  test("inputs and outputs come inline where they are small", async () => {
    const inputs = await readTaskExecutionInputs(connection, attempt("n0", "core.retry.flaky", 2));
    const outputs = await readTaskExecutionOutputs(
      connection,
      attempt("n3", "core.basics.hello", 0),
    );
    expect(inputs).toMatchObject({ kind: "literals", source: "inline" });
    if (inputs.kind !== "literals" || outputs.kind !== "literals") throw new Error(outputs.kind);
    expect(literalsToValues(inputs.literals)).toEqual({ s: "in n0", x: 3n });
    expect(literalsToValues(outputs.literals)).toEqual({ o0: 42n });
    expect(await readNodeExecutionInputs(connection, node("n0"))).toMatchObject({
      source: "inline",
    });
    expect(await readExecutionInputs(connection, executionId)).toMatchObject({ source: "inline" });
    expect(await readExecutionOutputs(connection, bulk("bulk00000"))).toMatchObject({
      kind: "literals",
      source: "inline",
    });
  });

  test("outputs over the server's limit come by a signed URL", async () => {
    const outputs = await readNodeExecutionOutputs(connection, node("n2-0-c0"));
    if (outputs.kind !== "literals") throw new Error(outputs.kind);
    expect(outputs.source).toBe(far);
    const { big } = literalsToValues(outputs.literals);
    expect(big).toHaveLength(3 * 1024 * 1024);
  });

  test("outputs that are no literals are unreadable", async () => {
    expect(await readNodeExecutionOutputs(connection, node("n2-0-c1"))).toMatchObject({
      kind: "unreadable",
      error: { code: "DATA_LOSS" },
    });
  });

  test("outputs in a bucket that does not exist are missing", async () => {
    expect(await readExecutionOutputs(connection, bulk("bulk00002"))).toEqual({
      kind: "missing",
      what: "bucket",
      uri: "s3://b/o",
    });
  });

  test("what has no outputs says why", async () => {
    expect(
      await readTaskExecutionOutputs(connection, attempt("n0", "core.retry.flaky", 0)),
    ).toMatchObject({ kind: "error", phase: "FAILED" });
    const running = await readNodeExecutionOutputs(connection, node("n1"));
    expect(running.kind).not.toBe("literals");
  });
});
