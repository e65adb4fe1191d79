import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, test } from "@jest/globals";

import { EventFailureReasonSchema } from "../../../gen/flyteidl/admin/event_pb.js";
import {
  ExecutionCreateRequestSchema,
  ExecutionSchema,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import { GetVersionResponseSchema } from "../../../gen/flyteidl/admin/version_pb.js";
import { TaskExecutionSchema } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { StatusSchema } from "../../../gen/google/rpc/status_pb.js";
import { type FakeServer, fakeServer } from "../wires/fake-rpcs.js";
import { ask, messageOf } from "./ask.js";

const withVersion = (): FakeServer =>
  fakeServer({
    GetVersion: () => create(GetVersionResponseSchema, { controlPlaneVersion: { Build: "b" } }),
  });

describe("bodies of the REST gateway", () => {
  test("are binary for exactly application/octet-stream", async () => {
    const told = await ask(withVersion(), "/api/v1/version", {
      accept: ["application/octet-stream"],
    });
    expect(told.status).toBe(200);
    expect(Object.fromEntries(told.headers)).toEqual({
      "content-type": "application/octet-stream",
      "grpc-metadata-content-type": "application/grpc",
    });
    expect(fromBinary(GetVersionResponseSchema, told.body).controlPlaneVersion?.Build).toBe("b");
  });

  test("have proto names for exactly application/json, and camelCase names for anything else", async () => {
    const proto = { control_plane_version: { Build: "b", Version: "", BuildTime: "" } };
    const camel = { controlPlaneVersion: { Build: "b", Version: "", BuildTime: "" } };
    const accepts: readonly (readonly [readonly string[], unknown])[] = [
      [["application/json"], proto],
      [[], camel],
      [["*/*"], camel],
      [["application/json; charset=utf-8"], camel],
      [["application/json, text/plain, */*"], camel],
      [["application/x-protobuf"], camel],
      [["text/html", "application/json"], proto],
    ];
    for (const [accept, json] of accepts) {
      const told = await ask(withVersion(), "/api/v1/version", { accept });
      expect(told.headers.get("content-type")).toBe("application/json");
      expect(told.json).toEqual(json);
    }
  });

  test("follow the request's content type where Accept names no format", async () => {
    const told = await ask(withVersion(), "/api/v1/version", {
      headers: { "content-type": "application/octet-stream; v=1", accept: "*/*" },
    });
    expect(told.headers.get("content-type")).toBe("application/octet-stream");
  });

  test("show what is not set, but not the members of a oneof", async () => {
    const server = fakeServer({
      GetTaskExecution: () =>
        create(TaskExecutionSchema, {
          inputUri: "s3://b/k",
          closure: {
            startedAt: { seconds: 5n, nanos: 120_000_000 },
            duration: { seconds: 5n, nanos: 500_000_000 },
          },
        }),
    });
    const told = await ask(server, "/api/v1/task_executions/p/d/e/n/p/d/t/v/0", {
      accept: ["application/json"],
    });
    expect(told.json).toEqual({
      id: null,
      input_uri: "s3://b/k",
      is_parent: false,
      closure: {
        phase: "UNDEFINED",
        logs: [],
        started_at: "1970-01-01T00:00:05.120Z",
        duration: "5.500s",
        created_at: null,
        updated_at: null,
        custom_info: null,
        reason: "",
        task_type: "",
        metadata: null,
        event_version: 0,
        reasons: [],
        log_context: null,
      },
    });
  });

  test("may come in JSON and go out binary", async () => {
    const server = fakeServer({ CreateExecution: () => create(ExecutionSchema) });
    const told = await ask(server, "/api/v1/executions", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/octet-stream" },
      body: '{"project":"p","spec":{"launchPlan":{"name":"x","resource_type":"LAUNCH_PLAN"},"max_parallelism":"5"}}',
    });
    expect(told.headers.get("content-type")).toBe("application/octet-stream");
    expect(server.handled[0]?.request).toMatchObject({
      project: "p",
      spec: { launchPlan: { name: "x", resourceType: 3 }, maxParallelism: 5 },
    });
  });

  test("may come binary", async () => {
    const server = fakeServer();
    const message = create(ExecutionCreateRequestSchema, { project: "p", name: "n" });
    const body = toBinary(ExecutionCreateRequestSchema, message);
    await ask(server, "/api/v1/executions", {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body,
    });
    expect(server.handled[0]?.request).toMatchObject({ project: "p", name: "n" });
  });

  test("have the ids of the path, whatever they say themselves", async () => {
    const server = fakeServer();
    await ask(server, "/api/v1/executions/p/d/n", {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: '{"id":{"project":"other","org":"o"},"state":"EXECUTION_ARCHIVED"}',
    });
    expect(server.handled[0]?.request).toMatchObject({
      id: { project: "p", domain: "d", name: "n", org: "o" },
      state: 1,
    });
  });

  test("that are empty are an empty message", async () => {
    const server = fakeServer();
    const told = await ask(server, "/api/v1/executions", { method: "POST", body: "  \n" });
    expect(told.status).toBe(200);
    expect(server.handled[0]?.request).toMatchObject({ project: "" });
  });

  test.each([
    ['{"project":"p","domain":"d","x":1}', 'proto: (line 1:29): unknown field "x"'],
    ['{\n "spec": {"é": 1, "nope": {}}}', 'proto: (line 2:11): unknown field "é"'],
    ['{"project":1}', "proto: (line 1:12): invalid value for string field project: 1"],
    ['{"spec":[]}', "proto: syntax error (line 1:9): unexpected token ["],
    [
      '{"spec":{"launchPlan":{"resourceType":"NOPE"}}}',
      'proto: (line 1:39): invalid value for enum field resourceType: "NOPE"',
    ],
    ['{"project":"a","project":"b"}', 'proto: (line 1:16): duplicate field "project"'],
    [
      '{"spec":{"maxParallelism":1.5}}',
      "proto: (line 1:27): invalid value for int32 field maxParallelism: 1.5",
    ],
    ["hello", "invalid character 'h' looking for beginning of value"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1', "unexpected EOF"],
    ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
    ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
  ])("%s is INVALID_ARGUMENT as application/json", async (body, message) => {
    const told = await ask(fakeServer(), "/api/v1/executions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(told.status).toBe(400);
    expect(messageOf(told)).toBe(message);
  });

  test("of no named type may have unknown members", async () => {
    const server = fakeServer();
    const told = await ask(server, "/api/v1/executions", {
      method: "POST",
      body: '{"x":{"y":[1]},"project":"p"}',
    });
    expect(told.status).toBe(200);
    expect(server.handled[0]?.request).toMatchObject({ project: "p" });
  });

  test("take bytes in both alphabets of base64, with or without padding", async () => {
    const server = fakeServer();
    for (const md5 of ["+/8=", "-_8=", "-_8"]) {
      await ask(server, "/api/v1/dataproxy/artifact_urn", {
        method: "POST",
        body: JSON.stringify({ contentMd5: md5 }),
      });
    }
    expect(server.handled.map(({ request }) => request)).toMatchObject(
      [0, 1, 2].map(() => ({ contentMd5: new Uint8Array([0xfb, 0xff]) })),
    );
  });

  test("take durations only as texts", async () => {
    const server = fakeServer();
    const path = "/api/v1/dataproxy/artifact_urn";
    await ask(server, path, { method: "POST", body: '{"expires_in":"60s"}' });
    expect(server.handled[0]?.request).toMatchObject({ expiresIn: { seconds: 60n } });
    const told = await ask(server, path, { method: "POST", body: '{"expires_in":"60"}' });
    expect(messageOf(told)).toBe('proto: (line 1:15): invalid google.protobuf.Duration value "60"');
  });

  test("that are bad binary are INVALID_ARGUMENT", async () => {
    const told = await ask(fakeServer(), "/api/v1/executions", {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array([0xff, 0xff]),
    });
    expect(told.status).toBe(400);
    expect(fromBinary(StatusSchema, told.body)).toMatchObject({
      code: 3,
      message: "proto: cannot parse invalid wire-format data",
    });
  });

  test("of errors are a Status in the answer's format, details with their types", async () => {
    const server = fakeServer({
      TerminateExecution: () => {
        const value = {
          reason: { case: "alreadyInTerminalState", value: { currentPhase: "FAILED" } },
        } as const;
        throw new ConnectError("too late", Code.FailedPrecondition, undefined, [
          { desc: EventFailureReasonSchema, value },
        ]);
      },
    });
    const told = await ask(server, "/api/v1/executions/p/d/n", {
      method: "DELETE",
      accept: ["application/json"],
    });
    expect(told.status).toBe(400);
    expect(told.headers.has("grpc-metadata-content-type")).toBe(false);
    expect(told.json).toEqual({
      code: 9,
      message: "too late",
      details: [
        {
          "@type": "type.googleapis.com/flyteidl.admin.EventFailureReason",
          already_in_terminal_state: { current_phase: "FAILED" },
        },
      ],
    });
    const binary = await ask(server, "/api/v1/executions/p/d/n", {
      method: "DELETE",
      accept: ["application/octet-stream"],
    });
    expect(fromBinary(StatusSchema, binary.body)).toMatchObject({
      code: 9,
      details: [{ typeUrl: "type.googleapis.com/flyteidl.admin.EventFailureReason" }],
    });
  });

  test.each([
    [Code.Canceled, 499],
    [Code.Unknown, 500],
    [Code.InvalidArgument, 400],
    [Code.DeadlineExceeded, 504],
    [Code.NotFound, 404],
    [Code.AlreadyExists, 409],
    [Code.PermissionDenied, 403],
    [Code.ResourceExhausted, 429],
    [Code.FailedPrecondition, 400],
    [Code.Aborted, 409],
    [Code.OutOfRange, 400],
    [Code.Unimplemented, 501],
    [Code.Internal, 500],
    [Code.Unavailable, 503],
    [Code.DataLoss, 500],
    [Code.Unauthenticated, 401],
  ])("of code %i come with HTTP status %i", async (code, status) => {
    const server = fakeServer({
      GetVersion: () => {
        throw new ConnectError("why", code);
      },
    });
    const told = await ask(server, "/api/v1/version");
    expect(told.status).toBe(status);
    expect(told.headers.get("www-authenticate")).toBe(status === 401 ? "why" : null);
  });

  test("of a refusal repeat its text in WWW-Authenticate, in one line of UTF-8", async () => {
    const server = fakeServer({
      GetVersion: () => {
        throw new ConnectError("später\nnicht", Code.Unauthenticated);
      },
    });
    const told = await ask(server, "/api/v1/version");
    const header = told.headers.get("www-authenticate") ?? "";
    expect(Buffer.from(header, "latin1").toString()).toBe("später nicht");
  });

  test("of an error text over the header limit say only that the stream ended", async () => {
    const server = fakeServer({
      GetVersion: () => {
        throw new ConnectError("x".repeat(31_900), Code.NotFound);
      },
    });
    const told = await ask(server, "/api/v1/version");
    expect([told.status, messageOf(told)]).toEqual([
      500,
      "stream terminated by RST_STREAM with error code: INTERNAL_ERROR",
    ]);
  });

  test("over 4 MiB are RESOURCE_EXHAUSTED by their protobuf size, in and out", async () => {
    const big = "x".repeat(4 * 1024 * 1024);
    const server = fakeServer({
      GetVersion: () => create(GetVersionResponseSchema, { controlPlaneVersion: { Build: big } }),
    });
    const out = await ask(server, "/api/v1/version");
    expect([out.status, messageOf(out)]).toEqual([
      429,
      "grpc: received message larger than max (4194314 vs. 4194304)",
    ]);
    const inward = await ask(server, "/api/v1/executions", {
      method: "POST",
      body: JSON.stringify({ name: big }),
    });
    expect([inward.status, messageOf(inward)]).toEqual([
      429,
      "grpc: received message larger than max (4194309 vs. 4194304)",
    ]);
  });
});
