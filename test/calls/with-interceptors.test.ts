import { getEventListeners } from "node:events";
import { inspect } from "node:util";

import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor, type Transport } from "@connectrpc/connect";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";

import { GetVersionResponseSchema } from "../../gen/flyteidl/admin/version_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import {
  CanceledError,
  DeadlineExceededError,
  FlyteError,
  InvalidOptionError,
  NotFoundError,
} from "../../src/errors/index.js";
import { type SharedCallOptions, withInterceptors } from "../../src/calls/index.js";
import { type ReceivedCall, unaryTransport } from "../support/unary-transport.js";

const getVersion = AdminService.method.getVersion;

/** A transport without a wire: `answer` is what it does. */
function stub(answer: (asked: ReceivedCall) => Promise<unknown> = () => Promise.resolve()): {
  readonly transport: Transport;
  readonly asked: ReceivedCall[];
} {
  const asked: ReceivedCall[] = [];
  return {
    asked,
    transport: unaryTransport((call) => {
      asked.push(call);
      return answer(call);
    }),
  };
}

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly headers?: HeadersInit;
}

function call(transport: Transport, settings: SharedCallOptions, options: CallOptions = {}) {
  const { signal, timeoutMs, headers } = options;
  return withInterceptors(transport, settings).unary(getVersion, signal, timeoutMs, headers, {});
}

async function failure(...asked: Parameters<typeof call>): Promise<unknown> {
  try {
    await call(...asked);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("withInterceptors", () => {
  it("returns the transport's answer", async () => {
    const { message, method } = await call(stub().transport, {});
    expect(method).toBe(getVersion);
    expect(message).toEqual(create(GetVersionResponseSchema));
  });

  it("throws FlyteErrors with the RPC and the number of attempts", async () => {
    const { transport } = stub(() =>
      Promise.reject(new ConnectError("gone", Code.NotFound, { a: "b" })),
    );
    const error = await failure(transport, {});
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ rpc: "GetVersion", attempts: 1, serverMessage: "gone" });
  });

  it("passes the user's interceptors each request with its headers, and errors as the transport threw them", async () => {
    const thrown = new ConnectError("gone", Code.NotFound);
    const { transport, asked } = stub(() => Promise.reject(thrown));
    const seen: unknown[] = [];
    const inner =
      (name: string): Interceptor =>
      (next) =>
      async (request) => {
        seen.push([name, request.url, request.header.get("a")]);
        request.header.set(name, "was here");
        return next(request).catch((error: unknown) => {
          seen.push([name, error]);
          throw error;
        });
      };
    await failure(transport, {
      headers: { a: "1" },
      interceptors: [inner("first"), inner("last")],
    });
    const url = "/flyteidl.service.AdminService/GetVersion";
    expect(seen).toEqual([
      ["first", url, "1"],
      ["last", url, "1"],
      ["last", thrown],
      ["first", thrown],
    ]);
    expect(Object.fromEntries(asked[0]!.header)).toEqual({
      a: "1",
      first: "was here",
      last: "was here",
    });
  });
});

