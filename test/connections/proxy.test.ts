import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { AdminClient } from "../../src/index.js";
import { createGrpcTransport, createNodeFetch } from "../../src/node.js";
import { InMemoryFlyteAdmin, type ListeningServer } from "../../src/testing.js";

describe("an HTTP proxy", () => {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const asked: { target: string | undefined; authorization: string | undefined }[] = [];
  let server: ListeningServer;
  let proxy: Server;
  let port: number;

  beforeAll(async () => {
    server = await flyte.listen();
    proxy = createServer();
    proxy.on("connect", (request, socket) => {
      const authorization = request.headers["proxy-authorization"];
      asked.push({ target: request.url, authorization });
      socket.on("error", () => undefined);
      if (authorization === undefined) {
        socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        return;
      }
      const { hostname, port } = new URL(`http://${request.url}`);
      const far = connect(Number(port), hostname, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        far.pipe(socket).pipe(far);
      });
      far.on("error", () => socket.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    port = (proxy.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await server.close();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it("carries calls, with the user and password of its address", async () => {
    const proxyUrl = `http://me:pass%20word@127.0.0.1:${port}`;
    const transport = createGrpcTransport({ baseUrl: server.grpcUrl, proxyUrl });
    using admin = new AdminClient({ transport });
    const versions = await Promise.all([1, 2, 3].map(() => admin.identity.getServerVersion()));
    expect(versions).toHaveLength(3);
    expect(asked).toEqual([
      {
        target: new URL(server.grpcUrl).host,
        authorization: `Basic ${btoa("me:pass word")}`,
      },
    ]);
  });

  it("carries REST, by a fetch of its own", async () => {
    asked.length = 0;
    const fetch = createNodeFetch({ proxyUrl: `http://me:pass@127.0.0.1:${port}` });
    using admin = new AdminClient({ baseUrl: server.httpUrl, fetch });
    expect(await admin.identity.getServerVersion()).toBeDefined();
    expect(asked).toMatchObject([{ target: new URL(server.httpUrl).host }]);
  });

  it("that refuses fails the call with the proxy's answer and without its password", async () => {
    const transport = createGrpcTransport({
      baseUrl: server.grpcUrl,
      proxyUrl: `http://127.0.0.1:${port}`,
    });
    using admin = new AdminClient({ transport, timeoutMs: 2000 });
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "UNAVAILABLE" });
    expect(String(error)).toContain(`127.0.0.1:${port} answered 407`);
  });

  it("must have an address of http", () => {
    expect(() =>
      createGrpcTransport({ baseUrl: server.grpcUrl, proxyUrl: "socks5://me:secret@host:1" }),
    ).toThrow(expect.objectContaining({ option: "proxyUrl" }));
  });
});
