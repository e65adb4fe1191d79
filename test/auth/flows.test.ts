import { inspect } from "node:util";

import { describe, expect, it } from "@jest/globals";

import {
  AdminClient,
  authorizationCode,
  type Authorizer,
  type AuthEvent,
  clientCredentials,
  CookieSession,
  createAuth,
  deviceCode,
  type DeviceCode,
  staticToken,
  tokenFrom,
} from "../../src/index.js";
import { browse, setUp } from "./flyte.js";

const propeller = clientCredentials({ clientId: "flytepropeller", clientSecret: "foobar" });
const service = clientCredentials({ clientId: "service", clientSecret: "service-secret" });
const version = (admin: ReturnType<typeof setUp>["admin"]) => admin.identity.getServerVersion();

/** Stands for the person and the browser: follows redirects to the end. */
function person(
  fetch: () => ReturnType<typeof setUp>["fetch"],
  redirectUri: string,
): Authorizer & { visits: number } {
  const authorizer = {
    visits: 0,
    prepare: () =>
      Promise.resolve({
        redirectUri,
        visit: (url: string) => {
          authorizer.visits++;
          return browse(url, fetch(), (at) => at.startsWith(redirectUri));
        },
        close: () => undefined,
      }),
  };
  return authorizer;
}

describe("client credentials", () => {
  it("sign in at the server's own issuer", async () => {
    const { admin, calls } = setUp({ flow: propeller });
    await version(admin);
    expect(calls()).toEqual(["GetVersion OK"]);
  });

  it("sign in at another issuer, with the scopes that the server names", async () => {
    const { admin, issuer } = setUp({ flow: service }, { isExternal: true });
    await version(admin);
    expect(issuer.requests).toMatchObject([
      {
        endpoint: "token",
        grantType: "client_credentials",
        clientId: "service",
        scopes: ["all", "offline"],
      },
    ]);
  });

  it("ask once for fifty calls at the same time, and once more when the token has expired", async () => {
    const { admin, clock, tokenRequests, calls } = setUp({ flow: propeller });
    await Promise.all(Array.from({ length: 50 }, () => version(admin)));
    expect(tokenRequests()).toBe(1);
    clock.ms += 31 * 60_000;
    await Promise.all(Array.from({ length: 50 }, () => version(admin)));
    expect(tokenRequests()).toBe(2);
    expect(new Set(calls())).toEqual(new Set(["GetVersion OK"]));
  });

  it.each([-20, 20])(
    "count a token's life from its arrival, with a clock that is %i minutes off the issuer's",
    async (minutes) => {
      const { baseUrl, fetch, clock, issuer, calls } = setUp(
        { flow: service },
        { isExternal: true },
      );
      const now = () => new Date(clock.ms + minutes * 60_000);
      const auth = createAuth({ baseUrl, fetch, now, flow: service });
      const admin = new AdminClient({ baseUrl, fetch, auth, retry: false });
      const tokens = () => issuer.requests.filter(({ endpoint }) => endpoint === "token").length;
      await version(admin);
      // Both clocks agree about how long a token lives: not a minute too short, and none too long.
      for (const [passes, expected] of [
        [12, 1],
        [19, 2],
      ] as const) {
        clock.ms += passes * 60_000;
        await version(admin);
        expect(tokens()).toBe(expected);
      }
      expect(calls()).toEqual(["GetVersion OK", "GetVersion OK", "GetVersion OK"]);
    },
  );

  it("get one new token when fifty calls are refused, and fail none", async () => {
    const tokens = ["garbage", undefined];
    const { admin, flyte, calls } = setUp({
      flow: tokenFrom(() => {
        const next = tokens.shift();
        return next === undefined
          ? flyte.auth!.issueToken("http://127.0.0.1:30002")
          : Promise.resolve(next);
      }),
    });
    await Promise.all(Array.from({ length: 50 }, () => version(admin)));
    expect(calls().filter((call) => call === "GetVersion OK")).toHaveLength(50);
    expect(tokens).toHaveLength(0);
  });

  it("take a refusal after a new token for final: two calls on the wire", async () => {
    const { admin, calls } = setUp({
      flow: tokenFrom(() => Promise.resolve(`garbage-${Math.random()}`)),
    });
    await expect(version(admin)).rejects.toMatchObject({
      name: "UnauthenticatedError",
      attempts: 2,
    });
    expect(calls()).toEqual(["GetVersion UNAUTHENTICATED", "GetVersion UNAUTHENTICATED"]);
  });

  it("name the issuer's refusal, and not the secret", async () => {
    const flow = clientCredentials({ clientId: "flytepropeller", clientSecret: "planted-secret" });
    const { admin, auth } = setUp({ flow });
    const error: unknown = await version(admin).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "SignInError",
      reason: "refused",
      oauthError: "invalid_client",
    });
    expect(inspect([error, auth, admin, flow], { depth: 12, showHidden: true })).not.toContain(
      "planted-secret",
    );
  });

  it("wait for the issuer without giving up the call's own end", async () => {
    let release: (token: string) => void = () => undefined;
    let asked = 0;
    const { admin, flyte } = setUp({
      flow: tokenFrom(() => {
        asked++;
        return new Promise((resolve) => (release = resolve));
      }),
    });
    const controller = new AbortController();
    const ended = admin.identity.getServerVersion({ signal: controller.signal });
    const other = version(admin);
    await new Promise(setImmediate);
    controller.abort();
    await expect(ended).rejects.toMatchObject({ code: "CANCELLED" });
    release(await flyte.auth!.issueToken("http://127.0.0.1:30002"));
    await other;
    expect(asked).toBe(1);
  });
});

