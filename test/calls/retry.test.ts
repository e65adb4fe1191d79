import type { DescMethodUnary, MessageInitShape } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ContextValues,
  type Interceptor,
  type Transport,
} from "@connectrpc/connect";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { FlyteError } from "../../src/errors/index.js";
import {
  type CallRetryEvent,
  type RetryOptions,
  withInterceptors,
  withRetry,
} from "../../src/calls/index.js";
import { createRestTransport } from "../../src/transports/rest/index.js";
import { backoffMs } from "../../src/calls/retry-settings.js";
import { unaryTransport } from "../support/unary-transport.js";

const { getTask, createTask, createExecution, terminateExecution } = AdminService.method;

/** A transport that fails as the script says, attempt by attempt, and then answers. */
function scripted(...failures: readonly Error[]) {
  const headers: Headers[] = [];
  const transport = unaryTransport(({ header }) => {
    headers.push(header);
    const failure = failures[headers.length - 1];
    if (failure !== undefined) throw failure;
  });
  return { transport, headers };
}

const down = () => new ConnectError("down", Code.Unavailable, { "grpc-status": "14" });

/** Retries that wait for nothing, and write down how long they would have. */
function instant(settings: RetryOptions = {}) {
  const waits: number[] = [];
  return {
    waits,
    retry: {
      random: () => 0.5,
      delay: (ms: number) => {
        waits.push(ms);
        return Promise.resolve();
      },
      ...settings,
    },
  };
}

interface Asked {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly contextValues?: ContextValues;
}

function ask<M extends DescMethodUnary>(
  transport: Transport,
  method: M,
  input: MessageInitShape<M["input"]>,
  { timeoutMs, signal, contextValues }: Asked = {},
) {
  return transport.unary(method, signal, timeoutMs, undefined, input, contextValues).then(
    () => "answered",
    (error: unknown) => error,
  );
}

describe("a call that failed for a reason that may pass", () => {
  it("is sent again until it is answered, with waits that may double", async () => {
    const { transport, headers } = scripted(down(), down(), down());
    const { retry, waits } = instant();
    expect(await ask(withInterceptors(transport, { retry }), getTask, {})).toBe("answered");
    expect(headers).toHaveLength(4);
    expect(waits).toEqual([50, 100, 200]);
  });

  it("fails with its last error after four attempts", async () => {
    const { transport, headers } = scripted(down(), down(), down(), down(), down());
    const error = await ask(withInterceptors(transport, instant()), getTask, {});
    expect(error).toMatchObject({ code: "UNAVAILABLE", attempts: 4, serverMessage: "down" });
    expect(headers).toHaveLength(4);
  });

  it("is asked for its headers again, and sees none of the attempt before", async () => {
    const { transport, headers } = scripted(down());
    let token = 0;
    const wrapped = withInterceptors(transport, {
      ...instant(),
      headers: () => ({ token: `${(token += 1)}` }),
      interceptors: [
        (next) => (request) => {
          request.header.append("mark", "x");
          return next(request);
        },
      ],
    });
    await ask(wrapped, getTask, {});
    expect(headers.map((each) => [each.get("token"), each.get("mark")])).toEqual([
      ["1", "x"],
      ["2", "x"],
    ]);
  });

  it("sees no header of the attempt before, also where the client has none of its own", async () => {
    const { transport, headers } = scripted(down());
    const mark: Interceptor = (next) => (request) => {
      request.header.append("mark", "x");
      return next(request);
    };
    await ask(withInterceptors(transport, { ...instant(), interceptors: [mark] }), getTask, {});
    expect(headers.map((each) => each.get("mark"))).toEqual(["x", "x"]);
  });

  it("is reported, attempt by attempt", async () => {
    const { transport } = scripted(down(), new ConnectError("later", Code.Aborted));
    const seen: CallRetryEvent[] = [];
    const wrapped = withInterceptors(transport, {
      ...instant(),
      hooks: { onRetry: (event) => seen.push(event) },
    });
    await ask(wrapped, getTask, {});
    expect(seen).toMatchObject([
      { rpc: "GetTask", attempt: 1, delayMs: 50, kind: "read", error: { code: "UNAVAILABLE" } },
      { rpc: "GetTask", attempt: 2, delayMs: 100, kind: "read", error: { code: "ABORTED" } },
    ]);
  });
});

