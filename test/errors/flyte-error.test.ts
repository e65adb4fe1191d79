import { inspect } from "node:util";
import { createContext, runInContext } from "node:vm";

import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it, jest } from "@jest/globals";

import { EventFailureReasonSchema } from "../../gen/flyteidl/admin/event_pb.js";
import {
  AlreadyExistsError,
  CanceledError,
  ConnectionError,
  DeadlineExceededError,
  FailedPreconditionError,
  FlyteError,
  InvalidArgumentError,
  InvalidFilterError,
  InvalidIdentifierError,
  isFlyteError,
  NotFoundError,
  PermissionDeniedError,
  readErrorDetails,
  ResourceExhaustedError,
  SignedUrlError,
  toFlyteError,
  UnauthenticatedError,
  UnexpectedResponseError,
} from "../../src/errors/index.js";

/** An error as a wire throws it: only answers of a server carry headers. */
function answer(code: Code, message: string, headers: Record<string, string> = {}): ConnectError {
  return new ConnectError(message, code, { "content-type": "application/grpc", ...headers });
}

describe("toFlyteError", () => {
  it.each([
    [Code.Canceled, "CANCELLED", CanceledError],
    [Code.Unknown, "UNKNOWN", FlyteError],
    [Code.InvalidArgument, "INVALID_ARGUMENT", InvalidArgumentError],
    [Code.DeadlineExceeded, "DEADLINE_EXCEEDED", DeadlineExceededError],
    [Code.NotFound, "NOT_FOUND", NotFoundError],
    [Code.AlreadyExists, "ALREADY_EXISTS", AlreadyExistsError],
    [Code.PermissionDenied, "PERMISSION_DENIED", PermissionDeniedError],
    [Code.ResourceExhausted, "RESOURCE_EXHAUSTED", ResourceExhaustedError],
    [Code.FailedPrecondition, "FAILED_PRECONDITION", FailedPreconditionError],
    [Code.Aborted, "ABORTED", FlyteError],
    [Code.OutOfRange, "OUT_OF_RANGE", FlyteError],
    [Code.Unimplemented, "UNIMPLEMENTED", FlyteError],
    [Code.Internal, "INTERNAL", FlyteError],
    [Code.Unavailable, "UNAVAILABLE", ConnectionError],
    [Code.DataLoss, "DATA_LOSS", FlyteError],
    [Code.Unauthenticated, "UNAUTHENTICATED", UnauthenticatedError],
  ])("maps code %s to the name %s and its class", (code, name, errorClass) => {
    const error = toFlyteError(answer(code, "because"), { rpc: "GetTask", attempts: 2 });
    expect(error).toBeInstanceOf(errorClass);
    expect(Object.getPrototypeOf(error)).toBe(errorClass.prototype);
    expect(error).toMatchObject({
      code: name,
      rpc: "GetTask",
      attempts: 2,
      serverMessage: "because",
    });
    expect(error.message).toMatch(new RegExp(`^GetTask failed with ${name}: because\\. .+`));
  });

  it.each([
    new ConnectError("serialize binary: cannot encode field a.B.limit to binary: x", Code.Internal),
    new Error("cannot encode field a.B.limit to binary: x"),
    new Error("cannot use field a.B.limit with message undefined"),
  ])("takes a request that cannot be encoded for bad input, not for a fault: %s", (thrown) => {
    const error = toFlyteError(thrown, { rpc: "ListProjects", attempts: 1 });
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ attempts: 0, serverMessage: undefined });
    expect(error.message).toMatch(
      /was not sent, as it cannot be encoded: cannot \w+ field a\.B\.limit/,
    );
  });

  it("keeps the server's message alone beside a text that says what to do", () => {
    const error = toFlyteError(answer(Code.InvalidArgument, "invalid value for limit"), {
      rpc: "ListTasks",
    });
    expect(error.serverMessage).toBe("invalid value for limit");
    expect(error.message).toBe(
      "ListTasks failed with INVALID_ARGUMENT: invalid value for limit. Change the request: sent again unchanged it fails again.",
    );
  });

  it("has no server message when the failure is the client's own", () => {
    const error = toFlyteError(new ConnectError("the operation timed out", Code.DeadlineExceeded));
    expect(error.serverMessage).toBeUndefined();
    expect(error.message).toContain("the operation timed out");
  });

  it("takes an error without headers, as an in-process server throws it, for the server's answer", () => {
    const error = toFlyteError(new ConnectError("entry not found", Code.NotFound));
    expect(error.serverMessage).toBe("entry not found");
  });

  it.each([
    ["protocol error: missing status", Code.Internal],
    ["message size 9 is larger than configured readMaxBytes 5", Code.ResourceExhausted],
    ["http/2 stream closed with error code REFUSED_STREAM (0x7)", Code.Unavailable],
  ])("takes %s for the transport's own words", (words, code) => {
    expect(toFlyteError(new ConnectError(words, code)).serverMessage).toBeUndefined();
  });

  it("takes Connect's own word for an HTTP status for no server message", () => {
    expect(toFlyteError(answer(Code.Unavailable, "HTTP 502")).serverMessage).toBeUndefined();
  });

  it("decodes the details that FlyteAdmin sends and keeps the bytes of others", () => {
    const connectError = answer(Code.FailedPrecondition, "too late");
    connectError.details = [
      {
        type: "flyteidl.admin.EventFailureReason",
        value: toBinary(
          EventFailureReasonSchema,
          create(EventFailureReasonSchema, {
            reason: { case: "alreadyInTerminalState", value: { currentPhase: "SUCCEEDED" } },
          }),
        ),
      },
      { type: "google.rpc.RetryInfo", value: Uint8Array.of(1, 2) },
      { type: "flyteidl.admin.InactiveProject", value: Uint8Array.of(255) },
    ];
    const [reason, unknown, broken] = readErrorDetails(toFlyteError(connectError));
    expect(reason).toMatchObject({
      $typeName: "flyteidl.admin.EventFailureReason",
      reason: { case: "alreadyInTerminalState", value: { currentPhase: "SUCCEEDED" } },
    });
    expect(unknown).toEqual({
      typeUrl: "type.googleapis.com/google.rpc.RetryInfo",
      value: Uint8Array.of(1, 2),
    });
    expect(broken).toEqual({
      typeUrl: "type.googleapis.com/flyteidl.admin.InactiveProject",
      value: Uint8Array.of(255),
    });
  });

  it("reads details that an in-process server attached as messages", () => {
    const connectError = answer(Code.FailedPrecondition, "too late");
    connectError.details = [
      {
        desc: EventFailureReasonSchema,
        value: { reason: { case: "incompatibleCluster", value: { cluster: "c2" } } },
      },
    ];
    expect(readErrorDetails(toFlyteError(connectError))).toMatchObject([
      { reason: { case: "incompatibleCluster", value: { cluster: "c2" } } },
    ]);
  });

  it("reads the request's id and the wait that the server asks for", () => {
    const error = toFlyteError(
      answer(Code.Unavailable, "busy", { "x-request-id": "a-1", "retry-after": "3" }),
    );
    expect(error).toMatchObject({ requestId: "a-1", retryAfterMs: 3000 });
    expect(
      toFlyteError(answer(Code.Unavailable, "busy", { "grpc-retry-pushback-ms": "250" }))
        .retryAfterMs,
    ).toBe(250);
    expect(
      toFlyteError(answer(Code.Unavailable, "busy", { "retry-after": "soon" })).retryAfterMs,
    ).toBeUndefined();
  });

  it("reads a wait given as a date", () => {
    jest.useFakeTimers({ now: Date.UTC(2026, 0, 15, 9, 0, 0) });
    try {
      const error = toFlyteError(
        answer(Code.Unavailable, "busy", { "retry-after": "Thu, 15 Jan 2026 09:00:02 GMT" }),
      );
      expect(error.retryAfterMs).toBe(2000);
    } finally {
      jest.useRealTimers();
    }
  });

  it.each([
    [
      "a refused connection",
      Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" }),
    ],
    [
      "a refused connection inside a failure of fetch",
      new TypeError("fetch failed", {
        cause: Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), {
          code: "ECONNREFUSED",
        }),
      }),
    ],
    [
      "several addresses that all refuse",
      Object.assign(
        new AggregateError(
          [Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" })],
          "",
        ),
        { code: "ECONNREFUSED" },
      ),
    ],
    [
      "a refused connection that Connect took for an internal error",
      new ConnectError(
        "connect ECONNREFUSED 127.0.0.1:9",
        Code.Internal,
        undefined,
        undefined,
        Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" }),
      ),
    ],
  ])("takes %s for a ConnectionError that names the address", (_, thrown) => {
    const error = toFlyteError(thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain("127.0.0.1:9");
  });

  it.each(["CERT_NOT_YET_VALID", "HOSTNAME_MISMATCH", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"])(
    "takes a certificate that is refused with %s for a ConnectionError about certificates",
    (code) => {
      const cause = Object.assign(new Error("the certificate is not valid"), { code });
      const error = toFlyteError(new TypeError("fetch failed", { cause }));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error.message).toMatch(/the certificate is not valid\. .*certificate authority/);
    },
  );

  it("takes a failure of fetch without a cause, as browsers give it, for a ConnectionError", () => {
    expect(toFlyteError(new TypeError("Failed to fetch"))).toBeInstanceOf(ConnectionError);
  });

  it("takes an AbortError for a CanceledError and keeps it as the cause", () => {
    const abort = new DOMException("left the page", "AbortError");
    const error = toFlyteError(abort);
    expect(error).toBeInstanceOf(CanceledError);
    expect(error.cause).toBe(abort);
  });

  it("takes a thrown value that is no error for UNKNOWN", () => {
    expect(toFlyteError("odd")).toMatchObject({ code: "UNKNOWN" });
    expect(toFlyteError(undefined)).toMatchObject({ code: "UNKNOWN" });
  });

  it("returns a FlyteError as it is, also out of Connect's wrapping, and fills in the context", () => {
    const own = new UnexpectedResponseError("came as HTML", {
      status: 200,
      contentType: "text/html",
      attempts: 1,
    });
    const wrapped = ConnectError.from(own);
    expect(toFlyteError(wrapped, { rpc: "GetTask", attempts: 3 })).toBe(own);
    expect(own).toMatchObject({ rpc: "GetTask", attempts: 3 });
  });

  it("leaves an error that never left the client at 0 attempts", () => {
    expect(
      toFlyteError(new InvalidFilterError("no", { field: "phase" }), { attempts: 1 }).attempts,
    ).toBe(0);
  });

  it.each([
    [Code.NotFound, "Not Found", /not a missing row: check baseUrl/],
    [
      Code.ResourceExhausted,
      "grpc: received message larger than max (5 vs. 4)",
      /smaller pageSize/,
    ],
    [Code.Unknown, "failed database operation with ERROR: invalid input syntax", /column's kind/],
    [Code.Unimplemented, "unknown service flyteidl.service.AuthMetadataService", /without sign-in/],
  ])("knows what code %s with the text %s means", (code, message, remedy) => {
    expect(toFlyteError(answer(code, message)).message).toMatch(remedy);
  });
});