describe("headers", () => {
  it("of the client are sent, and the call's own go first", async () => {
    const { transport, asked } = stub();
    await call(transport, { headers: { a: "client", b: "client" } }, { headers: { b: "call" } });
    expect(Object.fromEntries(asked[0]!.header)).toEqual({ a: "client", b: "call" });
  });

  it("may come from a function, asked for each call", async () => {
    const { transport, asked } = stub();
    let token = 0;
    const wrapped = withInterceptors(transport, {
      headers: () => Promise.resolve({ authorization: `Bearer ${(token += 1)}` }),
    });
    await wrapped.unary(getVersion, undefined, undefined, undefined, {});
    await wrapped.unary(getVersion, undefined, undefined, undefined, {});
    expect(asked.map(({ header }) => header.get("authorization"))).toEqual([
      "Bearer 1",
      "Bearer 2",
    ]);
  });

  it("that cannot be had fail the call before it is sent", async () => {
    const { transport, asked } = stub();
    const error = await failure(transport, {
      headers: () => Promise.reject(new Error("no token")),
    });
    expect(error).toBeInstanceOf(FlyteError);
    expect(error).toMatchObject({ attempts: 0, rpc: "GetVersion" });
    expect(String(error)).toContain("no token");
    expect(asked).toEqual([]);
  });

  it.each([
    [{ authorization: "Bearer S3CRET\nrest" }, 'the value of "authorization"'],
    [{ "x-key": "S3CRET\u30c4" }, 'the value of "x-key"'],
    [{ "x key": "S3CRET" }, '"x key" is not a header name'],
  ])(
    "that cannot be sent are named without their values, wherever they are given: %j",
    async (headers, named) => {
      const { transport, asked } = stub();
      for (const error of [
        await failure(transport, { headers }),
        await failure(transport, {}, { headers }),
      ]) {
        expect(error).toBeInstanceOf(InvalidOptionError);
        expect(error).toMatchObject({ option: "headers" });
        expect(String(error)).toContain(named);
        expect(inspect(error, { depth: 9 })).not.toMatch(/S3CRET|rest\b/);
      }
      expect(asked).toEqual([]);
    },
  );
});

describe("the time limit", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    [{}, {}, 15_000],
    [{ timeoutMs: 400 }, {}, 400],
    [{ timeoutMs: 400 }, { timeoutMs: 70 }, 70],
    [{ timeoutMs: 400 }, { timeoutMs: 0 }, undefined],
    [{ timeoutMs: 0 }, {}, undefined],
    [{ timeoutMs: Infinity }, { timeoutMs: 30 }, 30],
    [{ timeoutMs: Infinity }, {}, undefined],
  ])(
    "of the client %j and of the call %j is given to the transport as %s",
    async (settings, options, told) => {
      const { transport, asked } = stub();
      await call(transport, settings, options);
      expect(asked[0]!.timeoutMs).toBe(told);
    },
  );

  it("covers what comes before the wire: the transport gets the rest", async () => {
    const { transport, asked } = stub();
    const wait: Interceptor = (next) => async (request) => {
      await jest.advanceTimersByTimeAsync(300);
      return next(request);
    };
    await call(transport, { timeoutMs: 1000, interceptors: [wait] });
    expect(asked[0]!.timeoutMs).toBe(700);
  });

  it("ends a call whose transport takes no notice, and aborts what the transport was given", async () => {
    const { transport, asked } = stub(() => new Promise(() => undefined));
    const ended = failure(transport, { timeoutMs: 1000 });
    await jest.advanceTimersByTimeAsync(1000);
    const error = await ended;
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({ rpc: "GetVersion", attempts: 1, serverMessage: undefined });
    expect(String(error)).toContain("no answer within 1000 ms");
    expect(asked[0]!.signal!.aborted).toBe(true);
  });

  it("has the same words when the transport's timer is first", async () => {
    const { transport } = stub(() =>
      Promise.reject(new ConnectError("the operation timed out", Code.DeadlineExceeded)),
    );
    expect(String(await failure(transport, { timeoutMs: 1000 }))).toContain(
      "no answer within 1000 ms",
    );
  });

  it("leaves the server's own word about its deadline alone", async () => {
    const { transport } = stub(() =>
      Promise.reject(
        new ConnectError("context deadline exceeded", Code.DeadlineExceeded, {
          "grpc-status": "4",
        }),
      ),
    );
    expect(await failure(transport, { timeoutMs: 1000, retry: false })).toMatchObject({
      serverMessage: "context deadline exceeded",
    });
  });

  it("sends nothing when it is over before the request is ready", async () => {
    const { transport, asked } = stub();
    const slow: Interceptor = (next) => async (request) => {
      jest.setSystemTime(Date.now() + 5000);
      jest.advanceTimersByTime(5000);
      return next(request);
    };
    const error = await failure(transport, { timeoutMs: 1000, interceptors: [slow] });
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({ attempts: 0 });
    expect(asked).toEqual([]);
  });

  it("leaves no timer behind", async () => {
    await call(stub().transport, { timeoutMs: 1000 });
    await failure(stub(() => Promise.reject(new Error("no"))).transport, { timeoutMs: 1000 });
    expect(jest.getTimerCount()).toBe(0);
  });

  it("must be a non-negative number", async () => {
    expect(() => withInterceptors(stub().transport, { timeoutMs: -1 })).toThrow(
      /timeoutMs must be a non-negative number .*, got -1/,
    );
    expect(() => withInterceptors(stub().transport, { timeoutMs: NaN })).toThrow(
      /timeoutMs must be a non-negative number/,
    );
    expect(await failure(stub().transport, {}, { timeoutMs: NaN })).toMatchObject({
      name: "InvalidOptionError",
      option: "timeoutMs",
    });
  });
});

