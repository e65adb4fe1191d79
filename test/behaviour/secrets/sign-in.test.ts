import { describe, expect, it } from "@jest/globals";

import { AdminClient, clientCredentials, tokenFrom } from "../../../src/index.js";
import { setUp } from "../../auth/flyte.js";
import { everyOutput } from "../../support/every-output.js";

const secret = "planted-secret/+ü 4b0c";
/** The secret as forms and addresses carry it too. */
const forms = [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams({ s: secret }).toString().slice(2),
];

const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } });

/** The secret as it was sent, which an issuer, a proxy or a runtime repeats. */
const answers: readonly (readonly [string, (sent: string) => Response | Error])[] = [
  [
    "refuses it in its words",
    (sent) => json({ error: "invalid_client", error_description: sent }, 401),
  ],
  ["refuses it as its code", (sent) => json({ error: sent }, 401)],
  [
    "sends its words as an address",
    (sent) => json({ error: "invalid_client", error_uri: `https://a.test/?${sent}` }, 400),
  ],
  ["answers a token of another type", (sent) => json({ access_token: sent, token_type: sent })],
  ["answers no token", (sent) => json({ token: sent, token_type: "bearer" })],
  [
    "answers a token that is no text",
    (sent) => json({ access_token: [sent], token_type: "bearer" }),
  ],
  [
    "answers a life that is no number",
    (sent) => json({ access_token: sent, token_type: "bearer", expires_in: sent }),
  ],
  ["answers a page", (sent) => new Response(`<html>${sent}</html>`)],
  ["answers a page of 502", (sent) => new Response(`<html>${sent}</html>`, { status: 502 })],
  [
    "sends it to another address",
    (sent) =>
      new Response(null, {
        status: 307,
        headers: { location: `https://evil.test/?client_secret=${encodeURIComponent(sent)}` },
      }),
  ],
  [
    "cannot be reached, and fetch shows what was sent",
    (sent) =>
      new TypeError(`fetch failed: ${sent}`, {
        cause: Object.assign(new Error(`connect ECONNREFUSED ${sent}`), {
          code: "ECONNREFUSED",
          body: sent,
        }),
      }),
  ],
  ["cannot be reached, and fetch throws what was sent", (sent) => new Error(sent)],
];

describe("a client's secret is shown nowhere where the issuer", () => {
  it.each(answers)("%s", async (_, answer) => {
    const flow = clientCredentials({ clientId: "service", clientSecret: secret });
    const parts = setUp({ flow }, { isExternal: true });
    let sent = "";
    let basic = "";
    const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      if (request.method !== "POST" || !request.url.startsWith(parts.issuer.url))
        return parts.fetch(request);
      basic = (request.headers.get("authorization") ?? "").replace("Basic ", "");
      sent = `${secret} ${request.headers.get("authorization") ?? ""} ${await request.text()} ${forms.join(" ")}`;
      const outcome = answer(sent);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    };
    const other = setUp({ flow, fetch }, { isExternal: true });
    const lines: unknown[] = [];
    const write = (...words: unknown[]) => void lines.push(...words);
    const admin = new AdminClient({
      baseUrl: parts.baseUrl,
      fetch,
      auth: other.auth,
      retry: { delay: () => Promise.resolve() },
      logger: { debug: write, info: write, warn: write, error: write },
      hooks: { onRequest: write, onRetry: write, onResponse: write, onError: write },
    });
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(sent).toContain(secret);
    expect(error).toBeInstanceOf(Error);
    const output = everyOutput(error) + everyOutput(lines) + everyOutput([admin, other.auth, flow]);
    expect(basic).not.toBe("");
    for (const form of [...forms, basic]) expect(output).not.toContain(form);
  });
});

it.each([250, 280, 292, 294, 296])(
  "not even the beginning of a client's secret is shown %i characters into an issuer's words, which are cut",
  async (before) => {
    const flow = clientCredentials({ clientId: "service", clientSecret: secret });
    const parts = setUp({ flow }, { isExternal: true });
    const error_description = "y".repeat(before) + secret;
    const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      const isOther = request.method !== "POST" || !request.url.startsWith(parts.issuer.url);
      if (isOther) return parts.fetch(request);
      return Promise.resolve(json({ error: "invalid_client", error_description }, 401));
    };
    const { auth } = setUp({ flow, fetch }, { isExternal: true });
    const error: unknown = await auth.ensureSignedIn().catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("invalid_client: yyy");
    expect(everyOutput(error)).not.toContain(`y${secret.slice(0, 4)}`);
  },
);

describe("a given token is shown nowhere where", () => {
  const token = "planted.given-token.90ab";
  it.each([
    ["its giver throws it", () => Promise.reject(new Error(`no token: Bearer ${token}`))],
    ["the server repeats it", () => Promise.resolve(token)],
  ] as const)("%s", async (_, give) => {
    const parts = setUp({ flow: tokenFrom(give) });
    parts.flyte.faults.add({
      rpc: "GetVersion",
      code: "UNAUTHENTICATED",
      message: `unknown token ${token}`,
    });
    const error: unknown = await parts.admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(everyOutput(error)).not.toContain(token);
  });
});
