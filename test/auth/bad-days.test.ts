import { inspect } from "node:util";

import { describe, expect, it } from "@jest/globals";

import {
  authorizationCode,
  type AuthOptions,
  type Authorizer,
  clientCredentials,
  CookieSession,
  createAuth,
  deviceCode,
  FlyteError,
  tokenFrom,
} from "../../src/index.js";
import { browse, setUp } from "./flyte.js";

const propeller = clientCredentials({ clientId: "flytepropeller", clientSecret: "foobar" });
const service = clientCredentials({ clientId: "service", clientSecret: "service-secret" });
const version = (admin: ReturnType<typeof setUp>["admin"]) => admin.identity.getServerVersion();
const noWait = () => Promise.resolve();
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

/** Answers the first requests to a path with something else. */
function striking(answers: Readonly<Record<string, (() => Response)[]>>) {
  return (fetch: ReturnType<typeof setUp>["fetch"]) =>
    (url: string, init: RequestInit): Promise<Response> => {
      const answer = answers[new URL(url).pathname]?.shift();
      return answer === undefined ? fetch(url, init) : Promise.resolve(answer());
    };
}

/** As `setUp`, with a network that answers some requests in the server's place. */
function setUpStruck(
  answers: Readonly<Record<string, (() => Response)[]>>,
  options: Omit<AuthOptions, "baseUrl">,
  server?: Parameters<typeof setUp>[1],
) {
  const inner: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
  const struck = striking(answers);
  const fetch = (url: string, init: RequestInit) => struck(inner.fetch!)(url, init);
  const parts = setUp({ wait: noWait, ...options, fetch }, server);
  inner.fetch = parts.fetch;
  return parts;
}

const page = (status: number) => () =>
  new Response(`<html><h1>${status}</h1></html>`, {
    status,
    headers: { "content-type": "text/html" },
  });
const gatewayStatus = (status: number, code: number, message: string) => () =>
  new Response(JSON.stringify({ code, message, details: [] }), {
    status,
    headers: { "content-type": "application/json" },
  });
const configPath = "/config/v1/flyte_client";

