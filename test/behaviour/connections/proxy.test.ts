import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { AdminClient } from "../../../src/index.js";
import { createGrpcTransport, createNodeFetch } from "../../../src/node.js";
import { InMemoryFlyteAdmin, type ListeningServer } from "../../../src/testing.js";
import { openProxy, type TestProxy } from "../../support/http-proxy.js";

describe("an HTTP proxy", () => {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  let server: ListeningServer;
  let proxy: TestProxy;

  beforeAll(async () => {
    server = await flyte.listen();
    proxy = await openProxy(({ authorization }) => (authorization === undefined ? 407 : "tunnel"));
  });
  afterAll(async () => {
    await server.close();
    await proxy.close();
  });

  it("carries calls, with the user and password of its address", async () => {
    const proxyUrl = `http://me:pass%20word@127.0.0.1:${proxy.port}`;
    const transport = createGrpcTransport({ baseUrl: server.grpcUrl, proxyUrl });
    using admin = new AdminClient({ transport });
    const versions = await Promise.all([1, 2, 3].map(() => admin.identity.getServerVersion()));
    expect(versions).toHaveLength(3);
    expect(proxy.asked).toEqual([
      {
        target: new URL(server.grpcUrl).host,
        authorization: `Basic ${btoa("me:pass word")}`,
      },
    ]);
  });

  it("carries REST, by a fetch of its own", async () => {
    proxy.asked.length = 0;
    const fetch = createNodeFetch({ proxyUrl: `http://me:pass@127.0.0.1:${proxy.port}` });
    using admin = new AdminClient({ baseUrl: server.httpUrl, fetch });
    expect(await admin.identity.getServerVersion()).toBeDefined();
    expect(proxy.asked).toMatchObject([{ target: new URL(server.httpUrl).host }]);
  });

  it("that refuses fails the call with the proxy's answer and without its password", async () => {
    const transport = createGrpcTransport({
      baseUrl: server.grpcUrl,
      proxyUrl: `http://127.0.0.1:${proxy.port}`,
    });
    using admin = new AdminClient({ transport, timeoutMs: 2000 });
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "UNAVAILABLE" });
    expect(String(error)).toContain(`127.0.0.1:${proxy.port} answered 407`);
  });

  it("must have an address of http", () => {
    expect(() =>
      createGrpcTransport({ baseUrl: server.grpcUrl, proxyUrl: "socks5://me:secret@host:1" }),
    ).toThrow(expect.objectContaining({ option: "proxyUrl" }));
  });

  it("must have a user and a password that can be read", () => {
    const open = () => createNodeFetch({ proxyUrl: "http://me:planted%zz@127.0.0.1:1" });
    expect(open).toThrow(expect.objectContaining({ option: "proxyUrl" }));
    expect(open).not.toThrow("planted");
  });
});
