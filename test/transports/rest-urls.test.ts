import {
  create,
  fromBinary,
  fromJson,
  ScalarType,
  toBinary,
  type DescField,
  type DescMessage,
  type DescMethod,
  type DescMethodUnary,
  type JsonObject,
  type JsonValue,
  type Message,
} from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import { restRoutes } from "../../gen/flyteidl/service/rest_routes.js";
import { InvalidIdentifierError, UnsupportedByTransportError } from "../../src/errors/index.js";
import { createRestTransport } from "../../src/transports/rest/index.js";
import { recordedReads } from "../support/recordings.js";

const methods = [
  AdminService,
  DataProxyService,
  SignalService,
  IdentityService,
  AuthMetadataService,
].flatMap((service) => service.methods);

interface Sent {
  readonly verb: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
}

/** Returns the request that the transport passes to `fetch` for a message; the answer is a message with the id that was asked for. */
async function sent(
  method: DescMethodUnary,
  message: Message,
  baseUrl = "http://flyte.test",
): Promise<Sent> {
  let seen: Sent | undefined;
  const transport = createRestTransport({
    baseUrl,
    fetch: (input, init) => {
      const url = new URL(input);
      const { body } = init;
      seen = {
        verb: init.method ?? "GET",
        path: url.pathname,
        query: parseQuery(url.search.slice(1)),
        headers: new Headers(init.headers),
        body: body instanceof Uint8Array ? body : undefined,
      };
      const answer = toBinary(method.output, echoOf(method, message));
      return Promise.resolve(
        new Response(answer, { headers: { "content-type": "application/octet-stream" } }),
      );
    },
  });
  await transport.unary(method, undefined, undefined, undefined, message);
  if (seen === undefined) throw new Error("nothing was sent");
  return seen;
}

function echoOf(method: DescMethodUnary, message: Message): Message {
  const request = reflect(method.input, message);
  const answer = reflect(method.output);
  const asked = request.fields.find(({ name }) => name === "id");
  const told = answer.fields.find(({ name }) => name === "id");
  if (asked?.message !== undefined && asked.message === told?.message) {
    answer.set(told, request.get(asked));
  }
  return answer.message;
}

function parseQuery(query: string): (readonly [string, string])[] {
  return [...new URLSearchParams(query)];
}

function unaryMethod(method: DescMethod): DescMethodUnary {
  if (method.methodKind !== "unary") throw new Error(`${method.name} is not unary`);
  // Nothing distinguishes the two types but what was checked.
  return method as DescMethodUnary;
}

function sorted(query: readonly (readonly [string, string])[]): readonly string[] {
  return query.map(([name, value]) => `${name}=${value}`).sort();
}

describe("recorded requests", () => {
  const recorded = recordedReads().flatMap(({ rest, ...call }) =>
    rest === undefined ? [] : [{ ...call, rest }],
  );
  type Call = (typeof recorded)[number];
  const pathOf = ({ rest }: Call) => rest.path.split("?", 1)[0] ?? "";
  const hasEmptyPart = (call: Call) => /\/\/|\/$/.test(pathOf(call));
  const hasSlashInName = (call: Call) => pathOf(call).includes("%2F");
  const hasEmptySort = ({ name }: Call) => name === "empty sort";
  const isOrdinary = (call: Call) =>
    !hasEmptyPart(call) && !hasSlashInName(call) && !hasEmptySort(call);
  const send = (call: Call) => sent(unaryMethod(call.method), call.request);

  it.each(recorded.filter(isOrdinary).map((each) => [each.name, each] as const))(
    "are sent as they were: %s",
    async (_, call) => {
      const { verb, path, query, body, headers } = await send(call);
      const expected = new URL(call.rest.path, "http://flyte.test");
      expect(`${verb} ${path}`).toBe(`${call.rest.verb} ${expected.pathname}`);
      expect(sorted(query)).toEqual(sorted(parseQuery(expected.search.slice(1))));
      expect(headers.get("accept")).toBe("application/octet-stream");
      const recordedBody = call.rest.requestBody;
      const { input } = call.method;
      if (typeof recordedBody === "string") {
        expect(body && fromBinary(input, body)).toEqual(
          fromBinary(input, base64Decode(recordedBody)),
        );
        expect(headers.get("content-type")).toBe("application/octet-stream");
      } else {
        expect(body).toBeUndefined();
        expect([...headers.keys()]).toEqual(["accept"]);
      }
    },
  );

  it("with an empty part in the path are refused before any I/O", async () => {
    const refused = recorded.filter(hasEmptyPart);
    expect(refused.length).toBeGreaterThan(1);
    for (const call of refused) {
      await expect(send(call)).rejects.toBeInstanceOf(InvalidIdentifierError);
    }
  });

  it("with an empty sort are refused, as the gateway would sort where gRPC answers with an error", async () => {
    const [call] = recorded.filter(hasEmptySort);
    await expect(send(call!)).rejects.toBeInstanceOf(UnsupportedByTransportError);
  });

  it("with a slash in a name go by the query, where the recorded path was answered 404", async () => {
    const urls = await Promise.all(recorded.filter(hasSlashInName).map(send));
    expect(
      urls.map(({ path, query }) => [path, query.find(([name]) => name === "id.name")]),
    ).toEqual([
      ["/api/v1/tasks/flytesnacks/development", ["id.name", "ns/with/slash"]],
      ["/api/v1/tasks/flytesnacks/development/_/v1", ["id.name", "ns/with/slash"]],
    ]);
  });
});

