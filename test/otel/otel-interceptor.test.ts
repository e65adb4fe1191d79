import { afterEach, describe, expect, it } from "@jest/globals";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";

import { AdminClient } from "../../src/index.js";
import { otelInterceptor } from "../../src/otel.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function observed() {
  const spans = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(spans)],
  });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter });
  const meterProvider = new MeterProvider({ readers: [reader] });
  closers.push(() => meterProvider.shutdown());
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const admin = new AdminClient({
    transport: flyte.transport(),
    retry: { delay: () => Promise.resolve() },
    interceptors: [
      otelInterceptor({ tracerProvider, meterProvider, baseUrl: "https://flyte.example.com" }),
    ],
  });
  return { flyte, admin, spans, reader, exporter };
}

const attributes = {
  "rpc.system": "grpc",
  "rpc.service": "flyteidl.service.AdminService",
  "rpc.method": "GetVersion",
  "server.address": "flyte.example.com",
  "server.port": 443,
};

describe("otelInterceptor", () => {
  it("makes a span of each attempt", async () => {
    const { flyte, admin, spans } = observed();
    flyte.faults.add({ rpc: "GetVersion", code: "UNAVAILABLE", message: "busy", times: 1 });
    await admin.identity.getServerVersion();
    expect(spans.getFinishedSpans()).toMatchObject([
      {
        name: "flyteidl.service.AdminService/GetVersion",
        kind: SpanKind.CLIENT,
        attributes: { ...attributes, "rpc.grpc.status_code": 14, "error.type": "UNAVAILABLE" },
        status: { code: SpanStatusCode.ERROR, message: expect.stringContaining("busy") },
      },
      { attributes: { ...attributes, "rpc.grpc.status_code": 0 } },
    ]);
  });

  it("measures how long attempts take and how large messages are", async () => {
    const { admin, reader, exporter } = observed();
    await admin.identity.getServerVersion();
    await reader.forceFlush();
    const points = exporter
      .getMetrics()
      .flatMap((resource) => resource.scopeMetrics)
      .flatMap((scope) => scope.metrics)
      .map(({ descriptor, dataPoints }) => [descriptor.name, descriptor.unit, dataPoints] as const);
    expect(points).toMatchObject([
      ["rpc.client.duration", "ms", [{ attributes, value: { count: 1 } }]],
      ["rpc.client.request.size", "By", [{ attributes, value: { sum: 0 } }]],
      ["rpc.client.response.size", "By", [{ attributes, value: { min: expect.any(Number) } }]],
    ]);
  });

  it.each([
    ["CANCELLED", 1],
    ["INVALID_ARGUMENT", 3],
    ["UNAUTHENTICATED", 16],
  ] as const)("writes %s as %d, and lets the error through", async (code, number) => {
    const { flyte, admin, spans } = observed();
    flyte.faults.add({ rpc: "GetVersion", code });
    await expect(admin.identity.getServerVersion()).rejects.toMatchObject({ code });
    expect(spans.getFinishedSpans()[0]!.attributes["rpc.grpc.status_code"]).toBe(number);
  });
});
