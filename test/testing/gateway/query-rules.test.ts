import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { ExecutionListSchema } from "../../../gen/flyteidl/admin/execution_pb.js";
import { fakeServer } from "../wires/fake-rpcs.js";
import { ask, messageOf } from "./ask.js";

const list = "/api/v1/executions/p/d";
const download = "/api/v1/dataproxy/artifact_urn";

describe("query parameters of the REST gateway", () => {
  test("fill fields by proto or camelCase names, nested by dots", async () => {
    const server = fakeServer();
    await ask(
      server,
      `${list}?limit=100&token=7&sort_by.key=id&sortBy.direction=ASCENDING&filters=eq(a%2C1)%2Beq(b,2)&id.name=x`,
    );
    expect(server.handled[0]?.request).toMatchObject({
      id: { project: "p", domain: "d", name: "x" },
      limit: 100,
      token: "7",
      sortBy: { key: "id", direction: 1 },
      filters: "eq(a,1)+eq(b,2)",
    });
  });

  test("have a plus read as a space", async () => {
    const server = fakeServer();
    await ask(server, `${list}?filters=eq(a,1)+eq(b,2)`);
    expect(server.handled[0]?.request).toMatchObject({ filters: "eq(a,1) eq(b,2)" });
  });

  test("with unknown names are left unread, but make the messages on their way", async () => {
    const server = fakeServer();
    await ask(server, `${list}?sort_by_key=id&Limit=5&sort_by.bogus=1`);
    expect(server.handled[0]?.request).toMatchObject({ limit: 0, sortBy: { key: "" } });
  });

  test.each([
    ["limit=", 'parsing field "limit": strconv.ParseUint: parsing "": invalid syntax'],
    ["limit=-1", 'parsing field "limit": strconv.ParseUint: parsing "-1": invalid syntax'],
    ["limit=2.0", 'parsing field "limit": strconv.ParseUint: parsing "2.0": invalid syntax'],
    ["limit=2e1", 'parsing field "limit": strconv.ParseUint: parsing "2e1": invalid syntax'],
    ["limit=%2B2", 'parsing field "limit": strconv.ParseUint: parsing "+2": invalid syntax'],
    [
      "limit=4294967296",
      'parsing field "limit": strconv.ParseUint: parsing "4294967296": value out of range',
    ],
    ["sort_by.direction=7", 'parsing field "direction": "7" is not a valid value'],
    ["sort_by.direction=asc", 'parsing field "direction": "asc" is not a valid value'],
    ["sort_by.direction=", 'parsing field "direction": "" is not a valid value'],
    ["token=2&token=3", 'too many values for field "token": 2, 3'],
    ["sort_by=id", 'parsing field "sort_by": unsupported message type: "flyteidl.admin.Sort"'],
    ["filters=a;b", "invalid semicolon separator in query"],
    ["filters=%zz", 'invalid URL escape "%zz"'],
    ["filters=%2", 'invalid URL escape "%2"'],
    ["limit.x=1", 'invalid path: "limit" is not a message'],
  ])("%s is INVALID_ARGUMENT", async (query, message) => {
    const told = await ask(fakeServer(), `${list}?${query}`);
    expect(told.status).toBe(400);
    expect(messageOf(told)).toBe(message);
  });

  test("that are no UTF-8 are INTERNAL, but not under an unknown name", async () => {
    const told = await ask(fakeServer(), `${list}?token=%ff`);
    expect([told.status, messageOf(told)]).toEqual([
      500,
      "grpc: error while marshaling: string field contains invalid UTF-8",
    ]);
    expect((await ask(fakeServer(), `${list}?bogus=%ff`)).status).toBe(200);
  });

  test.each([
    ["expires_in=3600s", 3600n, 0],
    ["expires_in=1h", 3600n, 0],
    ["expires_in=60.5s", 60n, 500_000_000],
    ["expires_in=1h2m3s4ms", 3723n, 4_000_000],
    ["expires_in=-1.5s", -1n, -500_000_000],
    ["expires_in=0", 0n, 0],
    ["expires_in.seconds=60", 60n, 0],
  ])("take the duration %s", async (query, seconds, nanos) => {
    const server = fakeServer();
    await ask(server, `${download}?${query}`);
    expect(server.handled[0]?.request).toMatchObject({ expiresIn: { seconds, nanos } });
  });

  test.each([
    ["expires_in=60", 'parsing field "expires_in": time: missing unit in duration "60"'],
    ["expires_in=5x", 'parsing field "expires_in": time: unknown unit "x" in duration "5x"'],
    ["expires_in=", 'parsing field "expires_in": time: invalid duration ""'],
  ])("refuse the duration %s", async (query, message) => {
    expect(messageOf(await ask(fakeServer(), `${download}?${query}`))).toBe(message);
  });

  test("carry any text through encodeURIComponent", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        const server = fakeServer();
        await ask(server, `${list}?filters=${encodeURIComponent(text)}`);
        expect(server.handled[0]?.request).toMatchObject({ filters: text });
      }),
    );
  });

  test("are taken from a form that is sent by POST where only GET is declared", async () => {
    const server = fakeServer({
      ListExecutions: () => create(ExecutionListSchema, { token: "5" }),
    });
    const told = await ask(server, `${list}?token=2`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: "limit=5&filters=eq(a%2Cb+c)",
    });
    expect(server.handled[0]?.request).toMatchObject({
      limit: 5,
      token: "2",
      filters: "eq(a,b c)",
    });
    expect(told.json).toEqual({ executions: [], token: "5" });
  });

  test("are not taken from a form with a charset, which is a wrong verb then", async () => {
    const told = await ask(fakeServer(), list, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: "limit=5",
    });
    expect(told.status).toBe(501);
  });

  test("of a form reach a GET beside a POST route only with the override header", async () => {
    const server = fakeServer();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const form = { method: "POST", body: "limit=5" };
    expect((await ask(server, "/api/v1/projects", { ...form, headers })).status).toBe(400);
    const override = { ...headers, "x-http-method-override": "get" };
    expect((await ask(server, "/api/v1/projects", { ...form, headers: override })).status).toBe(
      200,
    );
    const json = { "content-type": "application/json", "x-http-method-override": "GET" };
    await ask(server, "/api/v1/projects", { method: "POST", headers: json, body: "{}" });
    expect(server.handled.map(({ rpc }) => rpc)).toEqual(["ListProjects", "RegisterProject"]);
  });

  test("are left unread where the route takes a body", async () => {
    const server = fakeServer();
    await ask(server, "/api/v1/executions/p/d/n?cause=query", { method: "DELETE" });
    expect(server.handled[0]).toMatchObject({
      rpc: "TerminateExecution",
      request: { cause: "", id: { name: "n" } },
    });
  });
});
