import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";

import { type AdminClient, isFlyteError } from "../../../src/index.js";
import { InMemoryFlyteAdmin, type RpcName } from "../../../src/testing.js";
import { stopClock, until } from "../../support/stopped-clock.js";
import { wires, type WireClient } from "../../support/wires.js";

const scope = { project: "flytesnacks", domain: "development" };
const execution = { ...scope, name: "f1" };
const version = { ...scope, name: "t", version: "v1" };

interface Options {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

type Method = (admin: AdminClient, options: Options) => Promise<unknown>;

const terminate: Method = (admin, options) =>
  admin.executions.terminate(execution, { cause: "test" }, options);

const reads: Readonly<Partial<Record<RpcName, Method>>> = {
  GetVersion: (admin, options) => admin.identity.getServerVersion(options),
  GetExecution: (admin, options) => admin.executions.get(execution, options),
  ListExecutions: (admin, options) => admin.executions.list(scope, options).first(),
  GetTask: (admin, options) => admin.tasks.get(version, options),
  CreateUploadLocation: (admin, options) =>
    admin.dataProxy.createUploadLocation(
      { ...scope, filename: "f", contentMd5: new Uint8Array(16) },
      options,
    ),
};

const writes: Readonly<Partial<Record<RpcName, Method>>> = {
  TerminateExecution: terminate,
  RegisterProject: (admin, options) => admin.projects.register({ id: "p", name: "p" }, options),
  RelaunchExecution: (admin, options) => admin.executions.relaunch(execution, {}, options),
};

/** A way in which the time of a call runs out. */
interface Ending {
  begin(flyte: InMemoryFlyteAdmin, rpcs: readonly RpcName[]): Options;
  /** Called when the server has every call. */
  end?(): void;
}

function hang(flyte: InMemoryFlyteAdmin, rpcs: readonly RpcName[]): void {
  for (const rpc of rpcs) flyte.faults.add({ rpc, hang: true });
}

let controller = new AbortController();

const endings: Readonly<Record<string, Ending>> = {
  "by timeoutMs": {
    begin: (flyte, rpcs) => {
      hang(flyte, rpcs);
      return { timeoutMs: 500 };
    },
    end: () => {
      jest.advanceTimersByTime(500);
    },
  },
  "by the time of the caller's signal": {
    begin: (flyte, rpcs) => {
      hang(flyte, rpcs);
      controller = new AbortController();
      return { signal: controller.signal, timeoutMs: 0 };
    },
    end: () => {
      controller.abort(new DOMException("over", "TimeoutError"));
    },
  },
  "by the server's own limit": {
    begin: (flyte, rpcs) => {
      for (const rpc of rpcs) {
        flyte.faults.add({ rpc, code: "DEADLINE_EXCEEDED", message: "context deadline exceeded" });
      }
      return {};
    },
  },
};

describe.each(wires)("The text of a call whose time is over, $name", (wire) => {
  let flyte: InMemoryFlyteAdmin;
  let client: WireClient;

  beforeEach(async () => {
    stopClock();
    flyte = new InMemoryFlyteAdmin();
    client = await wire.open(flyte, { retry: { initialBackoffMs: 1 } });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await client.close();
  });

  async function textOf(method: Method, options: Options): Promise<string> {
    const error: unknown = await method(client.admin, options).catch((thrown: unknown) => thrown);
    if (!isFlyteError(error, "DEADLINE_EXCEEDED")) throw error;
    return error.message;
  }

  /** The texts of some calls that are made at once. */
  async function textsOf(
    methods: Readonly<Partial<Record<RpcName, Method>>>,
    ending: Ending,
  ): Promise<readonly string[]> {
    const names = rpcNames(methods);
    const options = ending.begin(flyte, names);
    let isOver = false;
    const texts = Promise.all(
      Object.values(methods).map((method) => textOf(method, options)),
    ).finally(() => {
      isOver = true;
    });
    await until(() => names.every((rpc) => flyte.calls.some((call) => call.rpc === rpc)));
    ending.end?.();
    await until(() => {
      // The waits before calls are sent again.
      jest.advanceTimersByTime(1);
      return isOver;
    });
    return texts;
  }

  it.each(Object.entries(endings))(
    "%s, does not speak of a write after a read",
    async (_, ending) => {
      for (const text of await textsOf(reads, ending)) {
        expect(text).toMatch(/ask for less at once\.$/);
        expect(text).not.toMatch(/\bwrite|carried out|taken place/);
      }
    },
  );

  it.each(Object.entries(endings))(
    "%s, says once after a write that the server may have carried it out",
    async (_, ending) => {
      for (const text of await textsOf(writes, ending)) {
        expect(text).toContain(" The server may have carried out the call all the same");
        expect(text.split("carried out")).toHaveLength(2);
      }
    },
  );

  it("does not speak of a write that was never sent", async () => {
    const over = AbortSignal.abort(new DOMException("over", "TimeoutError"));
    const text = await textOf(terminate, { signal: over });
    expect(text).not.toContain("carried out");
    expect(flyte.calls).toEqual([]);
  });
});

/** The names of RPCs that methods call, which the compiler has checked. */
function rpcNames(methods: Readonly<Partial<Record<RpcName, Method>>>): readonly RpcName[] {
  return Object.keys(methods) as RpcName[];
}