describe("settings of retries", () => {
  it.each([
    [{ maxAttempts: 2 }, undefined, 2],
    [{ maxAttempts: 2 }, { maxAttempts: 3 }, 3],
    [{}, false, 1],
    [false, undefined, 1],
    [false, { maxAttempts: 2 }, 2],
  ] as const)(
    "of the client %j and of the call %j give %d attempts",
    async (client, call, times) => {
      const { transport, headers } = scripted(down(), down(), down(), down());
      const retry = client === false ? client : instant(client).retry;
      await ask(
        withInterceptors(transport, { retry }),
        getTask,
        {},
        call === undefined ? {} : { contextValues: withRetry(call) },
      );
      expect(headers).toHaveLength(times);
    },
  );

  it.each([
    [{ maxAttempts: 0 }, "retry.maxAttempts"],
    [{ initialBackoffMs: -1 }, "retry.initialBackoffMs"],
    [{ maxRetryAfterMs: NaN }, "retry.maxRetryAfterMs"],
    [{ budget: -1 }, "retry.budget"],
  ])("that is invalid, such as %j, are refused", (retry, option) => {
    expect(() => withInterceptors(scripted().transport, { retry })).toThrow(
      expect.objectContaining({ name: "InvalidOptionError", option }),
    );
  });
});

describe("the budget of retries", () => {
  it("is one for all calls of a client, and each answer restores a fifth of a retry", async () => {
    const always = Array.from({ length: 100 }, down);
    const { transport, headers } = scripted(...always);
    const wrapped = withInterceptors(transport, { retry: instant({ budget: 5 }).retry });
    for (let call = 0; call < 10; call += 1) await ask(wrapped, getTask, {});
    expect(headers).toHaveLength(10 + 5);

    let failing = false;
    const sent: number[] = [];
    const flaky: Transport = {
      ...transport,
      unary: (...args) => {
        sent.push(1);
        return failing ? Promise.reject(down()) : scripted().transport.unary(...args);
      },
    };
    const second = withInterceptors(flaky, { retry: instant({ budget: 2 }).retry });
    failing = true;
    await ask(second, getTask, {});
    expect(sent).toHaveLength(3);
    failing = false;
    for (let call = 0; call < 5; call += 1) await ask(second, getTask, {});
    failing = true;
    await ask(second, getTask, {});
    expect(sent).toHaveLength(3 + 5 + 2);
  });
});

describe("a wait that the server asks for", () => {
  it.each([
    [{ "retry-after": "2" }, 2000],
    [{ "grpc-retry-pushback-ms": "700" }, 700],
    [{ "grpc-retry-pushback-ms": "3" }, 50],
  ])("by %j is %d ms long", async (metadata, ms) => {
    const { transport } = scripted(new ConnectError("slow down", Code.Unavailable, metadata));
    const { retry, waits } = instant();
    expect(await ask(withInterceptors(transport, { retry }), getTask, {})).toBe("answered");
    expect(waits).toEqual([ms]);
  });

  it.each([{ "retry-after": "31" }, { "grpc-retry-pushback-ms": "-1" }])(
    "by %j is refused, whatever time is left, and the call fails at once",
    async (metadata) => {
      const { transport, headers } = scripted(
        new ConnectError("slow down", Code.Unavailable, metadata),
      );
      const wrapped = withInterceptors(transport, instant());
      const error = await ask(wrapped, getTask, {}, { timeoutMs: 0 });
      expect(error).toMatchObject({ code: "UNAVAILABLE", attempts: 1 });
      expect(String(error)).toContain("longer than retry.maxRetryAfterMs (30000)");
      expect(headers).toHaveLength(1);
    },
  );
});

