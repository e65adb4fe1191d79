import { createServer } from "node:http";
import { rootCertificates } from "node:tls";
import { inspect } from "node:util";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";

import { AdminClient, clientCredentials, createAuth, fetchSignedUrl } from "../../../src/index.js";
import { connect, createGrpcTransport, createNodeFetch } from "../../../src/node.js";
import { FakeIssuer, InMemoryFlyteAdmin } from "../../../src/testing.js";
import { nodeTlsElsewhere } from "../../../src/transports/grpc/index.js";
import { openProxy, type TestProxy } from "../../support/http-proxy.js";
import { openTlsFront, tlsFile, type TlsFrontOptions } from "../../support/tls-front.js";
import { listenOnLoopback } from "../../../tools/lib/loopback.mjs";

const ca = tlsFile("names-ca.pem");
const own = { cert: tlsFile("client.pem"), key: tlsFile("client.key") };

const issuer = new FakeIssuer();
const open = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const guarded = new InMemoryFlyteAdmin({
  projects: ["flytesnacks"],
  signIn: { issuer, allowedAudience: ["http://aud.test"] },
});
const storage = createServer((request, response) => {
  request.resume();
  response.end("stored");
});
const urls = { grpc: "", rest: "", issuer: "", storage: "", guarded: "" };
const closers: (() => unknown)[] = [];
let proxy: TestProxy;

type Peer = "grpc" | "rest" | "issuer" | "storage";

beforeAll(async () => {
  const server = await open.listen();
  const signedIn = await guarded.listen();
  const idp = await issuer.listen();
  proxy = await openProxy();
  const stored = await listenOnLoopback(storage);
  urls.grpc = server.grpcUrl;
  urls.rest = server.httpUrl;
  urls.guarded = signedIn.httpUrl;
  urls.issuer = idp.url;
  urls.storage = stored.url;
  closeAtEnd.push(
    () => server.close(),
    () => signedIn.close(),
    () => idp.close(),
    () => proxy.close(),
    () => stored.close(),
  );
});
const closeAtEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  for (const close of closeAtEnd) await close();
});

async function frontOf(peer: Peer, options: TlsFrontOptions) {
  const front = await openTlsFront(urls[peer], [peer === "grpc" ? "h2" : "http/1.1"], options);
  closers.push(() => front.close());
  return front;
}

/** Asks each kind of peer at an address, with options of TLS that are for the server. */
const ask: Readonly<
  Record<Peer, (baseUrl: string, proxyUrl: string | undefined) => Promise<unknown>>
> = {
  grpc: (baseUrl, proxyUrl) => {
    const transport = createGrpcTransport({ baseUrl, tls: { ca }, proxyUrl });
    const admin = new AdminClient({ transport, retry: false });
    closers.push(() => {
      admin.close();
    });
    return admin.identity.getServerVersion();
  },
  rest: (baseUrl, proxyUrl) => {
    const fetch = createNodeFetch({ tls: { ca }, baseUrl, proxyUrl });
    return new AdminClient({ baseUrl, fetch, retry: false }).identity.getServerVersion();
  },
  issuer: (baseUrl, proxyUrl) =>
    createAuth({
      baseUrl: urls.guarded,
      flow: clientCredentials({ clientId: "service", clientSecret: "service-secret" }),
      tokenUrl: `${baseUrl}/token`,
      fetch: createNodeFetch({ tls: { ca }, baseUrl: urls.guarded, proxyUrl }),
    }).ensureSignedIn(),
  storage: (baseUrl, proxyUrl) =>
    fetchSignedUrl(`${baseUrl}/bucket/key?X-Amz-Signature=s`, {
      fetch: createNodeFetch({ tls: { ca }, baseUrl: urls.guarded, proxyUrl }),
      maxRetries: 0,
    }).bytes(),
};

const peers: readonly Peer[] = ["grpc", "rest", "issuer", "storage"];
const table = peers.flatMap((peer) =>
  (["directly", "through a proxy"] as const).flatMap((way) =>
    (["localhost", "127.0.0.1"] as const).flatMap((host) =>
      (["only-name", "only-ip", "elsewhere"] as const).map((shows) => ({
        peer,
        way,
        host,
        shows,
        fits: shows === (host === "localhost" ? "only-name" : "only-ip"),
      })),
    ),
  ),
);

describe("the name in a certificate", () => {
  it.each(table)(
    "$peer $way at $host takes the certificate $shows: $fits",
    async ({ peer, way, host, shows, fits }) => {
      const front = await frontOf(peer, { shows });
      const proxyUrl = way === "directly" ? undefined : `http://127.0.0.1:${proxy.port}`;
      proxy.asked.length = 0;
      const failure: unknown = await ask[peer](`https://${host}:${front.port}`, proxyUrl).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (fits) expect(failure).toBeUndefined();
      else
        expect(inspect(failure, { depth: 9 })).toMatch(
          /certificate's altnames|ERR_TLS_CERT_ALTNAME_INVALID/,
        );
      expect(proxy.asked.some(({ target }) => target === `${host}:${front.port}`)).toBe(
        way !== "directly",
      );
    },
  );
});

