import { create, toBinary, toJson } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import { createRegistry } from "@bufbuild/protobuf";
import { afterEach, describe, expect, it } from "@jest/globals";
import { createServer, type RequestListener } from "node:http";

import { EventFailureReasonSchema } from "../../gen/flyteidl/admin/event_pb.js";
import { GetVersionResponseSchema } from "../../gen/flyteidl/admin/version_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { StatusSchema } from "../../gen/google/rpc/status_pb.js";
import {
  CanceledError,
  ConnectionError,
  DeadlineExceededError,
  FailedPreconditionError,
  type FlyteError,
  readErrorDetails,
  NotFoundError,
  PermissionDeniedError,
  ResourceExhaustedError,
  toFlyteError,
  UnauthenticatedError,
  UnexpectedResponseError,
} from "../../src/errors/index.js";
import { createRestTransport, type RestTransportOptions } from "../../src/transports/rest/index.js";
import {
  findUnusedPort,
  listenOnLoopback,
  type LoopbackServer,
} from "../../tools/lib/loopback.mjs";

const getVersion = AdminService.method.getVersion;
const octetStream = { "content-type": "application/octet-stream" };

interface Call {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly headers?: HeadersInit;
}

const servers: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A server on loopback. */
async function serve(listener: RequestListener): Promise<string> {
  const server = await listenOnLoopback(createServer(listener));
  servers.push(server);
  return server.url;
}

async function call(options: RestTransportOptions, { signal, timeoutMs, headers }: Call = {}) {
  return createRestTransport(options).unary(getVersion, signal, timeoutMs, headers, {});
}

/** The error that a caller sees. */
async function failure(options: RestTransportOptions, asked?: Call): Promise<FlyteError> {
  const thrown = await call(options, asked).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown === undefined) throw new Error("the call succeeded");
  return toFlyteError(thrown, { rpc: "GetVersion" });
}

/** The error for an answer of `fetch`. */
function failureFor(body: BodyInit | null, init: ResponseInit): Promise<FlyteError> {
  return failure({
    baseUrl: "https://flyte.test",
    fetch: () => Promise.resolve(new Response(body, init)),
  });
}

describe("an answer with a status", () => {
  const status = create(StatusSchema, {
    code: 9,
    message: "Invalid phase change",
    details: [
      anyPack(
        EventFailureReasonSchema,
        create(EventFailureReasonSchema, {
          reason: { case: "alreadyInTerminalState", value: { currentPhase: "RUNNING" } },
        }),
      ),
    ],
  });
  const detail = { reason: { case: "alreadyInTerminalState", value: { currentPhase: "RUNNING" } } };

  it("is read from the body's code, not from the HTTP status, in binary", async () => {
    const error = await failureFor(toBinary(StatusSchema, status), {
      status: 400,
      headers: octetStream,
    });
    expect(error).toBeInstanceOf(FailedPreconditionError);
    expect(error).toMatchObject({
      serverMessage: "Invalid phase change",
      rpc: "GetVersion",
      attempts: 1,
    });
    expect(readErrorDetails(error)).toMatchObject([detail]);
  });

  it("is read the same way from JSON, whatever was asked for", async () => {
    const json = JSON.stringify(
      toJson(StatusSchema, status, { registry: createRegistry(EventFailureReasonSchema) }),
    );
    const error = await failureFor(json, {
      status: 400,
      headers: { "content-type": "application/json" },
    });
    expect(error).toBeInstanceOf(FailedPreconditionError);
    expect(error).toMatchObject({ serverMessage: "Invalid phase change" });
    expect(readErrorDetails(error)).toMatchObject([detail]);
  });

  it("is read without a content type", async () => {
    const error = await failureFor(
      toBinary(StatusSchema, create(StatusSchema, { code: 5, message: "gone" })),
      { status: 404 },
    );
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.message).toContain("gone");
  });

  it("keeps code and the rest of the message when the body was cut short", async () => {
    const bytes = toBinary(
      StatusSchema,
      create(StatusSchema, { code: 5, message: "missing entity of type TASK é".repeat(20) }),
    );
    for (const length of [bytes.length - 1, 40, 5]) {
      const error = await failureFor(bytes.slice(0, length), { status: 404, headers: octetStream });
      expect(error).toBeInstanceOf(NotFoundError);
      if (length > 5) expect(error.serverMessage).toMatch(/^missing entity of type TASK/);
    }
  });

  it("reports the request's id and the wait from its headers", async () => {
    const error = await failureFor(
      toBinary(StatusSchema, create(StatusSchema, { code: 14, message: "busy" })),
      {
        status: 503,
        headers: { ...octetStream, "x-request-id": "a-7", "retry-after": "2" },
      },
    );
    expect(error).toMatchObject({ requestId: "a-7", retryAfterMs: 2000, code: "UNAVAILABLE" });
  });
});

