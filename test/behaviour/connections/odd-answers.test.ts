import { createServer, type RequestListener } from "node:http";
import { createServer as createHttp2Server } from "node:http2";

import { afterEach, describe, expect, it } from "@jest/globals";

import { AdminClient, type AdminClientOptions, FlyteError } from "../../../src/index.js";
import { createGrpcWebTransport } from "../../../src/grpc-web.js";
import { createGrpcTransport } from "../../../src/node.js";
import { InMemoryFlyteAdmin, seedTree } from "../../../src/testing.js";
import { listenOnLoopback } from "../../../tools/lib/loopback.mjs";
import { everyOutput } from "../../support/every-output.js";
import { goingAwayProxy } from "../../support/going-away-proxy.js";
import { rawHttp2Server } from "../../support/raw-http2-server.js";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function clientOf(options: AdminClientOptions): AdminClient {
  const admin = new AdminClient(options);
  closers.push(() => {
    admin.close();
  });
  return admin;
}

async function errorOf(admin: AdminClient): Promise<FlyteError> {
  const error: unknown = await admin.identity.getServerVersion().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FlyteError);
  return error as FlyteError;
}

async function http1(answer: RequestListener): Promise<string> {
  const { url, close } = await listenOnLoopback(createServer(answer));
  closers.push(close);
  return url;
}

const token = "planted-token.90210.8d1c";
const headers = {
  authorization: `Bearer ${token}`,
  "flyte-authorization": `Bearer ${token}`,
  cookie: `flyte_at=${token}`,
  "x-tenant-key": token,
};

const http1Wires: Readonly<Record<string, (baseUrl: string) => AdminClientOptions>> = {
  "REST by the runtime's fetch": (baseUrl) => ({ baseUrl, credentials: "include" }),
  "gRPC-Web": (baseUrl) => ({ transport: createGrpcWebTransport({ baseUrl }) }),
  Connect: (baseUrl) => ({
    transport: createGrpcWebTransport({ baseUrl, protocol: "connect", credentials: "include" }),
  }),
};

describe.each(Object.entries(http1Wires))("over %s", (_, options) => {
  it.each([301, 302, 303, 307, 308])(
    "a redirect %i to another origin is not followed, and no credential goes there",
    async (status) => {
      const reached: unknown[] = [];
      const elsewhere = await http1((request, response) => {
        reached.push(request.headers);
        response.end();
      });
      const url = await http1((_, response) => {
        const location = `${elsewhere}/api/v1/version?signature=${token}#${token}`;
        response.writeHead(status, { location }).end(`moved to ${location}`);
      });
      const error = await errorOf(clientOf({ headers, retry: false, ...options(url) }));
      expect(reached).toEqual([]);
      expect(error.message).toContain(`redirect ${status} to "${elsewhere}/api/v1/version`);
      expect(everyOutput(error)).not.toContain(token);
    },
  );
});

describe("over REST, an answer", () => {
  /** A version whose build ends in the middle of a character of three bytes. */
  const cutText = Buffer.from([0x0a, 6, 0x12, 4, 0x61, 0x62, 0xe2, 0x82]);

  it("whose text ends in the middle of a character is an error of the answer", async () => {
    const url = await http1((_, response) => {
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(cutText);
    });
    const error = await errorOf(clientOf({ baseUrl: url, retry: false }));
    expect(error).toMatchObject({ code: "INTERNAL", serverMessage: undefined });
  });

  it("that ends before its stated length, in the middle of a character, is sent for again", async () => {
    let asked = 0;
    const whole = Buffer.from([0x0a, 7, 0x12, 5, 0x61, 0x62, 0xe2, 0x82, 0xac]);
    const url = await http1((_, response) => {
      asked += 1;
      response.writeHead(200, {
        "content-type": "application/octet-stream",
        "content-length": whole.length,
      });
      if (asked > 1) response.end(whole);
      else response.write(whole.subarray(0, -1), () => response.destroy());
    });
    const admin = clientOf({ baseUrl: url, retry: { initialBackoffMs: 1 } });
    expect((await admin.identity.getServerVersion())?.Version).toBe("ab€");
    expect(asked).toBe(2);
  });

  it.each([
    ["retry-after", ["1", "2"]],
    ["content-type", ["application/octet-stream", "text/html"]],
    ["x-request-id", ["a", "b"]],
  ])("with the header %s twice ends in a FlyteError at once", async (name, values) => {
    const url = await http1((_, response) => {
      response.setHeader(name, values);
      response.writeHead(503).end();
    });
    const error = await errorOf(clientOf({ baseUrl: url, retry: false }));
    expect(error.code).toBe("UNAVAILABLE");
  });
});

