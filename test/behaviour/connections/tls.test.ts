import { inspect } from "node:util";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";

import { AdminClient, ConnectionError, InvalidOptionError } from "../../../src/index.js";
import { createGrpcTransport, createNodeFetch, type TlsOptions } from "../../../src/node.js";
import { InMemoryFlyteAdmin, type ListeningServer } from "../../../src/testing.js";
import { startChild } from "../../support/child.js";
import { openProxy, type ProxyManner, type TestProxy } from "../../support/http-proxy.js";
import { openTlsFront, tlsFile, type TlsFrontOptions } from "../../support/tls-front.js";

const ca = tlsFile("ca.pem");
const otherCa = tlsFile("other-ca.pem");
const own = { cert: tlsFile("client.pem"), key: tlsFile("client.key") };
const strangers = { cert: tlsFile("server.pem"), key: tlsFile("server.key") };
const password = "planted-password-5150";

const ways = (["grpc", "rest"] as const).flatMap((wire) =>
  (["directly", "through a proxy"] as const).map((way) => [wire, way] as const),
);

describe.each(ways)("TLS over %s %s", (wire, way) => {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const closers: (() => unknown)[] = [];
  let server: ListeningServer;
  let proxy: TestProxy;

  beforeAll(async () => {
    server = await flyte.listen();
    proxy = await openProxy();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });

  async function frontOf(options: TlsFrontOptions = {}) {
    const target = wire === "grpc" ? server.grpcUrl : server.httpUrl;
    const front = await openTlsFront(target, [wire === "grpc" ? "h2" : "http/1.1"], options);
    closers.push(() => front.close());
    return front;
  }

  const urlOf = (port: number): string => `http://me:${password}@127.0.0.1:${port}`;
  const usualProxy = () => (way === "directly" ? undefined : urlOf(proxy.port));

  function clientOf(port: number, tls: TlsOptions, proxyUrl = usualProxy(), timeoutMs = 5000) {
    const baseUrl = `https://localhost:${port}`;
    const admin = new AdminClient({
      retry: false,
      timeoutMs,
      ...(wire === "grpc"
        ? { transport: createGrpcTransport({ baseUrl, tls, proxyUrl }) }
        : { baseUrl, fetch: createNodeFetch({ tls, proxyUrl }) }),
    });
    closers.push(() => {
      admin.close();
    });
    return admin;
  }

  async function failureOf(admin: AdminClient): Promise<Error> {
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof Error)) throw new Error("the call was answered");
    const everything = `${inspect(error, { depth: 10, showHidden: true })}${JSON.stringify(error)}`;
    expect(everything).not.toContain(password);
    expect(everything).not.toContain(btoa(`me:${password}`));
    expect(everything).not.toContain("PRIVATE KEY");
    return error;
  }

  it("shows a certificate of the client's to a server that demands one", async () => {
    const front = await frontOf({ demands: true });
    await clientOf(front.port, { ca, ...own }).identity.getServerVersion();
    expect(front.clients).toEqual(["client"]);
  });

  it.each(["TLSv1.2", "TLSv1.3"] as const)(
    "says that the server demands a certificate where none was given (%s)",
    async (maxVersion) => {
      const front = await frontOf({ demands: true, maxVersion });
      const error = await failureOf(clientOf(front.port, { ca }));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error.message).toMatch(/demands? a certificate of the client's.* tls: { cert, key }/);
      expect(error.message).toContain(`localhost:${front.port}`);
    },
  );

  it("fails where the server does not accept the client's certificate", async () => {
    const front = await frontOf({ demands: true });
    const error = await failureOf(clientOf(front.port, { ca, ...strangers }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain(`localhost:${front.port}`);
    expect(front.clients).toEqual([]);
  });

  it("says which names a certificate has that is not the address's", async () => {
    const front = await frontOf({ shows: "internal" });
    const error = await failureOf(clientOf(front.port, { ca: otherCa }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain("DNS:flyte.internal");
    expect(error.message).toContain("tls: { servername }");
  });

  it("takes the certificate of the name that it expects, and of no other", async () => {
    const front = await frontOf({ shows: "internal" });
    const expecting = (servername: string) => clientOf(front.port, { ca: otherCa, servername });
    expect(await expecting("flyte.internal").identity.getServerVersion()).toBeDefined();
    expect((await failureOf(expecting("flyte.elsewhere"))).message).toContain("flyte.elsewhere");
  });

  it("takes no certificate of an authority that it does not know, and says how to name it", async () => {
    const front = await frontOf();
    const error = await failureOf(clientOf(front.port, {}));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toContain("tls: { ca }");
  });

  it("takes any certificate where it is explicitly allowed to", async () => {
    const front = await frontOf({ shows: "internal" });
    const tls = { dangerouslyAcceptAnyCertificate: true };
    expect(await clientOf(front.port, tls).identity.getServerVersion()).toBeDefined();
    const isChecked = clientOf(front.port, { dangerouslyAcceptAnyCertificate: false });
    expect(await failureOf(isChecked)).toBeInstanceOf(ConnectionError);
  });

  it("says so where what answers has no TLS", async () => {
    const port = Number(new URL(server.httpUrl).port);
    const error = await failureOf(clientOf(port, { ca }));
    expect(error.message).toContain(
      "is not TLS. Begin the address with http://, or set insecure: true",
    );
  });

  it("lets a script end by itself that has closed nothing", async () => {
    const front = await frontOf();
    const child = startChild(new URL("children/one-call.ts", import.meta.url), {
      wire,
      baseUrl: `https://localhost:${front.port}`,
      ca,
      proxyUrl: usualProxy(),
    });
    closers.push(() => child.process.kill());
    expect(await child.line()).toBe("nothing keeps it alive");
    expect(await child.ended).toBe(0);
  });

  if (way === "directly") return;

  it("sends each tunnel's target and the proxy's user to the proxy alone", async () => {
    const front = await frontOf();
    proxy.asked.length = 0;
    await clientOf(front.port, { ca }).identity.getServerVersion();
    expect(proxy.asked).toEqual([
      { target: `localhost:${front.port}`, authorization: `Basic ${btoa(`me:${password}`)}` },
    ]);
  });

  it.each<[ProxyManner, string]>([
    [407, "answered 407 instead of opening a tunnel. It asks for a user and a password"],
    [403, "answered 403 instead of opening a tunnel"],
    [502, "answered 502 instead of opening a tunnel"],
  ])("says that the proxy answered %s", async (manner, words) => {
    const refusing = await openProxy(() => manner);
    closers.push(() => refusing.close());
    const error = await failureOf(clientOf(1, { ca }, urlOf(refusing.port)));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ rpc: "GetVersion", attempts: 1 });
    expect(error.message).toContain(`the proxy 127.0.0.1:${refusing.port} ${words}`);
  });

  it("says that the proxy cannot be reached, and that it closes the connection", async () => {
    const gone = await openProxy();
    await gone.close();
    const unreached = await failureOf(clientOf(1, { ca }, urlOf(gone.port)));
    expect(unreached).toBeInstanceOf(ConnectionError);
    expect(unreached.message).toContain(
      `the proxy 127.0.0.1:${gone.port} cannot be reached: connect ECONNREFUSED`,
    );
    const closed = await failureOf(clientOf(1, { ca }));
    expect(closed).toBeInstanceOf(ConnectionError);
    expect(closed.message).toContain(`the proxy 127.0.0.1:${proxy.port} closed the connection`);
  });

  it("ends in time where the proxy is silent, and leaves no connection to it", async () => {
    const silent = await openProxy(() => "silence");
    closers.push(() => silent.close());
    const admin = clientOf(1, { ca }, urlOf(silent.port), 150);
    expect(await failureOf(admin)).toMatchObject({ code: "DEADLINE_EXCEEDED" });
    expect(silent.asked).toHaveLength(1);
    while (silent.open > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await failureOf(admin)).toMatchObject({ code: "DEADLINE_EXCEEDED" });
    expect(silent.asked).toHaveLength(2);
  });
});