describe("request messages of GET routes", () => {
  const getMethods = methods.filter(
    (method): method is DescMethodUnary =>
      method.methodKind === "unary" && bindings(method)[0]?.startsWith("GET ") === true,
  );

  it("are more than forty, and only GetOrCreateSignal has no route", () => {
    expect(getMethods.length).toBeGreaterThan(38);
    expect(
      methods.filter((method) => bindings(method).length === 0).map((each) => each.name),
    ).toEqual(["GetOrCreateSignal"]);
  });

  it.each(getMethods.map((method) => [method.name, method] as const))(
    "of %s come out of path and query as they went in",
    async (_, method) => {
      await fc.assert(
        fc.asyncProperty(contentOf(method.input, pathNames(method), ""), async (content) => {
          const message = fromJson(method.input, content);
          const { path, query } = await sent(method, message);
          const read = fromJson(method.input, readBack(method, path, query));
          expect(toBinary(method.input, read)).toEqual(toBinary(method.input, message));
        }),
        { numRuns: 60 },
      );
    },
  );
});

/** The fields in the paths of a method, as its options write them. */
function pathNames(method: DescMethodUnary): string[] {
  return templates(method).flatMap((template) =>
    [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ""),
  );
}

function templates(method: DescMethodUnary): string[] {
  return bindings(method).map((binding) => binding.split(" ")[1] ?? "");
}

function bindings({ parent, name }: DescMethod): readonly string[] {
  return restRoutes[parent.typeName]?.[name]?.bindings ?? [];
}

/** Contents of a request as JSON with protobuf's names, complete where the path asks for it. */
function contentOf(
  desc: DescMessage,
  inPath: readonly string[],
  prefix: string,
): fc.Arbitrary<JsonObject> {
  const required: string[] = [];
  const fields = desc.fields.map((field) => {
    const name = prefix + field.name;
    const isInPath = inPath.some((path) => path === name || path.startsWith(`${name}.`));
    if (isInPath) required.push(field.name);
    return [field.name, valueOf(field, name, inPath, isInPath)] as const;
  });
  return fc.record(Object.fromEntries(fields), { requiredKeys: required });
}

function valueOf(
  field: DescField,
  name: string,
  inPath: readonly string[],
  isInPath: boolean,
): fc.Arbitrary<JsonValue> {
  if (field.fieldKind === "message" && field.message.typeName === "google.protobuf.Duration") {
    return fc
      .tuple(
        fc.integer({ min: -9_000_000, max: 9_000_000 }),
        fc.integer({ min: 0, max: 999_999_999 }),
      )
      .map(([seconds, nanos]) => `${seconds}.${nanos.toString().padStart(9, "0")}s`);
  }
  if (field.fieldKind === "message") {
    // A query cannot express a message without content; its own test says so.
    return contentOf(field.message, inPath, `${name}.`).filter(
      (content) =>
        isInPath ||
        Object.values(content).some(
          (value) =>
            value !== "" &&
            value !== field.message.fields.find((each) => each.enum)?.enum?.values[0]?.name,
        ),
    );
  }
  if (field.fieldKind === "enum")
    return fc.constantFrom(...field.enum.values.map((value) => value.name));
  if (field.fieldKind !== "scalar") throw new Error(`no values for ${name}`);
  switch (field.scalar) {
    case ScalarType.STRING: {
      const text = fc.string({ unit: "binary", maxLength: 12 });
      const inPathText = text.filter(
        (value) => !["", ".", ".."].includes(value) && !value.includes("/"),
      );
      return isInPath ? inPathText : text;
    }
    case ScalarType.UINT32:
      return fc.nat();
    case ScalarType.INT32:
      return fc.integer();
    default:
      throw new Error(`no values for ${name}`);
  }
}

/** Reads a request back by the gateway's rules, from the template's text alone. */
function readBack(
  method: DescMethodUnary,
  path: string,
  query: readonly (readonly [string, string])[],
): JsonObject {
  const parts = path.split("/").map((part) => decodeURIComponent(part));
  const template = templates(method).find((each) => {
    const segments = each.split("/");
    return (
      segments.length === parts.length &&
      segments.every((segment, at) => segment.startsWith("{") || segment === parts[at])
    );
  });
  const message: JsonObject = {};
  const put = (name: string, value: string) => {
    const names = name.split(".");
    const last = names.pop() ?? "";
    let at = message;
    for (const each of names) {
      const next = at[each];
      at = at[each] = typeof next === "object" && next !== null && !Array.isArray(next) ? next : {};
    }
    at[last] = value;
  };
  (template ?? "").split("/").forEach((segment, at) => {
    if (segment.startsWith("{")) put(segment.slice(1, -1), parts[at] ?? "");
  });
  for (const [name, value] of query) put(name, value);
  return message;
}

