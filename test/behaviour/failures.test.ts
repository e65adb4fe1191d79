import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";

import {
  type AdminClient,
  CanceledError,
  DeadlineExceededError,
  type FlyteError,
  isFlyteError,
  readErrorDetails,
  type StatusCode,
} from "../../src/index.js";
import { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedNode } from "../../src/testing.js";
import { TaskExecution_Phase } from "../../gen/flyteidl/core/execution_pb.js";
import type { NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { type WireClient, wires } from "../support/wires.js";

/** Every code, and the class that a caller may branch on. */
const classes: Readonly<Record<StatusCode, string>> = {
  CANCELLED: "CanceledError",
  UNKNOWN: "FlyteError",
  INVALID_ARGUMENT: "InvalidArgumentError",
  DEADLINE_EXCEEDED: "DeadlineExceededError",
  NOT_FOUND: "NotFoundError",
  ALREADY_EXISTS: "AlreadyExistsError",
  PERMISSION_DENIED: "PermissionDeniedError",
  RESOURCE_EXHAUSTED: "ResourceExhaustedError",
  FAILED_PRECONDITION: "FailedPreconditionError",
  ABORTED: "FlyteError",
  OUT_OF_RANGE: "FlyteError",
  UNIMPLEMENTED: "FlyteError",
  INTERNAL: "FlyteError",
  UNAVAILABLE: "ConnectionError",
  DATA_LOSS: "FlyteError",
  UNAUTHENTICATED: "UnauthenticatedError",
};
const codes = Object.entries(classes).map(([code, name]) => ({ code: code as StatusCode, name }));

describe.each(wires)("over $name", (wire) => {
  let flyte: InMemoryFlyteAdmin;
  let node: NodeExecutionIdentifier;
  let client: WireClient;
  let admin: AdminClient;

  beforeAll(async () => {
    flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const executionId = await seedExecution(flyte, { name: "e1" });
    node = await seedNode(flyte, { executionId, nodeId: "n0" });
    await seedAttempts(flyte, { nodeExecutionId: node, count: 300 });
    client = await wire.open(flyte, { retry: false });
    ({ admin } = client);
  });
  afterAll(async () => {
    await client.close();
  });
  beforeEach(() => {
    flyte.faults.clear();
    flyte.clearCalls();
  });

  const domains = (
    options: { signal?: AbortSignal; timeoutMs?: number } = {},
  ): Promise<FlyteError> =>
    admin.projects.listDomains(options).then(
      () => {
        throw new Error("the call succeeded");
      },
      (error: unknown) => {
        if (!isFlyteError(error)) throw error;
        return error;
      },
    );

  it.each(codes)("$code is a $name in the server's own words", async ({ code, name }) => {
    const message = 'é ☃ "quoted", 100 % sure\nand a second line';
    flyte.faults.add({ rpc: "GetDomains", code, message });
    const error = await domains();
    expect(error).toMatchObject({
      name,
      code,
      rpc: "GetDomains",
      attempts: 1,
      serverMessage: message,
    });
    expect(error.message).toContain(message);
  });

  it("keeps the details that the server attaches", async () => {
    const error: unknown = await admin.taskExecutions
      .createEvent({
        taskId: {
          project: "flytesnacks",
          domain: "development",
          name: "core.retry.flaky",
          version: "v1",
        },
        parentNodeExecutionId: node,
        retryAttempt: 0,
        occurredAt: { seconds: 1_768_480_000n, nanos: 0 },
        phase: TaskExecution_Phase.RUNNING,
      })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "FAILED_PRECONDITION" });
    expect(isFlyteError(error) && readErrorDetails(error)).toMatchObject([
      { reason: { case: "alreadyInTerminalState" } },
    ]);
  });

  it("reports how long the server asks to wait", async () => {
    flyte.faults.add({ rpc: "GetDomains", code: "UNAVAILABLE", retryAfterSeconds: 7 });
    expect(await domains()).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 7_000 });
  });

  it("a caller who leaves ends the call, and the server sees it go", async () => {
    const fault = flyte.faults.add({ rpc: "GetDomains", hang: true });
    const controller = new AbortController();
    const ended = domains({ signal: controller.signal });
    await until(() => fault.strikes === 1);
    const reason = new Error("the reader left");
    controller.abort(reason);
    const error = await ended;
    expect(error).toBeInstanceOf(CanceledError);
    expect(error).toMatchObject({ code: "CANCELLED", rpc: "GetDomains" });
    await until(() => flyte.calls.at(-1)?.code === "CANCELLED");
  });

  it("a call that is over before it begins is never sent", async () => {
    expect(await domains({ signal: AbortSignal.abort() })).toMatchObject({
      code: "CANCELLED",
      attempts: 0,
    });
    expect(flyte.calls).toEqual([]);
  });

  it("a call ends at its deadline, and the server stops working on it", async () => {
    flyte.faults.add({ rpc: "GetDomains", hang: true });
    const error = await domains({ timeoutMs: 60 });
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({ code: "DEADLINE_EXCEEDED", rpc: "GetDomains", attempts: 1 });
    expect(error.message).toMatch(/timeoutMs/);
    await until(() => ["CANCELLED", "DEADLINE_EXCEEDED"].includes(flyte.calls.at(-1)?.code ?? ""));
  });

  it("leaving a list stops the page that is on its way", async () => {
    const fault = flyte.faults.add({
      rpc: "ListTaskExecutions",
      when: ({ seen }) => seen >= 1,
      hang: true,
    });
    const list = admin.taskExecutions.list(
      { nodeExecutionId: node },
      { pageSize: 50, readAhead: 1 },
    );
    let seen = 0;
    for await (const attempt of list) {
      seen += attempt.id === undefined ? 0 : 1;
      if (seen === 30) {
        await until(() => fault.strikes > 0);
        break;
      }
    }
    await until(() => flyte.calls.every(({ code }) => code !== undefined));
    expect(flyte.calls.map(({ code }) => code).sort()).toEqual(["CANCELLED", "OK"]);
  });

  it("an answer that breaks off is a ConnectionError or INTERNAL, and the next call works", async () => {
    flyte.faults.add({ rpc: "GetDomains", reset: true, times: 1 });
    expect(["UNAVAILABLE", "INTERNAL"]).toContain((await domains()).code);
    expect(await admin.projects.listDomains()).toHaveLength(3);
  });
});

/** Waits for what comes about on the other side of a socket, for at most a minute. */
async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("it did not come about within a minute");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
