import { inspect } from "node:util";

import { describe, expect, it } from "@jest/globals";

import {
  AdminClient,
  authorizationCode,
  clientCredentials,
  createAuth,
  tokenFrom,
} from "../../src/index.js";
import { setUp } from "./flyte.js";

const planted = "planted-0123456789-secret";

/** Everything that someone could print of a value. */
function everyOutput(value: unknown): string {
  const error =
    value instanceof Error ? `${value.stack ?? ""}${JSON.stringify(value)}${String(value)}` : "";
  return inspect(value, { depth: 15, showHidden: true, getters: true }) + error;
}

/** A client whose every line of log is kept. */
function logging(parts: ReturnType<typeof setUp>, auth = parts.auth) {
  const lines: unknown[] = [];
  const write = (...words: unknown[]) => void lines.push(...words);
  const admin = new AdminClient({
    baseUrl: parts.baseUrl,
    fetch: parts.fetch,
    auth,
    retry: false,
    logger: { debug: write, info: write, warn: write, error: write },
    hooks: { onRequest: write, onResponse: write, onError: write },
  });
  return { admin, lines };
}

describe("no secret is in any output", () => {
  it.each([
    [
      "an issuer that repeats the secret in its words",
      {
        error: "invalid_client",
        body: JSON.stringify({ error: "invalid_client", error_description: `bad ${planted} here` }),
      },
    ],
    [
      "an issuer that answers with a page that has it",
      { body: `<html>${planted}</html>`, status: 502 },
    ],
    [
      "an issuer that sends it away",
      { body: "", status: 302, headers: { location: `http://evil.test/?s=${planted}` } },
    ],
    ["an issuer whose code is it", { error: planted }],
    ["a broken connection", { status: 0 }],
  ])("with %s", async (_, failure) => {
    const flow = clientCredentials({ clientId: "service", clientSecret: planted });
    const parts = setUp({ flow }, { isExternal: true });
    parts.issuer.failures.add({ endpoint: "token", status: 401, ...failure, times: 9 });
    const { admin, lines } = logging(parts);
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const output = everyOutput(error) + everyOutput([admin, parts.auth, flow, lines]);
    expect(output).not.toContain(planted);
  });

  it("after a token was refused, or was none", async () => {
    for (const token of [planted, `${planted} with a space`, `${planted}\n`]) {
      const parts = setUp({ flow: tokenFrom(() => Promise.resolve(token)) });
      const { admin, lines } = logging(parts);
      const error: unknown = await admin.identity
        .getServerVersion()
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(everyOutput([error, admin, parts.auth, lines]) + everyOutput(error)).not.toContain(
        planted,
      );
    }
  });

  it("of a session that works", async () => {
    const parts = setUp({
      flow: tokenFrom(async () => ({
        accessToken: await parts.flyte.auth!.issueToken("http://127.0.0.1:30002", { jti: planted }),
        refreshToken: planted,
      })),
    });
    const { admin, lines } = logging(parts);
    await admin.identity.getServerVersion();
    expect(everyOutput([admin, parts.auth, lines])).not.toMatch(/eyJ|planted/);
  });

  it("of an answer to a browser sign-in", async () => {
    const parts = setUp({ flow: authorizationCode() });
    const pending = await parts.auth.startSignIn("http://localhost:53593/callback");
    const error: unknown = await parts.auth
      .finishSignIn(
        pending,
        `http://localhost:53593/callback?state=${pending.state}&code=${planted}`,
      )
      .catch((thrown: unknown) => thrown);
    const output = everyOutput(error);
    expect(error).toMatchObject({ name: "SignInError", oauthError: "server_error" });
    expect(output).not.toContain(planted);
    expect(output).not.toContain(pending.codeVerifier);
    expect(output).not.toContain(pending.state);
  });

  it("of a storage that fails with it", async () => {
    const events: unknown[] = [];
    const parts = setUp({ flow: tokenFrom(() => Promise.resolve(planted)) });
    const fail = () => Promise.reject(new Error(planted));
    const auth = createAuth({
      baseUrl: parts.baseUrl,
      fetch: parts.fetch,
      flow: tokenFrom(() => Promise.resolve(planted)),
      storage: { load: fail, save: fail, remove: fail },
      onEvent: (event) => events.push(event),
    });
    await auth.ensureSignedIn();
    expect(events).not.toEqual([]);
    expect(everyOutput([events, auth])).not.toContain(planted);
  });
});