describe("the browser flow", () => {
  const redirectUri = "http://localhost:53593/callback";

  it("signs a person in at the server's own issuer, and renews the session without them", async () => {
    const context: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    const authorizer = person(() => context.fetch!, redirectUri);
    const { admin, fetch, clock, tokenRequests } = setUp({ flow: authorizationCode(authorizer) });
    context.fetch = fetch;
    const me = await admin.identity.getUserInfo();
    expect(me).toMatchObject({ subject: "user-1", email: "user-1@example.test" });
    clock.ms += 31 * 60_000;
    await version(admin);
    expect(authorizer.visits).toBe(1);
    expect(tokenRequests()).toBe(2);
  });

  it("signs a person in at another issuer, which names itself", async () => {
    const context: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    const authorizer = person(() => context.fetch!, "http://127.0.0.1:4711/callback");
    const { admin, fetch } = setUp({ flow: authorizationCode(authorizer) }, { isExternal: true });
    context.fetch = fetch;
    expect((await admin.identity.getUserInfo()).subject).toBe("user-1");
  });

  it("asks the person again when the issuer answers 500 to a refresh token, as FlyteAdmin does", async () => {
    const context: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    const authorizer = person(() => context.fetch!, redirectUri);
    const { admin, fetch, clock } = setUp({ flow: authorizationCode(authorizer) });
    context.fetch = fetch;
    await version(admin);
    clock.ms += 61 * 60_000;
    await version(admin);
    expect(authorizer.visits).toBe(2);
  });

  it("keeps the refresh token when the issuer cannot be reached", async () => {
    const context: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    const authorizer = person(() => context.fetch!, "http://127.0.0.1:4711/callback");
    const { admin, fetch, clock, issuer } = setUp(
      { flow: authorizationCode(authorizer) },
      { isExternal: true },
    );
    context.fetch = fetch;
    await version(admin);
    clock.ms += 31 * 60_000;
    issuer.failures.add({ endpoint: "token", status: 0, times: 1 });
    await expect(version(admin)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await version(admin);
    expect(authorizer.visits).toBe(1);
  });

  it.each([
    [
      "another state",
      (url: URL) => {
        url.searchParams.set("state", "x".repeat(43));
      },
    ],
    [
      "another issuer",
      (url: URL) => {
        url.searchParams.set("iss", "http://evil.test");
      },
    ],
    [
      "no issuer, where the issuer promises its name",
      (url: URL) => {
        url.searchParams.delete("iss");
      },
    ],
  ])("refuses an answer with %s", async (_, change) => {
    const context: { fetch?: ReturnType<typeof setUp>["fetch"] } = {};
    const { admin, fetch, issuer } = setUp(
      {
        authorizationServerUrl: "http://idp.test",
        flow: authorizationCode({
          prepare: () =>
            Promise.resolve({
              redirectUri: "http://127.0.0.1:4711/callback",
              visit: async (url) => {
                const back = await browse(url, context.fetch!, (at) =>
                  at.includes("127.0.0.1:4711"),
                );
                const changed = new URL(back);
                change(changed);
                return changed.href;
              },
              close: () => undefined,
            }),
        }),
      },
      { isExternal: true },
    );
    context.fetch = fetch;
    await expect(version(admin)).rejects.toMatchObject({ name: "SignInError", reason: "failed" });
    expect(issuer.requests.map((request) => request.endpoint)).toEqual(["metadata", "authorize"]);
  });

  it("is named by a call whose time ends while nobody has signed in", async () => {
    const redirect = "http://localhost:53593/callback";
    const authorizer: Authorizer = {
      prepare: () =>
        Promise.resolve({
          redirectUri: redirect,
          visit: () => new Promise<never>(() => undefined),
          close: () => undefined,
        }),
    };
    const { admin, auth } = setUp({ flow: authorizationCode(authorizer) });
    await expect(admin.identity.getServerVersion({ timeoutMs: 500 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
      attempts: 0,
      message: expect.stringContaining("after 500 ms nobody had signed in"),
    });
    auth.close();
  });

  it("refuses an answer without a code, and asks the issuer nothing", async () => {
    const { auth, tokenRequests } = setUp({ flow: authorizationCode() });
    const pending = await auth.startSignIn("http://localhost:53593/callback");
    const back = `${pending.redirectUri}?state=${pending.state}&code=`;
    await expect(auth.finishSignIn(pending, back)).rejects.toMatchObject({
      name: "SignInError",
      message: expect.stringContaining("without a code of the issuer"),
    });
    expect(tokenRequests()).toBe(0);
  });

  it("distinguishes a person's refusal", async () => {
    const { admin } = setUp({
      flow: authorizationCode({
        prepare: () =>
          Promise.resolve({
            redirectUri,
            visit: (_, state) =>
              Promise.resolve(`${redirectUri}?error=access_denied&state=${state}`),
            close: () => undefined,
          }),
      }),
    });
    await expect(version(admin)).rejects.toMatchObject({ name: "SignInError", reason: "denied" });
  });

  it("can begin on one load of a page and end on the next", async () => {
    const events: AuthEvent[] = [];
    const { admin, auth, fetch } = setUp({
      flow: authorizationCode(),
      onEvent: (event) => events.push(event),
    });
    await expect(version(admin)).rejects.toMatchObject({ name: "SignedOutError" });
    const kept = JSON.stringify(await auth.startSignIn(redirectUri));
    const pending = JSON.parse(kept) as Awaited<ReturnType<typeof auth.startSignIn>>;
    const callbackUrl = await browse(pending.url, fetch, (at) => at.startsWith(redirectUri));
    await auth.finishSignIn(pending, callbackUrl);
    await version(admin);
    expect(events.map((event) => event.kind)).toEqual(["signedIn"]);
  });
});

describe("the device code", () => {
  function device() {
    const shown: DeviceCode[] = [];
    const waits: number[] = [];
    const hook: { onWait?: (waited: number) => void } = {};
    const parts = setUp(
      {
        flow: deviceCode({ show: (code) => void shown.push(code) }),
        wait: (ms) => {
          parts.clock.ms += ms;
          waits.push(ms);
          hook.onWait?.(waits.length);
          return Promise.resolve();
        },
      },
      { isExternal: true },
    );
    return { ...parts, shown, waits, hook };
  }

  it("waits until the person has entered it", async () => {
    const { admin, shown, waits, hook, issuer } = device();
    hook.onWait = (count) => {
      if (count === 3) issuer.decideDevice(shown[0]!.userCode, "approved");
    };
    await version(admin);
    expect(waits).toEqual([5000, 5000, 5000]);
    expect(shown).toMatchObject([{ verificationUri: "http://idp.test/activate" }]);
  });

  it("asks more slowly on request, and when the connection breaks", async () => {
    const { admin, shown, waits, hook, issuer } = device();
    issuer.failures.add({ endpoint: "token", error: "slow_down" });
    issuer.failures.add({ endpoint: "token", status: 0 });
    hook.onWait = (count) => {
      if (count === 3) issuer.decideDevice(shown[0]!.userCode, "approved");
    };
    await version(admin);
    expect(waits).toEqual([5000, 10_000, 20_000]);
  });

  it("ends when the code has expired", async () => {
    const { admin, waits } = device();
    await expect(version(admin)).rejects.toMatchObject({
      name: "SignInError",
      reason: "timedOut",
    });
    expect(waits.reduce((sum, each) => sum + each)).toBeLessThan(600_000);
  });

  it("ends when the person says no", async () => {
    const { admin, shown, hook, issuer } = device();
    hook.onWait = () => {
      issuer.decideDevice(shown[0]!.userCode, "denied");
    };
    await expect(version(admin)).rejects.toMatchObject({ name: "SignInError", reason: "denied" });
  });

  it("is refused in words where the issuer does not offer it, as FlyteAdmin's own", async () => {
    const { admin } = setUp({ flow: deviceCode({ show: () => undefined }) });
    await expect(version(admin)).rejects.toMatchObject({
      name: "SignInError",
      reason: "unsupported",
    });
  });
});

describe("a given token", () => {
  it("is sent, and its refusal is final", async () => {
    const { admin, calls } = setUp({ flow: staticToken("garbage") });
    await expect(version(admin)).rejects.toMatchObject({
      name: "UnauthenticatedError",
      attempts: 1,
    });
    expect(calls()).toEqual(["GetVersion UNAUTHENTICATED"]);
  });

  it("whose end has passed by this machine's clock is left to the server, and not asked for with each call", async () => {
    let given = 0;
    const claims = { exp: Date.parse("2026-11-24T11:00:00Z") / 1000 };
    const jwt = ["e30", btoa(JSON.stringify(claims)), "signature"].join(".");
    const flow = tokenFrom(() => {
      given++;
      return Promise.resolve(jwt);
    });
    const { auth } = setUp({ flow });
    const call = { service: "flyteidl.service.AdminService", rpc: "GetVersion" };
    for (let at = 0; at < 3; at++) {
      const credentials = await auth.credentialsFor(call);
      expect(credentials?.headers).toEqual([["flyte-authorization", `Bearer ${jwt}`]]);
    }
    expect(given).toBe(1);
  });

  it.each(["", "two words", "Bearer x", "line\nbreak"])(
    "is refused before any call: %j",
    (token) => {
      expect(() => staticToken(token)).toThrow("one word of printable characters");
    },
  );
});

describe("scopes", () => {
  it("missing from a token are named, and nothing is tried again", async () => {
    const parts = setUp({
      flow: tokenFrom(() =>
        parts.flyte.auth!.issueToken("http://127.0.0.1:30002", { scp: ["read", "offline"] }),
      ),
    });
    await expect(version(parts.admin)).rejects.toMatchObject({
      name: "MissingScopeError",
      missingScopes: ["all"],
      grantedScopes: ["read", "offline"],
      rpc: "GetVersion",
    });
    expect(parts.calls()).toHaveLength(1);
  });
});

describe("a server without authentication", () => {
  it("gets no token, and no storage is touched", async () => {
    const touched: string[] = [];
    const note = (what: string) => () => {
      touched.push(what);
      return Promise.resolve(undefined);
    };
    const { admin, auth, flyte } = setUp(
      {
        flow: tokenFrom(() => Promise.reject(new Error("nobody asks"))),
        storage: { load: note("load"), save: note("save"), remove: note("remove") },
      },
      { off: true },
    );
    await version(admin);
    expect(await auth.ensureSignedIn()).toBe(false);
    expect(touched).toEqual([]);
    for (const call of flyte.calls) {
      expect(Object.keys(call.headers).filter((name) => name.includes("authorization"))).toEqual(
        [],
      );
    }
  });
});

describe("discovery", () => {
  it("reads the well-known document where the server's metadata call fails", async () => {
    const { admin, flyte, calls } = setUp({ flow: propeller });
    flyte.faults.add({ rpc: "GetOAuth2Metadata", times: 1, code: "INTERNAL" });
    await version(admin);
    expect(calls()).toEqual(["GetVersion OK"]);
  });

  it("reads the document of the issuer that is set, and asks the server for none", async () => {
    const { admin, flyte, issuer } = setUp(
      { flow: service, authorizationServerUrl: "http://idp.test" },
      { isExternal: true },
    );
    await version(admin);
    expect(issuer.requests.map((request) => request.endpoint)).toEqual(["metadata", "token"]);
    expect(flyte.calls.map((call) => call.rpc)).not.toContain("GetOAuth2Metadata");
  });

  it("takes no other issuer's document", async () => {
    const { admin, issuer } = setUp(
      { flow: service, authorizationServerUrl: "http://127.0.0.1:30002" },
      { isExternal: true },
    );
    await expect(version(admin)).rejects.toMatchObject({
      name: "SignInError",
      reason: "unsupported",
    });
    expect(issuer.requests).toEqual([]);
  });

  it("uses the token endpoint that is set", async () => {
    const { admin, issuer } = setUp(
      { flow: service, tokenUrl: "http://idp.test/token" },
      { isExternal: true },
    );
    await version(admin);
    expect(issuer.requests.map((request) => request.path)).toEqual(["/token"]);
  });

  it("is tried again after the server could not be reached", async () => {
    const { admin, flyte } = setUp({ flow: propeller, wait: () => Promise.resolve() });
    flyte.faults.add({ rpc: "GetPublicClientConfig", times: 3, code: "UNAVAILABLE" });
    await expect(version(admin)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await version(admin);
  });

  it("sends no secret to an issuer without TLS when the server has it", async () => {
    const { fetch, issuer } = setUp({ flow: service }, { isExternal: true });
    const baseUrl = "https://flyte.example.com";
    const auth = createAuth({ baseUrl, fetch, flow: service });
    const admin = new AdminClient({ baseUrl, fetch, auth, retry: false });
    await expect(admin.identity.getServerVersion()).rejects.toMatchObject({
      name: "SignInError",
      reason: "unsupported",
    });
    expect(issuer.requests).toEqual([]);
  });

  it("never follows a redirect of the token endpoint", async () => {
    const { admin, issuer } = setUp({ flow: service }, { isExternal: true });
    issuer.failures.add({
      endpoint: "token",
      status: 307,
      body: "",
      headers: { location: "http://evil.test/token" },
    });
    const error: unknown = await version(admin).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "UnexpectedResponseError" });
    expect(issuer.requests).toHaveLength(1);
    expect(inspect(error)).not.toContain("service-secret");
  });
});

describe("a proxy before the server", () => {
  it("gets a token of its own with each call and each question, and the issuer elsewhere does not", async () => {
    const { admin, flyte, issuer } = setUp(
      { flow: service, proxyFlow: tokenFrom(() => Promise.resolve("proxy-token")) },
      { isExternal: true },
    );
    await version(admin);
    expect(flyte.calls.length).toBeGreaterThan(2);
    for (const call of flyte.calls) {
      expect(Object.keys(call.headers)).toContain("proxy-authorization");
    }
    expect(issuer.requests[0]?.headerNames).not.toContain("proxy-authorization");
  });
});

describe("the header for the token", () => {
  it.each([
    ["rest", undefined, "flyte-authorization"],
    ["rest", "x-token", "authorization"],
    ["grpc", undefined, "flyte-authorization"],
    ["grpc", "x-token", "x-token"],
  ] as const)("on %s with the key %s is %s", async (wire, key, expected) => {
    const { admin, flyte } = setUp(
      { flow: propeller, wire },
      { signIn: key === undefined ? {} : { grpcAuthorizationHeader: key } },
    );
    // With a renamed key, only gRPC would take it; which name is sent is what counts here.
    await version(admin).catch(() => undefined);
    const names = flyte.calls.flatMap((call) =>
      call.rpc === "GetVersion" ? Object.keys(call.headers) : [],
    );
    const found = names.filter((name) => /authorization$|^x-token$/.test(name));
    expect([...new Set(found)]).toEqual([expected]);
  });
});

describe("a cookie session", () => {
  function page() {
    const { flyte, fetch, baseUrl } = setUp({ flow: propeller });
    const cookies = new Map<string, string>();
    const events: AuthEvent[] = [];
    const browserFetch = (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      request.headers.set(
        "cookie",
        [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      );
      return fetch(request);
    };
    const session = new CookieSession({ baseUrl, onEvent: (event) => events.push(event) });
    const admin = new AdminClient({
      baseUrl,
      auth: session,
      fetch: browserFetch,
      credentials: "include",
      retry: false,
    });
    const navigate = async (url: string) => {
      let at = url;
      for (let hop = 0; hop < 5; hop++) {
        const response = await browserFetch(at, { redirect: "manual" });
        for (const set of response.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          if (value === "") cookies.delete(name);
          else cookies.set(name, value);
        }
        const location = response.headers.get("location");
        if (location === null) return;
        at = new URL(location, at).href;
        if (at.endsWith("/console")) return;
      }
    };
    return { admin, session, events, navigate, flyte };
  }

  it("works after the login page, and says when it is over", async () => {
    const { admin, session, events, navigate } = page();
    await expect(version(admin)).rejects.toMatchObject({
      name: "SignedOutError",
      code: "UNAUTHENTICATED",
    });
    await navigate(session.loginUrl("/console"));
    expect((await admin.identity.getUserInfo()).name).toBe("Test User");
    await navigate(session.logoutUrl());
    await expect(version(admin)).rejects.toMatchObject({ name: "SignedOutError" });
    expect(events.map((event) => event.kind)).toEqual(["signedOut"]);
  });

  it.each(["//evil.test/x", "javascript:alert(1)", "/\\evil.test", "console"])(
    "builds no address that leads to %s",
    (returnTo) => {
      const { session } = page();
      expect(() => session.loginUrl(returnTo)).toThrow("returnTo");
    },
  );
});

describe("a stored session", () => {
  it("serves the next run without asking anyone", async () => {
    const stored = new Map<string, string>();
    const storage = {
      load: (key: string) => Promise.resolve(stored.get(key)),
      save: (key: string, text: string) => Promise.resolve(void stored.set(key, text)),
      remove: (key: string) => Promise.resolve(void stored.delete(key)),
    };
    const first = setUp({ flow: propeller, storage });
    await version(first.admin);
    const auth = createAuth({
      baseUrl: first.baseUrl,
      fetch: first.fetch,
      storage,
      now: () => new Date(first.clock.ms),
      flow: authorizationCode(),
    });
    await version(
      new AdminClient({ baseUrl: first.baseUrl, fetch: first.fetch, auth, retry: false }),
    );
    expect(first.tokenRequests()).toBe(1);
    await auth.signOut();
    expect(stored.size).toBe(0);
  });
});