describe("FlyteError", () => {
  it("is distinguished by class and by code", () => {
    const error = new NotFoundError("gone");
    expect(error).toBeInstanceOf(FlyteError);
    expect(error).toBeInstanceOf(Error);
    expect(error instanceof AlreadyExistsError).toBe(false);
    expect(isFlyteError(error)).toBe(true);
    expect(isFlyteError(error, "NOT_FOUND")).toBe(true);
    expect(isFlyteError(error, "INTERNAL")).toBe(false);
    expect(isFlyteError(new Error("gone"))).toBe(false);
    expect(isFlyteError(null)).toBe(false);
  });

  it("counts errors found before any I/O among the invalid arguments", () => {
    const error = new InvalidIdentifierError("empty", { path: "id.name" });
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "id.name",
      attempts: 0,
      name: "InvalidIdentifierError",
    });
  });

  it("is an instance across copies of the package", async () => {
    jest.resetModules();
    const copy = await import("../../src/errors/index.js");
    expect(copy.NotFoundError).not.toBe(NotFoundError);
    const error = new copy.NotFoundError("gone");
    expect(error instanceof NotFoundError).toBe(true);
    expect(error instanceof FlyteError).toBe(true);
    expect(error instanceof InvalidArgumentError).toBe(false);
    expect(isFlyteError(error, "NOT_FOUND")).toBe(true);
  });

  it("is an instance across realms", () => {
    const other: unknown = runInContext(
      `Object.defineProperty(new Error("gone"), Symbol.for("flyte-admin-client.error-kinds"), { value: ["NotFoundError", "FlyteError"] })`,
      createContext({}),
    );
    expect(other instanceof NotFoundError).toBe(true);
    expect(other instanceof ConnectionError).toBe(false);
  });

  it("lets a class of the user's own stand for its own instances only", () => {
    class OwnError extends NotFoundError {}
    expect(new OwnError("gone")).toBeInstanceOf(OwnError);
    expect(new OwnError("gone")).toBeInstanceOf(NotFoundError);
    expect(new NotFoundError("gone") instanceof OwnError).toBe(false);
  });

  it("has its class's name at the head of its stack", () => {
    expect(new NotFoundError("gone").stack).toMatch(/^NotFoundError: gone\n/);
  });

  it("is useful as JSON, when inspected and when cloned", () => {
    const error = toFlyteError(answer(Code.NotFound, "missing entity"), { rpc: "GetTask" });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: "NotFoundError",
      code: "NOT_FOUND",
      rpc: "GetTask",
      serverMessage: "missing entity",
      attempts: 1,
    });
    expect(inspect(error)).toMatch(/NotFoundError: GetTask failed with NOT_FOUND: missing entity/);
    expect(structuredClone(error).message).toBe(error.message);
  });

  it("writes bytes and 64-bit integers of details into JSON", () => {
    const error = new FlyteError("x", {
      details: [{ typeUrl: "type.googleapis.com/a.B", value: Uint8Array.of(1, 2, 3) }],
    });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ details: [{ value: "AQID" }] });
  });
});