describe("an error answer without a status", () => {
  it.each([
    [400, "INTERNAL", undefined],
    [401, "UNAUTHENTICATED", UnauthenticatedError],
    [403, "PERMISSION_DENIED", PermissionDeniedError],
    [404, "UNIMPLEMENTED", undefined],
    [418, "UNKNOWN", undefined],
    [429, "UNAVAILABLE", ConnectionError],
    [431, "UNKNOWN", undefined],
    [500, "UNKNOWN", undefined],
    [502, "UNAVAILABLE", ConnectionError],
    [503, "UNAVAILABLE", ConnectionError],
    [504, "UNAVAILABLE", ConnectionError],
  ])("has for %s the code of gRPC's table: %s", async (status, code, errorClass) => {
    for (const [body, type] of [
      [
        "<html><head><title>Oops</title><style>p{}</style></head><body><p>Proxy &amp; co said no</p></body></html>",
        "text/html",
      ],
      ["Proxy said no\n", "text/plain"],
      ['{"error":"Proxy said no"}', "application/json"],
    ] as const) {
      const error = await failureFor(body, {
        status,
        headers: { "content-type": type, "retry-after": "1" },
      });
      expect(error).toMatchObject({ code, retryAfterMs: 1000 });
      expect(error.serverMessage).toMatch(/Proxy .*said no/);
      expect(error.serverMessage).not.toContain("<");
      expect(error.message).toContain(`flyte.test:443 answered ${status} with ${type}`);
      if (errorClass !== undefined) expect(error).toBeInstanceOf(errorClass);
    }
  });

  it("is an error too when it is empty", async () => {
    const error = await failureFor(null, { status: 502 });
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.serverMessage).toBeUndefined();
    expect(error.message).toContain("502");
  });

  it("of 429 is no server that is down: it advises to wait", async () => {
    const error = await failureFor("slow down", { status: 429 });
    expect(error.message).toMatch(/answered 429 .*: slow down\. .*wait, and call less often/);
  });

  it("of a body that never ends is read to 256 KiB, and its connection closed", async () => {
    let sent = 0;
    let isClosed = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(120));
      },
      cancel() {
        isClosed = true;
      },
    });
    const error = await failureFor(body, { status: 503 });
    expect(error.message).toContain("answered 503");
    expect(isClosed).toBe(true);
    expect(sent).toBeLessThan(400_000);
  });

  it("shows no more than the beginning of a long text", async () => {
    const error = await failureFor("x".repeat(1_000_000), {
      status: 500,
      headers: { "content-type": "text/plain" },
    });
    expect(error.message.length).toBeLessThan(1_000);
  });
});

