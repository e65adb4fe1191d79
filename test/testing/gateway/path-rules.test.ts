import { describe, expect, test } from "@jest/globals";

import { fakeServer } from "../wires/fake-rpcs.js";
import { ask, messageOf } from "./ask.js";

const idOf = (request: unknown): unknown => (request as { id?: unknown }).id;

describe("paths of the REST gateway", () => {
  test("fill the fields that the template names", async () => {
    const server = fakeServer();
    const told = await ask(server, "/api/v1/tasks/p/d/n/v1");
    expect(told.status).toBe(200);
    expect(server.handled[0]).toMatchObject({
      rpc: "GetTask",
      request: { id: { project: "p", domain: "d", name: "n", version: "v1" } },
    });
  });

  test("are decoded before they are split, so an encoded slash separates", async () => {
    const server = fakeServer();
    await ask(server, "/api/v1/tasks/p/d/a%2Fb");
    expect(server.handled[0]).toMatchObject({
      rpc: "GetTask",
      request: { id: { name: "a", version: "b" } },
    });
    const longer = await ask(server, "/api/v1/tasks/p/d/a%2Fb%2Fc/v1");
    expect(longer.status).toBe(404);
  });

  test("encoded twice stay encoded once", async () => {
    const server = fakeServer();
    await ask(server, "/api/v1/tasks/p/d/a%252Fb/v1");
    expect(server.handled[0]).toMatchObject({ request: { id: { name: "a%2Fb" } } });
  });

  test("keep a plus, and take spaces, colons and dots", async () => {
    const server = fakeServer();
    await ask(server, "/api/v1/tasks/p/d/a+b%20c:d.e%3F%23/v;1,2*");
    expect(server.handled[0]).toMatchObject({
      request: { id: { name: "a+b c:d.e?#", version: "v;1,2*" } },
    });
  });

  test("with a trailing slash have an empty last field", async () => {
    const server = fakeServer();
    await ask(server, "/api/v1/tasks/p/d/name/");
    expect(server.handled[0]).toMatchObject({
      rpc: "GetTask",
      request: { id: { name: "name", version: "" } },
    });
  });

  test.each([
    ["/api/v1/tasks/p//d?limit=5&x=a%2Cb", "/api/v1/tasks/p/d?limit=5&x=a%2Cb"],
    ["/api/v1/task_executions/////////", "/api/v1/task_executions/"],
    ["/api/v1/tasks/p/../d/./n", "/api/v1/tasks/d/n"],
    ["/api/v1/tasks//a%20b", "/api/v1/tasks/a%2520b"],
  ])("%s are cleaned by a redirect", async (target, location) => {
    const told = await ask(fakeServer(), target);
    expect(told.status).toBe(307);
    expect(told.headers.get("location")).toBe(location);
    expect(told.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(told.text).toContain(
      `<a href="${location.replaceAll("&", "&amp;")}">Temporary Redirect</a>.\n\n`,
    );
  });

  test("that are cleaned for another verb than GET get no page", async () => {
    const told = await ask(fakeServer(), "/api/v1//tasks", { method: "POST", body: "{}" });
    expect(told.status).toBe(307);
    expect(told.body).toHaveLength(0);
    expect(told.headers.get("location")).toBe("/api/v1/tasks");
  });

  test("with an encoded dot segment reach the server", async () => {
    const server = fakeServer();
    await ask(server, "/api/v1/tasks/p/d/%2E%2E/v1");
    expect(server.handled[0]).toMatchObject({ request: { id: { name: ".." } } });
  });

  test("that are bad percent-encoding get a plain 400 from the HTTP server", async () => {
    const told = await ask(fakeServer(), "/api/v1/tasks/%zz");
    expect([told.status, told.headers.get("content-type"), told.text]).toEqual([
      400,
      "text/plain; charset=utf-8",
      "400 Bad Request",
    ]);
  });

  test("that are no UTF-8 are INTERNAL", async () => {
    const told = await ask(fakeServer(), "/api/v1/tasks/p/d/a%ff/v1", {
      accept: ["application/json"],
    });
    expect(told.status).toBe(500);
    expect(told.json).toEqual({
      code: 13,
      message: "grpc: error while marshaling: string field contains invalid UTF-8",
      details: [],
    });
  });

  test.each(["/api/v1/nothing", "/", "/api/v1/version/", "/API/v1/version"])(
    "%s is an unknown path",
    async (path) => {
      const told = await ask(fakeServer(), path);
      expect(told.status).toBe(404);
      expect(told.json).toEqual({ code: 5, message: "Not Found", details: [] });
    },
  );

  test.each(["POST", "HEAD", "PATCH", "DELETE"])(
    "do not take the verb %s where only GET is declared",
    async (method) => {
      const told = await ask(fakeServer(), "/api/v1/version", { method });
      expect(told.status).toBe(501);
      if (method !== "HEAD")
        expect(told.json).toEqual({ code: 12, message: "Method Not Allowed", details: [] });
    },
  );

  test.each([
    ["/api/v1/named_entities/WORKFLOW/p/d", 2],
    ["/api/v1/named_entities/2/p/d", 2],
  ])("%s takes an enum by name or number", async (path, resourceType) => {
    const server = fakeServer();
    await ask(server, path);
    expect(server.handled[0]?.request).toMatchObject({ resourceType });
  });

  test.each([
    [
      "/api/v1/named_entities/workflow/p/d",
      "type mismatch, parameter: resource_type, error: workflow is not valid",
    ],
    [
      "/api/v1/named_entities/99/p/d",
      "type mismatch, parameter: resource_type, error: 99 is not valid",
    ],
    [
      "/api/v1/description_entities/x/p/d/n/v",
      'type mismatch, parameter: id.resource_type, error: parsing field "resource_type": "x" is not a valid value',
    ],
    [
      "/api/v1/task_executions/p/d/e/n/p/d/t/v/first",
      'type mismatch, parameter: id.retry_attempt, error: parsing field "retry_attempt": strconv.ParseUint: parsing "first": invalid syntax',
    ],
  ])("%s is INVALID_ARGUMENT", async (path, message) => {
    const told = await ask(fakeServer(), path);
    expect(told.status).toBe(400);
    expect(messageOf(told)).toBe(message);
  });

  test("let some query parameters override them, by an accident of the server", async () => {
    const server = fakeServer();
    await ask(server, "/api/v1/tasks/p/d/n/v?id.project=P&id.domain=D&id.name=N&id.version=V");
    await ask(server, "/api/v1/executions/p/d/n?id.project=P&id.name=N");
    await ask(server, "/api/v1/workflows/p/d/n?id.project=P&id.name=N");
    expect(server.handled.map(({ request }) => idOf(request))).toEqual([
      expect.objectContaining({ project: "P", domain: "d", name: "N", version: "v" }),
      expect.objectContaining({ project: "p", domain: "d", name: "n" }),
      expect.objectContaining({ project: "p", domain: "d", name: "n" }),
    ]);
  });

  test("of nodes and attempts let names of the execution and the task override them", async () => {
    const server = fakeServer();
    await ask(
      server,
      "/api/v1/node_executions/p/d/e/n?id.execution_id.project=P&id.execution_id.name=E&id.node_id=N",
    );
    await ask(
      server,
      "/api/v1/task_executions/p/d/e/n?node_execution_id.execution_id.project=P&node_execution_id.execution_id.name=E&node_execution_id.node_id=N&nodeExecutionId.nodeId=M",
    );
    await ask(
      server,
      "/api/v1/task_executions/p/d/e/n/tp/td/tn/tv/0?id.task_id.name=ns%2Fname&id.retry_attempt=5",
    );
    expect(server.handled.map(({ request }) => request)).toMatchObject([
      { id: { nodeId: "n", executionId: { project: "P", domain: "d", name: "E" } } },
      { nodeExecutionId: { nodeId: "n", executionId: { project: "P", domain: "d", name: "E" } } },
      { id: { taskId: { name: "ns/name" }, retryAttempt: 0 } },
    ]);
  });
});
