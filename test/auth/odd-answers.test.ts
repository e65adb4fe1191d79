import { inspect } from "node:util";

import { describe, expect, it } from "@jest/globals";

import { clientCredentials, isFlyteError, SignInError } from "../../src/index.js";
import { setUp } from "./flyte.js";

const secret = "planted-secret-90210";
const flow = clientCredentials({ clientId: "service", clientSecret: secret });
const noWait = () => Promise.resolve();

const json = (value: unknown, status = 200): Response =>
  new Response(typeof value === "string" ? value : JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json" },
  });

/** A server with an issuer whose token endpoint, or well-known document, answers something else. */
function setUpOdd(answers: {
  token?: () => Response | Promise<Response>;
  document?: (issuer: string) => unknown;
}) {
  const asked: string[] = [];
  const parts = setUp({ flow }, { isExternal: true });
  const { issuer } = parts;
  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    asked.push(request.url);
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && answers.token !== undefined && pathname.endsWith("/token"))
      return Promise.resolve(answers.token());
    if (pathname.includes("/.well-known/") && answers.document !== undefined)
      return Promise.resolve(json(answers.document(issuer.url)));
    return parts.fetch(request);
  };
  const odd = setUp(
    {
      flow,
      fetch,
      wait: noWait,
      ...(answers.document !== undefined && { authorizationServerUrl: issuer.url }),
    },
    { isExternal: true },
  );
  return { ...odd, asked, issuer };
}

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

describe("a token endpoint", () => {
  it.each([
    ["a page with status 200", () => new Response("<html>Sign in</html>")],
    ["a page that calls itself JSON", () => json("<html>Sign in</html>")],
    ["nothing with status 200", () => new Response("")],
    ["JSON cut short", () => json('{"access_token":"a')],
    ["a text in JSON", () => json('"token"')],
    ["a list", () => json([{ access_token: "a", token_type: "bearer" }])],
    ["no token", () => json({ token_type: "bearer" })],
    ["an empty token", () => json({ access_token: "", token_type: "bearer" })],
  ])("that answers %s fails the sign-in by name, and is asked once", async (_, token) => {
    const { auth, asked } = setUpOdd({ token });
    const error = await failureOf(auth.ensureSignedIn());
    expect(error).toBeInstanceOf(SignInError);
    expect(error).toMatchObject({ reason: "failed" });
    expect(asked.filter((url) => url.endsWith("/token"))).toHaveLength(1);
  });

  it.each([
    ["a line break", "planted\r\nx-injected: 1"],
    ["a character beyond Latin-1", "planted-✓"],
    ["a space", "planted token"],
    ["a NUL", "planted\u0000token"],
  ])("that answers a token with %s fails the sign-in without showing it", async (_, given) => {
    const { admin, calls } = setUpOdd({
      token: () => json({ access_token: given, token_type: "bearer", expires_in: 60 }),
    });
    const error = await failureOf(admin.identity.getServerVersion());
    expect(error).toBeInstanceOf(SignInError);
    expect(String(error)).toMatch(/issuer.*token/);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("planted");
    expect(calls()).toEqual([]);
  });

  it.each([
    ["a number in a string", "3600"],
    ["a fraction", 3599.5],
    ["none", undefined],
    ["null", null],
    ["more than a number holds", 1e308],
    ["more than a timer holds", 2 ** 40],
  ])("may state a life of the token that is %s", async (_, expires_in) => {
    const parts = setUpOdd({
      token: async () =>
        json({
          access_token: await parts.issuer.issueToken(),
          token_type: "bearer",
          expires_in,
          refresh_token: null,
          scope: null,
        }),
    });
    await parts.auth.ensureSignedIn();
  });

  it.each([
    ["negative", -60],
    ["zero", 0],
    ["no number", "soon"],
    ["a list", [60]],
  ])("that states a life that is %s ends in a token or a SignInError", async (_, expires_in) => {
    const { auth, asked } = setUpOdd({
      token: () => json({ access_token: "opaque", token_type: "bearer", expires_in }),
    });
    const error = await failureOf(auth.ensureSignedIn());
    if (error !== undefined) expect(error).toBeInstanceOf(SignInError);
    expect(asked.filter((url) => url.endsWith("/token"))).toHaveLength(1);
  });
});

describe("a well-known document", () => {
  it.each([
    "javascript:alert(1)",
    "data:text/plain,x",
    "file:///etc/passwd",
    "//evil.test/token",
    "/token",
    "https://",
  ])("that names the token endpoint %s is not followed", async (token_endpoint) => {
    const { auth, asked } = setUpOdd({ document: (issuer) => ({ issuer, token_endpoint }) });
    const error = await failureOf(auth.ensureSignedIn());
    expect(error).toBeInstanceOf(SignInError);
    expect(error).toMatchObject({ reason: "unsupported" });
    expect(asked.some((url) => !url.includes("/.well-known/") && !url.includes("/config/"))).toBe(
      false,
    );
  });

  it.each([
    ["of another issuer", { issuer: "https://evil.test", token_endpoint: "https://evil.test/t" }],
    ["without an issuer", { token_endpoint: "https://evil.test/t" }],
    ["whose issuer is no text", { issuer: ["x"], token_endpoint: "https://evil.test/t" }],
  ])("%s is not believed", async (_, document) => {
    const { auth, asked } = setUpOdd({ document: () => document });
    const error = await failureOf(auth.ensureSignedIn());
    expect(isFlyteError(error)).toBe(true);
    expect(asked.filter((url) => url.includes("evil.test"))).toEqual([]);
  });
});