describe("over gRPC", () => {
  it.each([
    ["no grpc-status", { ":status": "200", "content-type": "application/grpc" }],
    [
      "a grpc-status that is no number",
      { ":status": "200", "content-type": "application/grpc", "grpc-status": "x" },
    ],
    [
      "a grpc-status beyond the codes",
      { ":status": "200", "content-type": "application/grpc", "grpc-status": "4711" },
    ],
    [
      "a NUL in its text",
      {
        ":status": "200",
        "content-type": "application/grpc",
        "grpc-status": "5",
        "grpc-message": "no%00such%1b[2Jrow",
      },
    ],
    [
      "a text that ends in the middle of an escape",
      {
        ":status": "200",
        "content-type": "application/grpc",
        "grpc-status": "5",
        "grpc-message": "no row %e2%8",
      },
    ],
    [
      "details that are no base64",
      {
        ":status": "200",
        "content-type": "application/grpc",
        "grpc-status": "5",
        "grpc-message": "no row",
        "grpc-status-details-bin": "%%%",
      },
    ],
  ])("an answer with %s ends in a FlyteError, and the next call works", async (_, answer) => {
    await using server = await rawHttp2Server((stream) => {
      stream.sendHeaders(
        stream.request === 1
          ? answer
          : {
              ":status": "200",
              "content-type": "application/grpc",
              "grpc-status": "12",
              "grpc-message": "second",
            },
      );
    });
    const admin = clientOf({
      transport: createGrpcTransport({ baseUrl: server.url }),
      retry: false,
    });
    const error = await errorOf(admin);
    expect(error.code).not.toBe("UNAUTHENTICATED");
    // eslint-disable-next-line no-control-regex
    expect(everyOutput(error)).not.toMatch(/[\u0000\u001b]/);
    expect(await errorOf(admin)).toMatchObject({ code: "UNIMPLEMENTED", serverMessage: "second" });
  });

  it("a trailer that is NUL bytes ends its call, and the next call works", async () => {
    await using server = await rawHttp2Server((stream) => {
      const isFirst = stream.request === 1;
      stream.sendHeaders({
        ":status": "200",
        "content-type": "application/grpc",
        "grpc-status": "5",
        "grpc-message": isFirst ? "\u0000\u0000" : "second",
      });
    });
    const admin = clientOf({
      transport: createGrpcTransport({ baseUrl: server.url }),
      timeoutMs: 20_000,
      retry: false,
    });
    await errorOf(admin);
    expect(await errorOf(admin)).toMatchObject({ serverMessage: "second" });
  });

  it.each([301, 307, 308])("a redirect %i is not followed", async (status) => {
    const server = createHttp2Server().on("stream", (stream) => {
      stream.respond({ ":status": status, location: `http://evil.test/?t=${token}` });
      stream.end();
    });
    const { url, close } = await listenOnLoopback(server);
    closers.push(close);
    const transport = createGrpcTransport({ baseUrl: url });
    const error = await errorOf(clientOf({ headers, retry: false, transport }));
    expect(error.message).toContain(String(status));
    expect(everyOutput(error)).not.toContain(token);
  });

  it.each([2, 5])(
    "a wide walk returns all rows in order while each connection leaves (GOAWAY) after %i answers",
    async (answers) => {
      const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
      const executionId = await seedTree(flyte, {
        project: "flytesnacks",
        domain: "development",
        name: "wide",
        nodes: 80,
        parents: 0,
      });
      const listening = await flyte.listen();
      closers.push(() => listening.close());
      const proxy = await goingAwayProxy(Number(new URL(listening.grpcUrl).port), answers);
      closers.push(() => proxy.close());
      const admin = clientOf({
        transport: createGrpcTransport({ baseUrl: proxy.url }),
        timeoutMs: 0,
        // No time passes, so that no wait can be too long.
        retry: { delay: () => Promise.resolve(), budget: Infinity, maxOutageMs: Infinity },
      });
      const undisturbed = clientOf({ transport: flyte.transport() });
      const names = async (of: AdminClient, readAhead: number) => {
        const list = of.nodeExecutions.list({ executionId }, { pageSize: 4, readAhead });
        return (await list.toArray({ limit: 1_000 })).map(({ id }) => id?.nodeId);
      };
      const expected = await names(undisturbed, 0);
      expect(expected).toHaveLength(80);
      expect(await names(admin, 6)).toEqual(expected);
      expect(proxy.left).toBeGreaterThan(2);
    },
  );
});