describe("secrets", () => {
  const secret = "s3cr3t-V4lue";
  const jwt = `eyJhbGciOiJSUzI1NiJ9.${secret}.c2ln`;
  const everywhere = (error: FlyteError) =>
    [
      error.message,
      error.serverMessage,
      String(error),
      error.stack,
      inspect(error, { depth: 10, showHidden: true }),
      JSON.stringify(error),
      inspect(structuredClone(error), { depth: 10, showHidden: true }),
    ].join("\n");

  it.each([
    `https://store.example.com/bucket/key?X-Amz-Signature=${secret}`,
    `https://user:${secret}@flyte.example.com/api`,
    `cannot fetch "https://store.example.com/o?sig=${secret}" now`,
    `authorization: Bearer ${secret}`,
    `Bearer ${secret} was refused`,
    `Headers.append: "${secret}\nmore" is an invalid header value.`,
    `Set-Cookie: flyte_idt=${secret}; Path=/`,
    `token ${jwt} expired`,
    `/o?X-Goog-Signature=${secret}&x=1`,
    `grant: refresh_token=${secret}&client_id=a`,
    `https://a.example/cb#id_token=${secret}`,
  ])("do not come out of the text %s", (text) => {
    const errors = [
      new FlyteError(text, { serverMessage: text, cause: new Error(text) }),
      new SignedUrlError(text, { reason: "denied", status: 403, cause: text }),
      toFlyteError(answer(Code.Unknown, text)),
      toFlyteError(
        new TypeError("fetch failed", {
          cause: Object.assign(new Error(text), { code: "ECONNREFUSED" }),
        }),
      ),
      toFlyteError(new AggregateError([new Error(text)], text)),
    ];
    for (const error of errors) expect(everywhere(error)).not.toContain(secret);
  });

  it("do not come out of headers, requests and properties of a cause", () => {
    const cause = Object.assign(new Error("refused"), {
      headers: new Headers({ authorization: `Bearer ${secret}` }),
      config: { url: "/x", authorization: secret },
      token: secret,
      cause: Object.assign(new Error("deeper"), { password: secret }),
    });
    const connectError = new ConnectError(
      "no",
      Code.Unknown,
      { "set-cookie": `s=${secret}`, authorization: secret },
      undefined,
      cause,
    );
    const error = toFlyteError(connectError);
    expect(everywhere(error)).not.toContain(secret);
    expect(error.cause).toMatchObject({ message: "refused", cause: { message: "deeper" } });
  });

  it("leave a clean cause as it was", () => {
    const cause = new RangeError("too far", { cause: "really" });
    expect(new FlyteError("x", { cause }).cause).toBe(cause);
  });

  it("leave texts of FlyteAdmin unchanged", () => {
    const text =
      'missing entity of type TASK with identifier project:"p" name:"a.b" version:"v=1" at s3://bucket/a/b.pb';
    expect(new FlyteError(text, { serverMessage: text })).toMatchObject({
      message: text,
      serverMessage: text,
    });
  });
});