describe("an answer that is not FlyteAdmin's", () => {
  it("with HTML and 200 names the type, the first bytes and the usual causes", async () => {
    const error = await failureFor("<!doctype html>\n<title>Sign in</title>", {
      headers: { "content-type": "text/html; charset=utf-8" },
    });
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({
      status: 200,
      contentType: "text/html; charset=utf-8",
      code: "UNKNOWN",
    });
    expect(error.message).toContain('"<!doctype html>\\n<title>Sign in</title>"');
    expect(error.message).toMatch(/login page.*console/);
  });

  it("with JSON, with no type and with another success status is unexpected too", async () => {
    for (const init of [
      { headers: { "content-type": "application/json" } },
      {},
      { status: 202, headers: octetStream },
    ]) {
      expect(await failureFor(new Uint8Array([123, 125]), init)).toBeInstanceOf(
        UnexpectedResponseError,
      );
    }
    expect((await failureFor(null, {})).message).toMatch(/answered 200 .*; it is empty\./);
  });

  it.each([
    [
      "cut short",
      toBinary(
        GetVersionResponseSchema,
        create(GetVersionResponseSchema, { controlPlaneVersion: { Version: "v1.16.8" } }),
      ).slice(0, -3),
    ],
    ["no protobuf at all", new TextEncoder().encode("hello, this is text")],
  ])("with a body that is %s says what came", async (_, body) => {
    const error = await failureFor(body, { headers: octetStream });
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ code: "INTERNAL", status: 200 });
    expect(error.message).toMatch(
      /are not a flyteidl\.admin\.GetVersionResponse; they begin with "/,
    );
  });

  it("with a redirect is not followed and says where it leads, without its query", async () => {
    let asked = 0;
    const baseUrl = await serve((_request, response) => {
      asked += 1;
      response.writeHead(307, { location: "/login?state=s3cr3t" }).end("<a>Temporary Redirect</a>");
    });
    const error = await failure({ baseUrl });
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ status: 307 });
    expect(error.message).toMatch(
      /redirect 307 to "\/login\?…", which is not followed.*login page/,
    );
    expect(error.message).not.toContain("s3cr3t");
    expect(asked).toBe(1);
  });

  it("of more than readMaxBytes is dropped as soon as that shows", async () => {
    let isClosed: (() => void) | undefined;
    const closed = new Promise<void>((resolve) => (isClosed = resolve));
    const baseUrl = await serve((_request, response) => {
      response.writeHead(200, octetStream);
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", more).on("close", () => isClosed?.());
      more();
    });
    const error = await failure({ baseUrl, readMaxBytes: 100_000 });
    expect(error).toBeInstanceOf(ResourceExhaustedError);
    expect(error.message).toContain("readMaxBytes is 100000");
    await closed;
  });

  it("that breaks off in the middle is a ConnectionError", async () => {
    const baseUrl = await serve((_request, response) => {
      response.writeHead(200, { ...octetStream, "content-length": "100" });
      response.write("abc", () => response.socket?.destroy());
    });
    const error = await failure({ baseUrl });
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain(new URL(baseUrl).host);
  });

  it("for another name than the one that the query carried is refused", async () => {
    const transport = createRestTransport({
      baseUrl: "https://flyte.test",
      fetch: () =>
        Promise.resolve(
          new Response(
            toBinary(
              AdminService.method.getTask.output,
              create(AdminService.method.getTask.output, { id: { name: "_" } }),
            ),
            { headers: octetStream },
          ),
        ),
    });
    await expect(
      transport.unary(AdminService.method.getTask, undefined, undefined, undefined, {
        id: { project: "p", domain: "d", name: "a/b", version: "v" },
      }),
    ).rejects.toThrow(/another row: id\.name is "_" instead of "a\/b".*gRPC/);
  });
});

