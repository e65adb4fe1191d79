import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { describe, expect, test } from "@jest/globals";

import { ExecutionCreateRequestSchema } from "../../../gen/flyteidl/admin/execution_pb.js";
import { GetVersionResponseSchema } from "../../../gen/flyteidl/admin/version_pb.js";
import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { InMemoryFlyteAdmin } from "../../../src/testing.js";
import { fakeServer } from "./fake-rpcs.js";

describe("the in-process transport", () => {
  test("shares no object between callers and the server", async () => {
    const response = create(GetVersionResponseSchema, { controlPlaneVersion: { Build: "b" } });
    const server = fakeServer({ GetVersion: () => response });
    const client = createClient(AdminService, server.transport);
    const request = create(ExecutionCreateRequestSchema, { spec: { maxParallelism: 1 } });
    await client.createExecution(request);
    expect(server.handled[0]?.request).toEqual(request);
    expect(server.handled[0]?.request).not.toBe(request);
    const got = await client.getVersion({});
    expect(got).toEqual(response);
    expect(got.controlPlaneVersion).not.toBe(response.controlPlaneVersion);
    const logged = server.calls.calls[0];
    expect(logged?.request).toEqual(request);
    expect(logged?.request).not.toBe(logged?.request);
  });

  test("returns errors as they are, and INTERNAL for what is no status", async () => {
    const server = fakeServer({
      GetVersion: () => {
        throw new ConnectError("why", Code.NotFound);
      },
      GetDomains: () => {
        throw new Error("a mistake of the server");
      },
    });
    const client = createClient(AdminService, server.transport);
    await expect(client.getVersion({})).rejects.toMatchObject({
      code: Code.NotFound,
      rawMessage: "why",
    });
    await expect(client.getDomains({})).rejects.toMatchObject({ code: Code.Internal });
    expect(server.calls.calls.map(({ code }) => code)).toEqual(["NOT_FOUND", "INTERNAL"]);
  });

  test("ends at the deadline and at the caller's signal, and informs the handler", async () => {
    const ended: unknown[] = [];
    let begin = (): void => undefined;
    const server = fakeServer({
      GetVersion: (_, { signal }) => {
        begin();
        signal.addEventListener("abort", () => ended.push(signal.reason));
        return new Promise(() => undefined);
      },
    });
    const client = createClient(AdminService, server.transport);
    await expect(client.getVersion({}, { timeoutMs: 5 })).rejects.toMatchObject({
      code: Code.DeadlineExceeded,
    });
    const controller = new AbortController();
    const call = client.getVersion({}, { signal: controller.signal });
    await new Promise<void>((resolve) => {
      begin = resolve;
    });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: Code.Canceled });
    expect(ended).toHaveLength(2);
    expect(server.calls.calls.map(({ code }) => code)).toEqual(["DEADLINE_EXCEEDED", "CANCELLED"]);
  });

  test("refuses a message over 4 MiB, as a gRPC server does", async () => {
    const client = createClient(AdminService, fakeServer().transport);
    await expect(
      client.createExecution({ name: "x".repeat(4 * 1024 * 1024) }),
    ).rejects.toMatchObject({
      code: Code.ResourceExhausted,
      rawMessage: "grpc: received message larger than max (4194309 vs. 4194304)",
    });
  });

  test("hands over metadata, and the base of signed URLs", async () => {
    const server = fakeServer();
    await createClient(AdminService, server.transport).getVersion(
      {},
      { headers: { "x-mine": "1" } },
    );
    const context = server.handled[0]?.context;
    expect([context?.wire, context?.headers.get("x-mine"), context?.signedUrlBase]).toEqual([
      "in-process",
      "1",
      "http://storage.test",
    ]);
  });
});

describe("the log of calls", () => {
  test("keeps the newest ones, up to its bound", async () => {
    const server = fakeServer({}, { maxCalls: 3 });
    const client = createClient(AdminService, server.transport);
    for (let i = 0; i < 10; i++) await client.getProject({ id: String(i) });
    const ids = server.calls.calls.map(
      ({ request }) => (request as { id?: string } | undefined)?.id,
    );
    expect(ids).toEqual(["7", "8", "9"]);
    server.calls.clear();
    expect(server.calls.calls).toEqual([]);
  });
});

describe("an in-memory FlyteAdmin", () => {
  test("starts with its projects and domains, and answers over fetch", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], domains: ["development"] });
    const answer = await flyte.fetch("http://flyte.test/api/v1/projects", {
      headers: { accept: "application/json" },
    });
    expect(await answer.json()).toMatchObject({
      projects: [{ id: "flytesnacks", domains: [{ id: "development", name: "development" }] }],
    });
    expect(flyte.calls).toMatchObject([
      {
        wire: "rest",
        rpc: "ListProjects",
        code: "OK",
        status: 200,
        method: "GET",
        path: "/api/v1/projects",
      },
    ]);
    flyte.clearCalls();
    expect(flyte.calls).toEqual([]);
  });

  test("takes calls by name and bytes", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const service = "flyteidl.service.AdminService";
    await expect(flyte.call(service, "GetVersion", new Uint8Array())).resolves.toBeInstanceOf(
      Uint8Array,
    );
    await expect(flyte.call(service, "Nope", new Uint8Array())).rejects.toMatchObject({
      code: Code.Unimplemented,
    });
    const request = toBinary(ExecutionCreateRequestSchema, create(ExecutionCreateRequestSchema));
    await expect(flyte.call(service, "CreateExecution", request)).rejects.toMatchObject({
      code: Code.InvalidArgument,
    });
  });

  test("keeps blobs, and strikes with faults", async () => {
    const flyte = new InMemoryFlyteAdmin();
    flyte.putBlob("s3://bucket/key", new Uint8Array([1]));
    expect(flyte.getBlob("s3://bucket/key")).toEqual(new Uint8Array([1]));
    flyte.faults.add({ rpc: "ListTaskExecutions", times: 2, code: "UNAVAILABLE", delayMs: 1 });
    const client = createClient(AdminService, flyte.transport());
    await expect(client.listTaskExecutions({})).rejects.toMatchObject({ code: Code.Unavailable });
  });

  test("answers a request that was given up with its reason", async () => {
    const flyte = new InMemoryFlyteAdmin();
    flyte.faults.add({ rpc: "GetVersion", hang: true });
    const controller = new AbortController();
    const call = flyte.fetch("http://flyte.test/api/v1/version", { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
  });

  test("signs for the address that was asked", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const path = "/api/v1/dataproxy/artifact_urn?native_url=s3%3A%2F%2Fmy-s3-bucket%2Fkey";
    flyte.putBlob("s3://my-s3-bucket/key", new TextEncoder().encode("content"));
    const signedUrl = async (answer: Response): Promise<string> =>
      ((await answer.json()) as { signedUrl: string }).signedUrl;
    const inProcess = await signedUrl(await flyte.fetch(`http://flyte.test${path}`));
    expect(inProcess).toMatch(/^http:\/\/127\.0\.0\.1:30002\/my-s3-bucket\/key\?/);
    expect(await (await flyte.fetch(inProcess)).text()).toBe("content");
    await using server = await flyte.listen();
    const overSocket = await signedUrl(await fetch(server.httpUrl + path));
    expect(overSocket.startsWith(`${server.httpUrl}/my-s3-bucket/key?`)).toBe(true);
    expect(await (await fetch(overSocket)).text()).toBe("content");
  });
});
