import {
  InMemorySpanExporter,
  BasicTracerProvider,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { describe, expect, it } from "@jest/globals";

import { AdminClient, type ConnectionOptions } from "../../../src/index.js";
import { otelInterceptor } from "../../../src/otel.js";
import { InMemoryFlyteAdmin } from "../../../src/testing.js";
import { everyOutput } from "../../support/every-output.js";
import { wires } from "../../support/wires.js";

const token = "planted.opaque-token.6bd1";
const cookie = "planted-cookie.a77e";
const password = "planted-password.03f2";
const headers = {
  authorization: `Bearer ${token}`,
  cookie: `flyte_at=${cookie}; other=1`,
  "proxy-authorization": `Basic ${btoa(`user:${password}`)}`,
};
/** As a careless server or proxy repeats them: bare, so that nothing around them says what they are. */
const echo = `the caller ${token} of ${cookie} with ${password} (${btoa(`user:${password}`)}) is unknown`;

/** A client's settings that keep all output, and the output. */
function watched(): { settings: ConnectionOptions; told: () => unknown } {
  const events: unknown[] = [];
  const write = (...words: unknown[]) => void events.push(...words);
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  return {
    settings: {
      headers,
      retry: { delay: () => Promise.resolve() },
      logger: { debug: write, info: write, warn: write, error: write },
      hooks: { onRequest: write, onRetry: write, onResponse: write, onError: write, onPage: write },
      interceptors: [otelInterceptor({ tracerProvider })],
    },
    told: () => [
      events,
      exporter
        .getFinishedSpans()
        .map(({ name, attributes, status, events }) => ({ name, attributes, status, events })),
    ],
  };
}

describe.each(wires.map((wire) => [wire.name, wire] as const))("over %s", (_, wire) => {
  it.each([
    ["in words that are not tried again", { code: "PERMISSION_DENIED", message: echo }],
    ["in words that are tried again", { code: "UNAVAILABLE", message: echo }],
    ["in words of a sign-in", { code: "UNAUTHENTICATED", message: echo }],
  ] as const)("credentials that a server repeats %s are shown nowhere", async (_, fault) => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    flyte.faults.add({ rpc: "*", ...fault });
    const { settings, told } = watched();
    const client = await wire.open(flyte, settings);
    try {
      const error: unknown = await client.admin.identity
        .getServerVersion()
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: fault.code });
      expect(error).toMatchObject({ message: expect.stringContaining("is unknown") });
      const output = everyOutput(error) + everyOutput(told()) + everyOutput(client.admin);
      expect(output).toContain("is unknown");
      for (const secret of [token, cookie, password]) expect(output).not.toContain(secret);
      expect(output).not.toContain(btoa(`user:${password}`));
    } finally {
      await client.close();
    }
  });
});

describe("credentials that go over REST", () => {
  const page = (status: number) => () =>
    Promise.resolve(
      new Response(`<html><p>${echo}</p></html>`, {
        status,
        headers: { "content-type": "text/html" },
      }),
    );
  const broken = () => {
    const cause = Object.assign(new Error(`connect ECONNREFUSED for ${echo}`), {
      code: "ECONNREFUSED",
    });
    return Promise.reject(
      new TypeError(`fetch failed: ${token}`, { cause: new AggregateError([cause], token) }),
    );
  };
  const cut = () =>
    Promise.resolve(
      new Response(
        new ReadableStream({
          pull: (controller) => {
            controller.error(new Error(`terminated: ${echo}`));
          },
        }),
        { headers: { "content-type": "application/octet-stream" } },
      ),
    );
  it.each([
    ["a page with 200", page(200)],
    ["a page with 403", page(403)],
    ["a page with 502", page(502)],
    [
      "bytes that are no message",
      () =>
        Promise.resolve(
          new Response(`\xff${echo}`, { headers: { "content-type": "application/octet-stream" } }),
        ),
    ],
    ["a broken connection", broken],
    ["an answer that breaks off", cut],
  ])("are shown nowhere after %s", async (_, fetch) => {
    const { settings, told } = watched();
    const admin = new AdminClient({ baseUrl: "http://flyte.test", fetch, ...settings });
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const output = everyOutput(error) + everyOutput(told()) + everyOutput(admin);
    for (const secret of [token, cookie, password]) expect(output).not.toContain(secret);
    expect(output).not.toContain(btoa(`user:${password}`));
  });
});
