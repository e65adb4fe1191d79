import { readFileSync } from "node:fs";

import { describe, expect, test } from "@jest/globals";

import { fakeServer } from "../wires/fake-rpcs.js";
import { ask } from "./ask.js";

interface Exchange {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
  };
  readonly response: { readonly status: number; readonly headers: Record<string, string> };
}

const exchanges = readFileSync(new URL("../../recordings/auth.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Exchange);

const tuned = {
  allowedOrigins: ["http://console.test", "http://other.test"],
  allowedHeaders: ["Content-Type", "x-token", "Authorization"],
};

const corsHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith("access-control-") || name === "vary"),
  );

describe("preflights are answered as the recorded server answered", () => {
  const preflights = exchanges.filter(
    ({ request }) => (request as typeof request | undefined)?.method === "OPTIONS",
  );

  test("at least ten", () => {
    expect(preflights.length).toBeGreaterThanOrEqual(10);
  });

  test.each(preflights.map((exchange) => [exchange.name, exchange] as const))(
    "%s",
    async (name, { request, response }) => {
      const server = fakeServer({}, { cors: name.startsWith("tuned") ? tuned : {} });
      const told = await ask(server, request.path, request);
      expect(told.status).toBe(response.status);
      expect(told.body).toHaveLength(0);
      expect(corsHeaders(told.headers)).toEqual(corsHeaders(new Headers(response.headers)));
    },
  );
});

describe("answers to a page of another origin", () => {
  const headers = { origin: "http://console.test" };

  test.each(["/api/v1/version", "/api/v1/none", "/api/v1//version", "/healthcheck"])(
    "carry CORS headers at %s",
    async (path) => {
      const told = await ask(fakeServer(), path, { headers });
      expect(corsHeaders(told.headers)).toEqual({
        "access-control-allow-credentials": "true",
        "access-control-allow-origin": "*",
      });
    },
  );

  test("carry none where the origin is not let in, and none without an origin", async () => {
    const server = fakeServer({}, { cors: tuned });
    const evil = await ask(server, "/api/v1/version", { headers: { origin: "http://evil.test" } });
    expect([evil.status, corsHeaders(evil.headers)]).toEqual([200, {}]);
    expect(corsHeaders((await ask(server, "/api/v1/version")).headers)).toEqual({});
    const listed = await ask(server, "/api/v1/version", { headers });
    expect(corsHeaders(listed.headers)).toEqual({
      "access-control-allow-credentials": "true",
      "access-control-allow-origin": "http://console.test",
      vary: "Origin",
    });
  });
});