describe("the caller's signal", () => {
  it("ends a call whose transport takes no notice, with the caller's reason", async () => {
    const controller = new AbortController();
    const { transport, asked } = stub(() => {
      queueMicrotask(() => {
        controller.abort(reason);
      });
      return new Promise(() => undefined);
    });
    const reason = { page: "left" };
    const error = await failure(transport, {}, { signal: controller.signal });
    expect(error).toBeInstanceOf(CanceledError);
    expect(error).toMatchObject({ code: "CANCELLED", rpc: "GetVersion", attempts: 1 });
    expect((error as Error).cause).toBe(reason);
    expect(asked[0]!.signal!.aborted).toBe(true);
  });

  it("ends a call as a deadline does when it is one that timed out", async () => {
    const timedOut = new AbortController();
    const { transport } = stub(() => {
      timedOut.abort(new DOMException("too late", "TimeoutError"));
      return new Promise(() => undefined);
    });
    const error = await failure(transport, {}, { signal: timedOut.signal });
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({ code: "DEADLINE_EXCEEDED", rpc: "GetVersion", attempts: 1 });
    expect(String(error)).toContain("the caller's signal timed out (too late)");
  });

  it("has no listener left when the call is over", async () => {
    const { signal } = new AbortController();
    await call(stub().transport, {}, { signal });
    await failure(stub(() => Promise.reject(new Error("no"))).transport, {}, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("that has aborted sends nothing", async () => {
    const { transport, asked } = stub();
    const error = await failure(transport, {}, { signal: AbortSignal.abort() });
    expect(error).toBeInstanceOf(CanceledError);
    expect(error).toMatchObject({ attempts: 0 });
    expect(asked).toEqual([]);
  });
});

describe("hooks", () => {
  it("see the beginning and the answer of a call", async () => {
    const events: unknown[] = [];
    const hooks = {
      onRequest: (event: unknown) => events.push(event),
      onResponse: (event: unknown) => events.push(event),
    };
    await call(stub().transport, { hooks, timeoutMs: 500 });
    const rpc = { rpc: "GetVersion", timeoutMs: 500, requestId: undefined, requestBytes: 0 };
    expect(events).toEqual([
      rpc,
      { ...rpc, code: "OK", attempts: 1, latencyMs: expect.any(Number), responseBytes: 0 },
    ]);
  });

  it("see the very error that the caller sees", async () => {
    const { transport } = stub(() => Promise.reject(new ConnectError("gone", Code.NotFound)));
    let seen: unknown;
    const error = await failure(transport, { hooks: { onError: (event) => (seen = event) } });
    expect(seen).toMatchObject({ rpc: "GetVersion", attempts: 1, error });
  });

  it("that throw do not fail the call", async () => {
    const broken = () => {
      throw new Error("the log is full");
    };
    const answer = await call(stub().transport, {
      hooks: { onRequest: broken, onResponse: broken },
    });
    expect(answer.method).toBe(getVersion);
    const { transport } = stub(() => Promise.reject(new ConnectError("gone", Code.NotFound)));
    expect(await failure(transport, { hooks: { onError: broken } })).toBeInstanceOf(NotFoundError);
  });
});