describe.each([
  ["grpc", (tls: TlsOptions) => createGrpcTransport({ baseUrl: "https://flyte.test", tls })],
  ["rest", (tls: TlsOptions) => createNodeFetch({ tls })],
] as const)("TLS options over %s", (_, open) => {
  const failureOf = (tls: TlsOptions): unknown => {
    try {
      open(tls);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it.each([
    [{ cert: own.cert }, "tls.key", "is missing"],
    [{ key: own.key }, "tls.cert", "is missing"],
    [{ cert: own.cert, key: tlsFile("internal.key") }, "tls", "cannot be used"],
    [
      { ca: "/etc/ssl/ca.pem", cert: "/etc/ssl/me.pem", key: "/etc/ssl/me.key" },
      "tls",
      "not paths",
    ],
    [
      { rejectUnauthorized: false },
      "tls.rejectUnauthorized",
      "dangerouslyAcceptAnyCertificate: true",
    ],
    [{ cacert: ca }, "cacert", "is not a property of tls"],
    [
      { dangerouslyAcceptAnyCertificate: "false" },
      "tls.dangerouslyAcceptAnyCertificate",
      "true or false",
    ],
  ])("refuse what cannot be, before any call (%#)", (tls, option, words) => {
    const error = failureOf(tls as TlsOptions);
    expect(error).toBeInstanceOf(InvalidOptionError);
    expect(error).toMatchObject({ option });
    expect(String(error)).toContain(words);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("PRIVATE KEY");
  });
});

describe("Node's own options of a gRPC transport", () => {
  it.each([
    [{ rejectUnauthorized: false }, "dangerouslyAcceptAnyCertificate: true"],
    [{ rejectUnauthorized: true }, "Certificates are checked"],
    [{ ca }, "Write tls: { ca }"],
    [{ servername: "flyte.internal" }, "Write tls: { servername }"],
  ])("leave to tls what it has (%#)", (nodeOptions, words) => {
    const open = () =>
      createGrpcTransport({ baseUrl: "https://flyte.test", nodeOptions: nodeOptions as object });
    expect(open).toThrow(InvalidOptionError);
    expect(open).toThrow(words);
  });

  it("are passed on beside it", async () => {
    const flyte = new InMemoryFlyteAdmin();
    await using server = await flyte.listen();
    const front = await openTlsFront(server.grpcUrl, ["h2"], { maxVersion: "TLSv1.2" });
    const transport = createGrpcTransport({
      baseUrl: `https://localhost:${front.port}`,
      tls: { ca },
      nodeOptions: { minVersion: "TLSv1.3" },
    });
    using admin = new AdminClient({ transport, retry: false });
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    await front.close();
    expect(error).toBeInstanceOf(ConnectionError);
    expect(String(error)).toContain("TLS failed (tlsv1 alert protocol version)");
  });
});