describe("the address of a request", () => {
  const getTask = AdminService.method.getTask;
  const id = { project: "p", domain: "d", name: "n", version: "v" };

  it("is behind the path prefix of the base URL", async () => {
    const { path } = await sent(
      getTask,
      create(getTask.input, { id }),
      "https://flyte.test/some/prefix/",
    );
    expect(path).toBe("/some/prefix/api/v1/tasks/p/d/n/v");
  });

  it("names unset parts by their path and sends nothing", async () => {
    await expect(
      sent(getTask, create(getTask.input, { id: { ...id, version: "" } })),
    ).rejects.toMatchObject({
      name: "InvalidIdentifierError",
      path: "id.version",
      rpc: "GetTask",
      attempts: 0,
    });
    await expect(sent(getTask, create(getTask.input))).rejects.toMatchObject({
      path: "id.project",
    });
  });

  it.each(["a/b", ".", ".."])("carries the task name %s by the query", async (name) => {
    const { path, query } = await sent(
      getTask,
      create(getTask.input, { id: { ...id, name } }),
    ).catch((error: unknown): never => {
      // The empty answer is not the row; what was asked is in the error.
      throw error;
    });
    expect(path).toBe("/api/v1/tasks/p/d/_/v");
    expect(query).toEqual([["id.name", name]]);
  });

  it("lists the versions of a name with a slash over the shorter path", async () => {
    const list = AdminService.method.listTasks;
    const { path, query } = await sent(
      list,
      create(list.input, { id: { project: "p", domain: "d", name: "a/b" }, limit: 5 }),
    );
    expect(path).toBe("/api/v1/tasks/p/d");
    expect(query).toEqual([
      ["id.name", "a/b"],
      ["limit", "5"],
    ]);
  });

  it.each(["a/b", ".", ".."])("cannot carry the node id %s, and says what can", async (nodeId) => {
    const get = AdminService.method.getNodeExecution;
    const executionId = { project: "p", domain: "d", name: "e" };
    const error = await sent(get, create(get.input, { id: { executionId, nodeId } })).catch(
      (each: unknown) => each,
    );
    expect(error).toBeInstanceOf(UnsupportedByTransportError);
    expect(error).toMatchObject({ transport: "REST", rpc: "GetNodeExecution", attempts: 0 });
    expect(String(error)).toMatch(/id\.nodeId.*gRPC/);
  });

  it("cannot carry an empty message in a query", async () => {
    const list = AdminService.method.listProjects;
    const error = await sent(list, create(list.input, { sortBy: {} })).catch(
      (each: unknown) => each,
    );
    expect(error).toBeInstanceOf(UnsupportedByTransportError);
    expect(String(error)).toContain("sort_by");
  });

  it("cannot carry an enum's value that the server does not know, nor half a surrogate pair", async () => {
    const attributes = AdminService.method.listMatchableAttributes;
    await expect(
      sent(attributes, fromJson(attributes.input, { resourceType: 99 })),
    ).rejects.toThrow(/resource_type \(99\): .* enum value/);
    const list = AdminService.method.listProjects;
    await expect(sent(list, create(list.input, { filters: "\ud800" }))).rejects.toThrow(
      /surrogate/,
    );
    await expect(
      sent(getTask, create(getTask.input, { id: { ...id, name: "\ud800" } })),
    ).rejects.toThrow(/surrogate/);
  });

  it("refuses an RPC without a route", async () => {
    const signal = SignalService.method.getOrCreateSignal;
    await expect(sent(signal, create(signal.input))).rejects.toMatchObject({
      name: "UnsupportedByTransportError",
      rpc: "GetOrCreateSignal",
    });
  });

  it("moves a long query into the body of a form where no POST meets the path", async () => {
    const list = AdminService.method.listTaskExecutions;
    const nodeExecutionId = { executionId: { project: "p", domain: "d", name: "e" }, nodeId: "n" };
    const filters = `value_in(phase,${"FAILED;".repeat(2000)}ABORTED)`;
    const { verb, path, query, headers, body } = await sent(
      list,
      create(list.input, { nodeExecutionId, limit: 7, filters }),
    );
    expect([verb, path, query]).toEqual(["POST", "/api/v1/task_executions/p/d/e/n", []]);
    expect(headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(parseQuery(new TextDecoder().decode(body))).toEqual([
      ["limit", "7"],
      ["filters", filters],
    ]);
  });

  it("keeps a long query in the address where a POST to the path is another RPC", async () => {
    const list = AdminService.method.listProjects;
    const filters = `value_in(name,${"x;".repeat(5000)}y)`;
    const { verb, query } = await sent(list, create(list.input, { filters }));
    expect([verb, query]).toEqual(["GET", [["filters", filters]]]);
  });
});
