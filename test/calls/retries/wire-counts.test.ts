import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";

import type { AdminClient, StatusCode } from "../../../src/index.js";
import {
  InMemoryFlyteAdmin,
  seedExecution,
  seedWorkflow,
  type RpcName,
} from "../../../src/testing.js";
import { wires, type WireClient } from "../../support/wires.js";

const scope = { project: "flytesnacks", domain: "development" };

/** A kind of call, and what one of it looks like. */
interface Kind {
  readonly name: "read" | "idempotent write" | "named create" | "unnamed create";
  readonly rpc: RpcName;
  readonly call: (admin: AdminClient) => Promise<unknown>;
}

const launchPlan = { ...scope, name: "core.flows.sample", version: "v1" };
let names = 0;

const kinds: readonly Kind[] = [
  {
    name: "read",
    rpc: "GetExecution",
    call: (admin) => admin.executions.get({ ...scope, name: "f1" }),
  },
  {
    name: "idempotent write",
    rpc: "UpdateExecution",
    call: (admin) => admin.executions.archive({ ...scope, name: "f1" }),
  },
  {
    name: "named create",
    rpc: "CreateExecution",
    call: (admin) => admin.executions.launch({ launchPlan, name: `n${(names += 1)}` }),
  },
  {
    name: "unnamed create",
    rpc: "CreateExecution",
    call: (admin) => admin.executions.launch({ launchPlan }),
  },
];

/** How often a call is on the wire when the server fails each with the code: a read, an idempotent write, a named and an unnamed create. */
const counts: Readonly<Record<StatusCode | "OK", readonly [number, number, number, number]>> = {
  OK: [1, 1, 1, 1],
  CANCELLED: [4, 1, 1, 1],
  UNKNOWN: [4, 1, 1, 1],
  INVALID_ARGUMENT: [1, 1, 1, 1],
  DEADLINE_EXCEEDED: [4, 4, 4, 1],
  NOT_FOUND: [1, 1, 1, 1],
  ALREADY_EXISTS: [1, 1, 1, 1],
  PERMISSION_DENIED: [1, 1, 1, 1],
  RESOURCE_EXHAUSTED: [4, 4, 4, 1],
  FAILED_PRECONDITION: [1, 1, 1, 1],
  ABORTED: [4, 4, 4, 1],
  OUT_OF_RANGE: [1, 1, 1, 1],
  UNIMPLEMENTED: [1, 1, 1, 1],
  INTERNAL: [4, 1, 1, 1],
  UNAVAILABLE: [4, 4, 4, 1],
  DATA_LOSS: [1, 1, 1, 1],
  UNAUTHENTICATED: [1, 1, 1, 1],
};

const instant = { delay: () => Promise.resolve(), budget: Infinity };

describe.each(wires.map((wire) => [wire.name, wire] as const))("over %s", (_, wire) => {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  let client: WireClient;

  beforeAll(async () => {
    await seedWorkflow(flyte);
    await seedExecution(flyte, { name: "f1" });
    client = await wire.open(flyte, { retry: { ...instant, maxAttempts: 4 } });
  });
  afterAll(() => client.close());
  afterEach(() => {
    flyte.faults.clear();
  });

  const sent = (rpc: RpcName) => flyte.calls.filter((call) => call.rpc === rpc).length;

  const cells = Object.entries(counts).flatMap(([code, row]) =>
    kinds.map((kind, column) => ({ code, kind, times: row[column]! })),
  ) as readonly { code: StatusCode | "OK"; kind: Kind; times: number }[];

  it.each(cells.map((cell) => [cell.code, cell.kind.name, cell.times, cell] as const))(
    "%s puts a call of the kind %s on the wire %d times",
    async (_code, _name, times, { code, kind }) => {
      if (code !== "OK") flyte.faults.add({ rpc: kind.rpc, code, message: "the server's words" });
      const before = sent(kind.rpc);
      const outcome = await kind.call(client.admin).then(
        () => ({ code: "OK" }),
        (error: unknown) => error,
      );
      expect(outcome).toMatchObject(code === "OK" ? { code } : { code, attempts: times });
      expect(sent(kind.rpc) - before).toBe(times);
    },
  );

  it("a size limit puts a read on the wire once", async () => {
    flyte.faults.add({
      rpc: "GetExecution",
      code: "RESOURCE_EXHAUSTED",
      message: "grpc: received message larger than max (9 vs. 4)",
    });
    const before = sent("GetExecution");
    await expect(kinds[0]!.call(client.admin)).rejects.toMatchObject({ attempts: 1 });
    expect(sent("GetExecution") - before).toBe(1);
  });

  it("two failures and then an answer put a read on the wire three times", async () => {
    flyte.faults.add({ rpc: "GetExecution", code: "UNAVAILABLE", times: 2 });
    const before = sent("GetExecution");
    await kinds[0]!.call(client.admin);
    expect(sent("GetExecution") - before).toBe(3);
  });
});