describe("a call without an answer", () => {
  it("names host and port when the connection is refused", async () => {
    const port = await findUnusedPort();
    const error = await failure({ baseUrl: `http://127.0.0.1:${port}` });
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(
      new RegExp(`cannot reach 127\\.0\\.0\\.1:${port}: connect ECONNREFUSED`),
    );
    expect(error).toMatchObject({ code: "UNAVAILABLE", serverMessage: undefined });
  });

  it("names what may be wrong when the browser does not tell", async () => {
    const error = await failure({
      baseUrl: "https://flyte.test",
      fetch: () => Promise.reject(new TypeError("Failed to fetch")),
    });
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(/flyte\.test:443.*CORS/);
    expect(error.message).not.toMatch(/authority of the server/);
  });

  it("says what fetch says below its own words", async () => {
    const error = await failure({ baseUrl: "http://127.0.0.1:1" });
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(/cannot reach 127\.0\.0\.1:1: bad port\./);
  });

  it("ends when the caller aborts, with the caller's reason, and the server sees it go", async () => {
    let isGone: (() => void) | undefined;
    const gone = new Promise<void>((resolve) => (isGone = resolve));
    let isAsked: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const baseUrl = await serve((_request, response) => {
      response.on("close", () => isGone?.());
      isAsked?.();
    });
    const controller = new AbortController();
    const reason = new Error("the page was left");
    const ended = failure({ baseUrl }, { signal: controller.signal });
    await asked;
    controller.abort(reason);
    const error = await ended;
    expect(error).toBeInstanceOf(CanceledError);
    expect(error.cause).toBe(reason);
    await gone;
  });

  it("is not even begun with a signal that has aborted", async () => {
    let asked = 0;
    const options: RestTransportOptions = {
      baseUrl: "https://flyte.test",
      fetch: () => Promise.resolve(new Response(null, { status: 500 + asked++ })),
    };
    const error = await failure(options, { signal: AbortSignal.abort("no") });
    expect(error).toBeInstanceOf(CanceledError);
    expect(error).toMatchObject({ cause: "no", attempts: 0 });
    expect(asked).toBe(0);
  });

  it("ends when its time is over, also where fetch takes no notice", async () => {
    const error = await failure(
      { baseUrl: "https://flyte.test", fetch: () => new Promise(() => undefined) },
      { timeoutMs: 5 },
    );
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error.message).toContain("within 5 ms");
  });

  it("leaves no listener on the caller's signal", async () => {
    const { signal } = new AbortController();
    const listening = new Set<unknown>();
    const watched = new Proxy(signal, {
      get(target, name) {
        if (name === "addEventListener")
          return (_type: string, listener: unknown) => listening.add(listener);
        if (name === "removeEventListener")
          return (_type: string, listener: unknown) => listening.delete(listener);
        return Reflect.get(target, name, target) as unknown;
      },
    });
    await failure(
      {
        baseUrl: "https://flyte.test",
        fetch: () => Promise.resolve(new Response(null, { status: 500 })),
      },
      { signal: watched },
    );
    expect(listening.size).toBe(0);
  });
});

describe("a request", () => {
  const seen = async (options: Omit<RestTransportOptions, "baseUrl" | "fetch">, asked?: Call) => {
    let init: RequestInit = {};
    await call(
      {
        ...options,
        baseUrl: "https://flyte.test",
        fetch: (_url, given) => {
          init = given;
          return Promise.resolve(new Response(null, { headers: octetStream }));
        },
      },
      asked,
    );
    return init;
  };

  it("has nothing but Accept by default, so that a page on another origin may send it", async () => {
    const init = await seen({}, { timeoutMs: 1000 });
    expect([...new Headers(init.headers)]).toEqual([["accept", "application/octet-stream"]]);
    expect(init).toMatchObject({ method: "GET", redirect: "manual" });
    expect(init).not.toHaveProperty("credentials");
  });

  it("has the transport's headers and the call's, which win", async () => {
    const init = await seen({ headers: { a: "1", b: "1" } }, { headers: { b: "2" } });
    expect(Object.fromEntries(new Headers(init.headers))).toMatchObject({ a: "1", b: "2" });
  });

  it("passes credentials on and sends the time limit only when asked to", async () => {
    const init = await seen(
      { credentials: "include", sendTimeoutHeader: true },
      { timeoutMs: 1500 },
    );
    expect(init.credentials).toBe("include");
    expect(new Headers(init.headers).get("grpc-timeout")).toBe("1500m");
  });
});

describe("createRestTransport", () => {
  it.each([
    ["flyte.example.com", /scheme/],
    ["flyte.example.com:8088", /scheme/],
    ["", /scheme/],
    ["/api", /scheme/],
    ["dns:///flyte.example.com", /scheme/],
    ["user:s3cr3t@flyte.example.com/?x=s3cr3t", /scheme/],
    ["ftp://flyte.example.com", /scheme/],
    ["https://user:s3cr3t@flyte.example.com", /user or a password/],
    ["https://flyte.example.com?x=s3cr3t", /query/],
    ["https://flyte.example.com/#s3cr3t", /fragment/],
  ])("refuses the base URL %s and says what would do", (baseUrl, message) => {
    let thrown: unknown;
    try {
      createRestTransport({ baseUrl });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: "InvalidOptionError", option: "baseUrl" });
    expect(String(thrown)).toMatch(message);
    expect(String(thrown)).not.toContain("s3cr3t");
  });

  it.each([0, -1, NaN])("refuses readMaxBytes %s", (readMaxBytes) => {
    expect(() => createRestTransport({ baseUrl: "https://flyte.test", readMaxBytes })).toThrow(
      /positive number of bytes/,
    );
  });
});