describe("mistakes of certificates", () => {
  it.each(["grpc", "rest"] as const)("over %s are not tried again", async (wire) => {
    const front = await frontOf(wire, { shows: "elsewhere" });
    const baseUrl = `https://localhost:${front.port}`;
    for (const tls of [{ ca }, {}]) {
      using admin = new AdminClient(
        wire === "grpc"
          ? { transport: createGrpcTransport({ baseUrl, tls }) }
          : { baseUrl, fetch: createNodeFetch({ tls }) },
      );
      await expect(admin.identity.getServerVersion()).rejects.toMatchObject({
        code: "UNAVAILABLE",
        attempts: 1,
      });
    }
  });
});

describe("the tls option of connect", () => {
  const places = { env: {}, home: "/no/such/home" };

  it("shows the client's certificate to the server alone", async () => {
    const server = await frontOf("rest", { shows: "only-name", demands: true });
    const idp = await frontOf("issuer", { shows: "only-name", asks: true });
    const stored = await frontOf("storage", { shows: "only-name", asks: true });
    using admin = await connect({
      ...places,
      wire: "rest",
      endpoint: `https://localhost:${server.port}`,
      tls: { ca, ...own },
      flow: "none",
      interceptors: [
        (next) => async (request) => {
          const response = await next(request);
          if (!response.stream && "signedUrl" in response.message) {
            const url = `https://localhost:${stored.port}/bucket/key?X-Amz-Signature=s`;
            Object.assign(response.message, { signedUrl: url });
          }
          return response;
        },
      ],
    });
    await admin.dataProxy.upload({
      project: "flytesnacks",
      domain: "development",
      filename: "a",
      body: new Uint8Array(3),
    });
    expect(server.clients).toContain("client");
    expect(stored.clients).toEqual(["none"]);
    expect(idp.clients).toEqual([]);
  });

  it("leaves the issuer its own name, certificate check and authorities", async () => {
    const trusted = await frontOf("issuer", { shows: "only-name", asks: true });
    const unknown = await frontOf("issuer", { shows: "server", asks: true });
    const options = {
      ...places,
      wire: "rest",
      endpoint: urls.guarded,
      authType: "ClientSecret",
      clientId: "service",
      clientSecret: "service-secret",
      audience: "http://aud.test",
      retry: false,
    } as const;
    const tls = { ca, ...own, servername: "flyte.internal", dangerouslyAcceptAnyCertificate: true };
    const at = (port: number) =>
      connect({ ...options, tls, tokenUrl: `https://localhost:${port}/token` });
    using admin = await at(trusted.port);
    expect(await admin.projects.list().toArray({ limit: 1 })).toHaveLength(1);
    expect(trusted.clients).toEqual(["none"]);
    using other = await at(unknown.port);
    await expect(other.projects.list().toArray({ limit: 1 })).rejects.toThrow(/tls: { ca }/);
    expect(unknown.clients).toEqual([]);
  });

  it("leaves other hosts the public authorities beside its own, and nothing else", () => {
    const elsewhere = nodeTlsElsewhere({ ...own, ca, servername: "flyte.internal" });
    expect(elsewhere).toEqual({ ca: [...rootCertificates, ca] });
    // Without authorities of its own Node takes the public ones.
    expect(nodeTlsElsewhere({ ...own, dangerouslyAcceptAnyCertificate: true })).toEqual({});
  });

  it("goes to the issuer through httpProxyURL, and to the server without it", async () => {
    const asked = proxy.asked.length;
    using admin = await connect({
      ...places,
      endpoint: urls.guarded,
      wire: "rest",
      authType: "ClientSecret",
      clientId: "service",
      clientSecret: "service-secret",
      audience: "http://aud.test",
      httpProxyUrl: `http://127.0.0.1:${proxy.port}`,
    });
    expect(await admin.projects.list().toArray({ limit: 1 })).toHaveLength(1);
    expect(proxy.asked.slice(asked).map(({ target }) => target)).toEqual([
      new URL(urls.issuer).host,
    ]);
  });
});

describe("closing a client of connect", () => {
  it("ends a sign-in that waits for a person, and frees its port", async () => {
    const person = new InMemoryFlyteAdmin({ signIn: {} });
    await using server = await person.listen();
    const waiting: { opened?: (url: string) => void } = {};
    const opened = new Promise<string>((resolve) => (waiting.opened = resolve));
    const admin = await connect({
      env: {},
      home: "/no/such/home",
      endpoint: server.httpUrl,
      wire: "rest",
      signInNow: false,
      callbackPort: 0,
      show: () => undefined,
      openBrowser: (url) => {
        waiting.opened?.(url);
        return Promise.resolve(true);
      },
    });
    const call = admin.identity.getServerVersion().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const back = new URL(new URL(await opened).searchParams.get("redirect_uri") ?? "");
    expect((await fetch(back)).status).toBe(400);
    admin.close();
    expect(await call).toMatchObject({ code: "CANCELLED" });
    // The port closes with the sign-in, which ends in a later turn.
    await new Promise(setImmediate);
    await expect(fetch(back)).rejects.toThrow();
  });
});
