import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import {
  SignalGetOrCreateRequestSchema,
  SignalListRequestSchema,
  SignalSetRequestSchema,
} from "../../../gen/flyteidl/admin/signal_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { errorOf, integer, type RunServer, runServer, scope, text } from "./run-server.js";

const executionId = { ...scope, name: "none" };
const simple = (value: SimpleType) => ({ type: { case: "simple" as const, value } });

const getOrCreate = (server: RunServer, signalId: string, type = simple(SimpleType.INTEGER)) =>
  server.signals.getOrCreateSignal(
    create(SignalGetOrCreateRequestSchema, { id: { signalId, executionId }, type }),
    server.context,
  );
const set = (server: RunServer, signalId: string, value?: ReturnType<typeof integer>) =>
  server.signals.setSignal(
    create(SignalSetRequestSchema, {
      id: { signalId, executionId },
      ...(value === undefined ? {} : { value }),
    }),
    server.context,
  );
const list = (server: RunServer, request: object = {}) =>
  server.signals.listSignals(
    create(SignalListRequestSchema, { workflowExecutionId: executionId, limit: 10, ...request }),
    server.context,
  );

describe("signals", () => {
  it("are made by the first call for them, of an execution that need not exist", async () => {
    const server = await runServer();
    await getOrCreate(server, "a");
    const again = await getOrCreate(server, "a");
    expect(again.value).toBeUndefined();
    expect((await list(server)).signals).toHaveLength(1);
  });

  it("are refused with another type", async () => {
    const server = await runServer();
    await getOrCreate(server, "a");
    const error = await errorOf(() => getOrCreate(server, "a", simple(SimpleType.STRING)));
    expect([error.code, error.rawMessage]).toEqual([
      Code.AlreadyExists,
      'value with matching already exists (duplicate key value violates unique constraint "signals_pkey")',
    ]);
  });

  it("take a value of their type, and another one after it", async () => {
    const server = await runServer();
    await getOrCreate(server, "a");
    await set(server, "a", integer(1));
    await set(server, "a", integer(2));
    expect((await getOrCreate(server, "a")).value).toEqual(integer(2));
  });

  it("refuse a value of another type, no value, and a value for a signal that does not exist", async () => {
    const server = await runServer();
    await getOrCreate(server, "a");
    const refusal = async (call: () => unknown) => {
      const error = await errorOf(call);
      return [error.code, error.rawMessage];
    };
    expect(await refusal(() => set(server, "a", text("x")))).toEqual([
      Code.InvalidArgument,
      'requested signal value [scalar:{primitive:{string_value:"x"}}] is not castable to existing signal type [[8 1]]',
    ]);
    expect(await refusal(() => set(server, "a"))).toEqual([Code.InvalidArgument, "missing value"]);
    expect(await refusal(() => set(server, "zz", integer(1)))).toEqual([
      Code.InvalidArgument,
      "failed to validate that signal [{{flytesnacks development none} zz}] exists, err: [signal does not exist]",
    ]);
  });

  it("are listed in pages, and by filter", async () => {
    const server = await runServer();
    for (const signalId of ["a", "b", "c"]) await getOrCreate(server, signalId);
    const ids = (page: Awaited<ReturnType<typeof list>>) =>
      page.signals.map(({ id }) => id?.signalId);
    const first = await list(server, { limit: 2 });
    expect([ids(first), first.token]).toEqual([["a", "b"], "2"]);
    const second = await list(server, { limit: 2, token: first.token });
    expect([ids(second), second.token]).toEqual([["c"], ""]);
    expect(ids(await list(server, { filters: "eq(signal_id,b)" }))).toEqual(["b"]);
    const noExecution = await errorOf(() => list(server, { workflowExecutionId: scope }));
    expect(noExecution.rawMessage).toBe("missing execution_id");
    const noLimit = await errorOf(() => list(server, { limit: 0 }));
    expect(noLimit.rawMessage).toBe("invalid value for limit");
  });
});