describe("time and signal", () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it("a backoff takes at most half of the time that is left, so that another attempt fits", async () => {
    jest.useFakeTimers();
    const { transport, headers } = scripted(down(), down());
    const range = { initialBackoffMs: 8_000, maxBackoffMs: 8_000 };
    const { retry, waits } = instant({ ...range, random: () => 0.999 });
    const late: Interceptor = (next) => (request) => {
      jest.advanceTimersByTime(headers.length === 0 ? 40 : 30);
      return next(request);
    };
    const wrapped = withInterceptors(transport, { retry, interceptors: [late] });
    expect(await ask(wrapped, getTask, {}, { timeoutMs: 101 })).toBe("answered");
    expect(waits).toEqual([30, 15]);
  });

  it("no wait is begun that would outlast the call", async () => {
    const { transport, headers } = scripted(
      new ConnectError("slow down", Code.Unavailable, { "retry-after": "2" }),
    );
    const error = await ask(withInterceptors(transport), getTask, {}, { timeoutMs: 1000 });
    expect(error).toMatchObject({ code: "UNAVAILABLE", attempts: 1, retryAfterMs: 2000 });
    expect(headers).toHaveLength(1);
  });

  it("the signal ends a wait with the caller's reason, and leaves no timer", async () => {
    jest.useFakeTimers();
    const { transport, headers } = scripted(down(), down());
    const controller = new AbortController();
    const reason = new Error("page left");
    const asked = ask(
      withInterceptors(transport, {
        retry: { random: () => 0.9 },
        hooks: {
          onRetry: () => {
            void Promise.resolve().then(() => {
              controller.abort(reason);
            });
          },
        },
      }),
      getTask,
      {},
      { signal: controller.signal },
    );
    expect(await asked).toMatchObject({ code: "CANCELLED", cause: reason, attempts: 1 });
    await jest.advanceTimersByTimeAsync(0);
    expect(headers).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it("a deadline that passes in a later attempt reports what the earlier one failed with", async () => {
    jest.useFakeTimers();
    const first = scripted(down());
    const transport: Transport = {
      ...first.transport,
      unary: (...args) =>
        first.headers.length === 0 ? first.transport.unary(...args) : new Promise(() => undefined),
    };
    const asked = ask(withInterceptors(transport, instant()), getTask, {}, { timeoutMs: 100 });
    await jest.advanceTimersByTimeAsync(100);
    const error = await asked;
    expect(error).toMatchObject({ code: "DEADLINE_EXCEEDED", attempts: 2 });
    expect(String(error)).toContain("UNAVAILABLE (down)");
    expect((error as Error).cause).toBeInstanceOf(FlyteError);
  });
});

describe("a call whose first answer was lost", () => {
  const lost = () =>
    new ConnectError("connection reset", Code.Unavailable, { "grpc-status": "14" });

  it.each([
    [createTask, {}, Code.AlreadyExists],
    [AdminService.method.createWorkflow, {}, Code.AlreadyExists],
    [AdminService.method.createLaunchPlan, {}, Code.AlreadyExists],
    [AdminService.method.createNodeEvent, {}, Code.AlreadyExists],
    [terminateExecution, {}, Code.FailedPrecondition],
  ] as const)(
    "of %s is done when the second says so",
    async (method: DescMethodUnary, input, code) => {
      const again = new ConnectError("done", code, { "grpc-status": String(code) });
      const twice = scripted(lost(), again);
      expect(await ask(withInterceptors(twice.transport, instant()), method, input)).toBe(
        "answered",
      );
      const once = scripted(again);
      expect(await ask(withInterceptors(once.transport, instant()), method, input)).toMatchObject({
        attempts: 1,
      });
    },
  );

  it("is not taken for done when the name may be somebody else's", async () => {
    const taken = new ConnectError("taken", Code.AlreadyExists, { "grpc-status": "6" });
    const { transport } = scripted(lost(), taken);
    const error = await ask(withInterceptors(transport, instant()), createExecution, { name: "a" });
    expect(error).toMatchObject({ code: "ALREADY_EXISTS", attempts: 2 });
  });
});

describe("what the server finds wrong with the request", () => {
  it.each([
    [
      Code.Unknown,
      'failed database operation with ERROR: invalid input syntax for type bigint: "x"',
    ],
    [Code.Unknown, "failed database operation with ERROR: operator does not exist: text + text"],
    [Code.Unknown, "failed database operation with ERROR: value too long for type"],
    [Code.ResourceExhausted, "grpc: received message larger than max (5 vs. 4)"],
    [Code.ResourceExhausted, "Output data size exceeds platform configured threshold (3 > 2)"],
    [Code.Internal, "grpc: error while marshaling: string field contains invalid UTF-8"],
    [Code.Internal, "stream terminated by RST_STREAM with error code: INTERNAL_ERROR"],
  ])("is not asked again: %s %s", async (code, words) => {
    const failure = () => new ConnectError(words, code, { "grpc-status": String(code) });
    const { transport, headers } = scripted(failure(), failure());
    await ask(withInterceptors(transport, instant()), getTask, {});
    expect(headers).toHaveLength(1);
  });

  it.each([
    [Code.Unknown, "failed database operation with FATAL: too many connections"],
    [Code.Internal, "unexpected error type for: connection refused"],
    [
      Code.Internal,
      "unexpected error type for: read tcp 10.1.2.3:40312->10.1.2.4:5432: i/o timeout",
    ],
    [Code.Internal, ""],
    [Code.ResourceExhausted, "rate limited"],
    [Code.ResourceExhausted, "request rate exceeds 10 per second"],
  ])("is distinguished from passing troubles: %s %s", async (code, words) => {
    const failure = new ConnectError(words, code, { "grpc-status": String(code) });
    const { transport, headers } = scripted(failure);
    expect(await ask(withInterceptors(transport, instant()), getTask, {})).toBe("answered");
    expect(headers).toHaveLength(2);
  });
});

describe("a failure that may have come after half of the work", () => {
  it.each([
    [Code.Unknown, "failed database operation with FATAL: too many connections"],
    [Code.Internal, "unexpected error type for: connection refused"],
    [Code.Canceled, "context canceled"],
  ])("is tried again for reads alone: %s %s", async (code, words) => {
    const failure = () => new ConnectError(words, code, { "grpc-status": String(code) });
    const read = scripted(failure());
    expect(await ask(withInterceptors(read.transport, instant()), getTask, {})).toBe("answered");
    expect(read.headers).toHaveLength(2);
    for (const method of [terminateExecution, createTask, createExecution]) {
      const write = scripted(failure());
      await ask(withInterceptors(write.transport, instant()), method, {});
      expect(write.headers).toHaveLength(1);
    }
  });
});

it.each<[string, number, Record<string, string>]>([
  ["a login page", 200, { "content-type": "text/html" }],
  ["a redirect to one", 302, { location: "/login" }],
])("%s is not asked for again", async (_, status, headers) => {
  let asked = 0;
  const transport = createRestTransport({
    baseUrl: "http://flyte.test",
    fetch: () => {
      asked += 1;
      return Promise.resolve(new Response("<title>Sign in</title>", { status, headers }));
    },
  });
  const error = await ask(withInterceptors(transport, instant()), getTask, {
    id: { project: "p", domain: "d", name: "t", version: "v" },
  });
  expect(error).toMatchObject({ code: "UNKNOWN", attempts: 1 });
  expect(asked).toBe(1);
});

it("a failure before the call left is not tried again", async () => {
  const { transport, headers } = scripted();
  let asked = 0;
  const wrapped = withInterceptors(transport, {
    ...instant(),
    headers: () => {
      asked += 1;
      throw new Error("no token");
    },
  });
  expect(await ask(wrapped, getTask, {})).toMatchObject({ attempts: 0 });
  expect(asked).toBe(1);
  expect(headers).toEqual([]);
});

describe("backoffMs", () => {
  it("lies from 0 to a bound that doubles and ends", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 60_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (retry, initialBackoffMs, maxBackoffMs, random) => {
          const range = { initialBackoffMs, maxBackoffMs };
          const ms = backoffMs(retry, range, random);
          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThanOrEqual(maxBackoffMs);
          expect(ms).toBeLessThanOrEqual(initialBackoffMs * 2 ** Math.min(retry - 1, 30));
        },
      ),
    );
  });
});