describe("discovery on an odd day", () => {
  it.each([
    ["an ingress's 404", page(404)],
    ["an ingress's 500", page(500)],
    ["an ingress's 501", page(501)],
    ["an ingress's 503", page(503)],
    ["a gateway's 500", gatewayStatus(500, 13, "panic")],
    ["another server's UNIMPLEMENTED", gatewayStatus(501, 12, "unknown service other.Service")],
    ["an UNIMPLEMENTED without words", gatewayStatus(501, 12, "")],
  ])("asks again after %s", async (_, answer) => {
    const { admin, calls, flyte } = setUpStruck({ [configPath]: [answer] }, { flow: propeller });
    await version(admin);
    expect(calls()).toEqual(["GetVersion OK"]);
    expect(flyte.calls.find(({ path }) => path?.startsWith("/oauth2/token"))).toBeDefined();
  });

  it.each([404, 500, 501])(
    "says what came in the server's place when it keeps answering %s, and asks again with the next call",
    async (status) => {
      const answers = { [configPath]: Array.from({ length: 3 }, () => page(status)) };
      const { admin, calls } = setUpStruck(answers, { flow: propeller });
      const error = await failureOf(version(admin));
      expect(error).toMatchObject({ rpc: "GetPublicClientConfig", attempts: 0 });
      expect(String(error)).toContain(`answered ${status} with text/html`);
      expect(calls()).toEqual([]);
      await version(admin);
      expect(calls()).toEqual(["GetVersion OK"]);
    },
  );

  it("asks no second time after a mistake of a certificate", async () => {
    let asked = 0;
    const cause = Object.assign(new Error("self-signed certificate"), {
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    const fetch = (): Promise<Response> => {
      asked++;
      return Promise.reject(new TypeError("fetch failed", { cause }));
    };
    const { auth } = setUp({ flow: service, fetch, wait: noWait });
    await expect(auth.ensureSignedIn()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(asked).toBe(1);
  });

  it("takes FlyteAdmin's own UNIMPLEMENTED alone for a server without authentication", async () => {
    const { admin, calls, flyte } = setUp({ flow: propeller, wait: noWait }, { off: true });
    await version(admin);
    expect(calls()).toEqual(["GetVersion OK"]);
    const asked = flyte.calls.filter(({ rpc }) => rpc === "GetPublicClientConfig");
    expect(asked).toHaveLength(1);
  });

  it("is dropped with a refusal: a server that now demands tokens gets them", async () => {
    const unknown = "unknown service flyteidl.service.AuthMetadataService";
    const { admin, calls } = setUpStruck(
      { [configPath]: [gatewayStatus(501, 12, unknown)] },
      { flow: propeller },
    );
    await version(admin);
    expect(calls()).toEqual(["GetVersion UNAUTHENTICATED", "GetVersion OK"]);
  });

  it("is dropped once for fifty calls that are refused together", async () => {
    const tokens = ["garbage"];
    const parts = setUp({
      flow: tokenFrom(() =>
        Promise.resolve(tokens.shift() ?? parts.flyte.auth!.issueToken(parts.baseUrl)),
      ),
    });
    await Promise.all(Array.from({ length: 50 }, () => version(parts.admin)));
    const asked = parts.flyte.calls.filter(({ rpc }) => rpc === "GetPublicClientConfig");
    expect(asked).toHaveLength(2);
  });

  it("says what a TLS port says to plain HTTP", async () => {
    const words = "Client sent an HTTP request to an HTTPS server.";
    const answer = () => new Response(words, { status: 400 });
    const answers = { [configPath]: Array.from({ length: 3 }, () => answer) };
    const { admin } = setUpStruck(answers, { flow: propeller });
    expect(String(await failureOf(version(admin)))).toContain(words);
  });

  it("says what the server said where there is no well-known document either", async () => {
    const { admin, flyte } = setUpStruck(
      {
        "/.well-known/oauth-authorization-server": [
          gatewayStatus(500, 13, "Failed to get oauth metadata."),
          page(404),
        ],
      },
      { flow: propeller },
    );
    const error = await failureOf(version(admin));
    expect(error).toMatchObject({ rpc: "GetOAuth2Metadata", code: "INTERNAL" });
    expect(String(error)).toContain("Failed to get oauth metadata.");
    expect(flyte.calls.some(({ path }) => path?.includes("openid-configuration"))).toBe(true);
  });

  it("asks for the other endpoints again where only the given tokenUrl could be used", async () => {
    const { auth } = setUpStruck(
      {
        "/.well-known/oauth-authorization-server": [page(500), page(500)],
        "/.well-known/openid-configuration": [page(500)],
      },
      { flow: authorizationCode(), tokenUrl: "http://127.0.0.1:30002/oauth2/token" },
    );
    await expect(auth.startSignIn()).rejects.toThrow("no authorization endpoint");
    expect((await auth.startSignIn()).url).toContain("/oauth2/authorize");
  });
});

describe("the audience of client credentials", () => {
  const published = { signIn: { publicClient: { audience: "http://aud.test" } } };

  it("is none by default, as of flytectl, whatever the server publishes", async () => {
    const { admin, calls } = setUp({ flow: propeller }, published);
    await version(admin);
    expect(calls()).toEqual(["GetVersion OK"]);
  });

  it("is the server's where useAudienceFromAdmin says so", async () => {
    const { admin, issuer } = setUp(
      { flow: service, useAudienceFromAdmin: true },
      {
        isExternal: true,
        signIn: { ...published.signIn, allowedAudience: ["http://aud.test"] },
      },
    );
    await version(admin);
    expect(issuer.requests).toMatchObject([{ audience: "http://aud.test" }]);
  });

  it("is the one that is set", async () => {
    const { admin, issuer } = setUp(
      { flow: service, audience: "http://set.test" },
      {
        isExternal: true,
        signIn: { ...published.signIn, allowedAudience: ["http://set.test"] },
      },
    );
    await version(admin);
    expect(issuer.requests).toMatchObject([{ audience: "http://set.test" }]);
  });
});

describe("an issuer that cannot serve now", () => {
  const redirectUri = "http://127.0.0.1:4711/callback";

  /** A person who has signed in at another issuer half an hour ago. */
  async function signedIn() {
    const context: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    let visits = 0;
    const authorizer: Authorizer = {
      prepare: () =>
        Promise.resolve({
          redirectUri,
          visit: (url) => {
            visits++;
            return browse(url, context.fetch!, (at) => at.startsWith(redirectUri));
          },
          close: () => undefined,
        }),
    };
    const parts = setUp(
      { flow: authorizationCode(authorizer), wait: noWait },
      { isExternal: true },
    );
    context.fetch = parts.fetch;
    await version(parts.admin);
    parts.clock.ms += 31 * 60_000;
    return { ...parts, visits: () => visits };
  }

  it.each([
    [429, "rate_limited"],
    [503, "temporarily_unavailable"],
    [503, "server_error"],
    [500, "server_error"],
    [500, "internal_error"],
    [502, "bad_gateway"],
    [400, "temporarily_unavailable"],
  ])("by %s %s fails the call and ends no session", async (status, error) => {
    const { admin, issuer, visits } = await signedIn();
    const headers = { "retry-after": "7" };
    issuer.failures.add({ endpoint: "token", status, error, headers });
    const failure = await failureOf(version(admin));
    expect(failure).toMatchObject({ name: "ConnectionError", retryAfterMs: 7000 });
    expect(String(failure)).toContain(`the issuer at idp.test answered with ${status}`);
    await version(admin);
    expect(visits()).toBe(1);
  });

  it.each([500, 502, 503])(
    "behind FlyteAdmin's own address, with a page of %i, fails the call alone",
    async (status) => {
      const { admin, auth } = setUpStruck({ "/oauth2/token": [page(status)] }, { flow: propeller });
      expect(await failureOf(version(admin))).toMatchObject({ name: "ConnectionError" });
      expect(await auth.ensureSignedIn()).toBe(true);
    },
  );

  it("opens no second browser for a person after one server_error of FlyteAdmin's own issuer", async () => {
    const waits: number[] = [];
    const local = "http://localhost:53593/callback";
    const context: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    let visits = 0;
    const authorizer: Authorizer = {
      prepare: () =>
        Promise.resolve({
          redirectUri: local,
          visit: (url) => {
            visits++;
            return browse(url, context.fetch!, (at) => at.startsWith(local));
          },
          close: () => undefined,
        }),
    };
    const tokenAnswers: (() => Response)[] = [];
    const { admin, clock, fetch } = setUpStruck(
      { "/oauth2/token": tokenAnswers },
      {
        flow: authorizationCode(authorizer),
        wait: (ms) => {
          waits.push(ms);
          return Promise.resolve();
        },
      },
    );
    context.fetch = fetch;
    await version(admin);
    clock.ms += 31 * 60_000;
    const refusal = () => Response.json({ error: "server_error" }, { status: 500 });
    tokenAnswers.push(refusal);
    await version(admin);
    expect([visits, waits]).toEqual([1, [1000]]);
  });
});

describe("an issuer that does not answer", () => {
  const silent = () => new Promise<Response>(() => undefined);

  it("is named, with what it did", async () => {
    const inner: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    const parts = setUp({
      flow: propeller,
      requestTimeoutMs: 1,
      fetch: (url, init) => (url.includes("/oauth2/token") ? silent() : inner.fetch!(url, init)),
    });
    inner.fetch = parts.fetch;
    const error = await failureOf(version(parts.admin));
    expect(error).toMatchObject({ name: "ConnectionError", code: "UNAVAILABLE" });
    expect(String(error)).toContain("the issuer at 127.0.0.1:30002 did not answer within 1 ms");
    expect(String(error)).not.toContain("browser");
  });

  it("is named by a call whose own time ends first, which was not sent", async () => {
    const inner: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    const parts = setUp({
      flow: propeller,
      fetch: (url, init) => (url.includes("/oauth2/token") ? silent() : inner.fetch!(url, init)),
    });
    inner.fetch = parts.fetch;
    // What needs no token is known before the clock of the call runs.
    await parts.auth.startSignIn();
    const error = await failureOf(parts.admin.identity.getServerVersion({ timeoutMs: 500 }));
    expect(error).toMatchObject({ name: "DeadlineExceededError", attempts: 0, rpc: "GetVersion" });
    expect(String(error)).toContain(
      "the call was not sent: after 500 ms the issuer at 127.0.0.1:30002 had not answered",
    );
    expect(String(error)).not.toMatch(/ask for less|write may have/);
    parts.auth.close();
  });

  it("leaves a signOut its own error", async () => {
    const inner: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    const asked = { resolve: (): void => undefined };
    const reached = new Promise<void>((resolve) => (asked.resolve = resolve));
    const parts = setUp({
      flow: propeller,
      fetch: (url, init) => {
        if (!url.includes("/oauth2/token")) return inner.fetch!(url, init);
        asked.resolve();
        return silent();
      },
    });
    inner.fetch = parts.fetch;
    const failed = failureOf(version(parts.admin));
    await reached;
    await parts.auth.signOut();
    expect(await failed).toMatchObject({ name: "SignedOutError" });
  });

  it("leaves a close its own error, for good", async () => {
    const parts = setUp({ flow: tokenFrom(() => new Promise<string>(() => undefined)) });
    const failed = failureOf(parts.auth.ensureSignedIn());
    await new Promise(setImmediate);
    parts.auth.close();
    expect(await failed).toMatchObject({ name: "CanceledError" });
    await parts.auth.signOut();
    expect(await failureOf(parts.auth.ensureSignedIn())).toMatchObject({ name: "CanceledError" });
  });
});

describe("sign-ins that fail", () => {
  it("with a wrong secret ask the issuer once for twenty calls", async () => {
    const flow = clientCredentials({ clientId: "flytepropeller", clientSecret: "wrong" });
    const { admin, tokenRequests, clock } = setUp({ flow });
    for (let call = 0; call < 20; call++) {
      expect(await failureOf(version(admin))).toMatchObject({ oauthError: "invalid_client" });
    }
    expect(tokenRequests()).toBe(1);
    clock.ms += 10_001;
    await failureOf(version(admin));
    expect(tokenRequests()).toBe(2);
  });
});

describe("a login proxy before the server", () => {
  /** A proxy that lets nothing through without its own token of the moment. */
  function proxied(token: () => string, flow = propeller) {
    const inner: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    const refused: string[] = [];
    const guard = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      if (request.headers.get("proxy-authorization") === `Bearer ${token()}`) {
        return inner.fetch!(request);
      }
      refused.push(pathname);
      return Promise.resolve(new Response("sign in", { status: 401 }));
    };
    let serial = 0;
    const parts = setUp({
      flow,
      fetch: (url, init) => guard(url, init),
      proxyFlow: tokenFrom(() => Promise.resolve(`proxy-${++serial}`)),
    });
    inner.fetch = parts.fetch;
    return { ...parts, guard, refused, served: () => serial };
  }

  it("whose token is refused in discovery gets another one", async () => {
    const { auth, refused } = proxied(() => "proxy-2");
    expect(await auth.ensureSignedIn()).toBe(true);
    expect(refused).toEqual([configPath]);
  });

  it("whose token is refused at the issuer gets another one", async () => {
    let good = "proxy-1";
    const { auth, refused, served } = proxied(() => good);
    await auth.ensureSignedIn();
    good = "proxy-2";
    await auth.signIn();
    expect(refused).toEqual(["/oauth2/token"]);
    expect(served()).toBe(2);
  });

  it("has its token renewed before the server's, so that no call fails", async () => {
    let good = "proxy-1";
    const { auth, served, refused } = proxied(() => good);
    const call = { service: "flyteidl.service.AdminService", rpc: "GetVersion" };
    const first = await auth.credentialsFor(call);
    good = "proxy-2";
    const refusal = Object.assign(new Error(), { code: "UNAUTHENTICATED" });
    const second = await first!.refused(refusal as never, false);
    // The issuer is behind the proxy, which lets nothing through with the token that has ended.
    expect(refused).toEqual([]);
    expect(second?.headers.map(([name]) => name)).toEqual([
      "flyte-authorization",
      "proxy-authorization",
    ]);
    expect(second?.headers[1]).toEqual(["proxy-authorization", "Bearer proxy-2"]);
    expect(served()).toBe(2);
  });
});

describe("words of an issuer", () => {
  it.each(["the token endpoint", "the well-known document"])(
    "that never end at %s are read to 256 KiB, and the connection is closed",
    async (place) => {
      let sent = 0;
      let closed = 0;
      const endless = () =>
        new Response(
          new ReadableStream<Uint8Array>({
            pull(controller) {
              sent += 16_384;
              controller.enqueue(new Uint8Array(16_384).fill(32));
            },
            cancel() {
              closed++;
            },
          }),
          { headers: { "content-type": "application/json" } },
        );
      const parts = setUp({ flow: service }, { isExternal: true });
      const isDocument = place === "the well-known document";
      const auth = createAuth({
        baseUrl: parts.baseUrl,
        flow: service,
        ...(isDocument && { authorizationServerUrl: parts.issuer.url }),
        fetch: (input, init) => {
          const request = new Request(input, init);
          const isAsked = isDocument
            ? request.url.includes("/.well-known/")
            : request.method === "POST" && request.url.startsWith(parts.issuer.url);
          return isAsked ? Promise.resolve(endless()) : parts.fetch(request);
        },
      });
      expect(await failureOf(auth.ensureSignedIn())).toBeInstanceOf(FlyteError);
      expect(closed).toBe(isDocument ? 2 : 1);
      expect(sent).toBeLessThan(closed * 400_000);
    },
  );

  it("reach no terminal as they are", async () => {
    const said = "\u001b[2Jgone\nnext \u202e line\u2028end\u009b";
    const { admin, issuer } = setUp({ flow: service }, { isExternal: true });
    issuer.failures.add({
      endpoint: "token",
      status: 400,
      body: JSON.stringify({ error: "invalid_request", error_description: said }),
    });
    const error = await failureOf(version(admin));
    expect(error).toMatchObject({ oauthError: "invalid_request" });
    // eslint-disable-next-line no-control-regex
    expect((error as Error).message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(inspect(error)).toContain("gone next");
  });

  it.each([
    ["javascript:alert(1)", undefined],
    ["http://idp.test/activate", "javascript:alert(1)"],
    ["no address", undefined],
  ])("send a person to no page but one of the web: %s %s", async (uri, complete) => {
    const { admin, issuer } = setUp(
      { flow: deviceCode({ show: () => undefined }), wait: noWait },
      { isExternal: true },
    );
    issuer.failures.add({
      endpoint: "device",
      status: 200,
      body: JSON.stringify({
        device_code: "d",
        user_code: "U",
        verification_uri: uri,
        verification_uri_complete: complete,
        expires_in: 600,
      }),
      headers: { "content-type": "application/json" },
    });
    expect(await failureOf(version(admin))).toMatchObject({
      name: "SignInError",
      reason: "unsupported",
    });
  });

  it("show a person a code of one line", async () => {
    const shown: string[] = [];
    const { admin, issuer } = setUp(
      {
        flow: deviceCode({ show: ({ userCode }) => void shown.push(userCode), timeoutMs: 1 }),
        wait: noWait,
      },
      { isExternal: true },
    );
    issuer.failures.add({
      endpoint: "device",
      status: 200,
      body: JSON.stringify({
        device_code: "d",
        user_code: "AB\u001b]0;x\u0007\nCD",
        verification_uri: "http://idp.test/activate",
        expires_in: 600,
      }),
      headers: { "content-type": "application/json" },
    });
    await failureOf(version(admin));
    expect(shown).toEqual(["AB\\u001b]0;x\\u0007 CD"]);
  });
});

describe("a session of cookies", () => {
  it("that is refused names the cookies that a browser may withhold, and no loop", async () => {
    const session = new CookieSession({ baseUrl: "http://127.0.0.1:30002" });
    const credentials = await session.credentialsFor();
    const error = await failureOf(credentials!.refused({ rpc: "GetVersion" } as never, false));
    expect(error).toMatchObject({ name: "SignedOutError", rpc: "GetVersion" });
    expect(String(error)).toContain("loginUrl()");
    expect(String(error)).toContain("SameSite=None");
    expect(String(error)).not.toMatch(/Sign in again\.$/);
  });
});
