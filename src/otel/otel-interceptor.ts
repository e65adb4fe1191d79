import { toBinary } from "@bufbuild/protobuf";
import type { Interceptor } from "@connectrpc/connect";
import {
  type Attributes,
  context,
  type Histogram,
  type MeterProvider,
  metrics,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type TracerProvider,
} from "@opentelemetry/api";

import { numberOfStatus, toFlyteError } from "../errors/index.js";
import { version } from "../internal/index.js";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";

/** The receivers of spans and metrics. */
export interface OtelOptions {
  /**
   * Makes the spans.
   * @defaultValue the global provider
   */
  readonly tracerProvider?: TracerProvider | undefined;
  /**
   * Receives the metrics.
   * @defaultValue the global provider
   */
  readonly meterProvider?: MeterProvider | undefined;
  /**
   * The server's address with its scheme, for the attributes `server.address` and `server.port`.
   * @defaultValue these are left out
   */
  readonly baseUrl?: string | undefined;
  /**
   * Whether the headers of the trace (`traceparent`) are sent. FlyteAdmin's CORS refuses them, so
   * leave them off in pages.
   * @defaultValue `true`
   */
  readonly propagate?: boolean | undefined;
}

const optionNames: OptionNames<OtelOptions> = {
  tracerProvider: true,
  meterProvider: true,
  baseUrl: true,
  propagate: true,
};

const name = "flyte-admin-client";

/**
 * Makes a span and metrics of each attempt of a call, by OpenTelemetry's conventions for RPCs:
 * `rpc.system`, `rpc.service`, `rpc.method`, `rpc.grpc.status_code`. No attribute holds a header
 * or a message's content.
 *
 * @example
 * ```ts
 * const admin = new AdminClient({ baseUrl, interceptors: [otelInterceptor({ baseUrl })] });
 * ```
 */
export function otelInterceptor(options: OtelOptions = {}): Interceptor {
  const {
    tracerProvider,
    meterProvider,
    propagate = true,
  } = requireKnownOptions(options, optionNames);
  const tracer = (tracerProvider ?? trace).getTracer(name, version);
  const instruments = createInstruments(meterProvider, name, version);
  const server = serverAttributes(options.baseUrl);
  return (next) => async (request) => {
    if (request.stream) return next(request);
    const { method, service } = request;
    const attributes: Attributes = {
      "rpc.system": "grpc",
      "rpc.service": service.typeName,
      "rpc.method": method.name,
      ...server,
    };
    const span = tracer.startSpan(`${service.typeName}/${method.name}`, {
      kind: SpanKind.CLIENT,
      attributes,
    });
    const startedAt = performance.now();
    const requestBytes = toBinary(method.input, request.message).length;
    const end = (status: number, responseBytes: number | undefined): void => {
      const outcome = { "rpc.grpc.status_code": status };
      const durationMs = performance.now() - startedAt;
      instruments.record(
        { durationMs, requestBytes, responseBytes },
        { ...attributes, ...outcome },
      );
      span.setAttributes(outcome);
      span.end();
    };
    const inside = trace.setSpan(context.active(), span);
    if (propagate) propagation.inject(inside, request.header, { set: setHeader });
    try {
      const response = await context.with(inside, () => next(request));
      end(0, response.stream ? undefined : toBinary(method.output, response.message).length);
      return response;
    } catch (thrown) {
      const error = toFlyteError(thrown, { rpc: method.name });
      span.setAttribute("error.type", error.code);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
      end(numberOfStatus(error.code), undefined);
      throw thrown;
    }
  };
}

function setHeader(header: Headers, key: string, value: string): void {
  header.set(key, value);
}

function serverAttributes(baseUrl: string | undefined): Attributes {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return {};
  const { hostname, port, protocol } = new URL(baseUrl);
  const standard = protocol === "https:" ? 443 : 80;
  return { "server.address": hostname, "server.port": port === "" ? standard : Number(port) };
}

/** The metrics of OpenTelemetry's conventions for clients of RPCs. */
interface Instruments {
  /** Counts an attempt that has ended. */
  record(figures: AttemptFigures, attributes: Attributes): void;
}

/** The measurements of an attempt. */
interface AttemptFigures {
  readonly durationMs: number;
  readonly requestBytes: number;
  /** `undefined` when no message came. */
  readonly responseBytes: number | undefined;
}

/** Makes the instruments, under the name of this package. */
function createInstruments(
  provider: MeterProvider | undefined,
  name: string,
  version: string,
): Instruments {
  const meter = (provider ?? metrics).getMeter(name, version);
  const duration: Histogram = meter.createHistogram("rpc.client.duration", {
    unit: "ms",
    description: "How long an attempt of a call took.",
  });
  const requestSize: Histogram = meter.createHistogram("rpc.client.request.size", {
    unit: "By",
    description: "The size of a request message.",
  });
  const responseSize: Histogram = meter.createHistogram("rpc.client.response.size", {
    unit: "By",
    description: "The size of a response message.",
  });
  return {
    record({ durationMs, requestBytes, responseBytes }, attributes) {
      duration.record(durationMs, attributes);
      requestSize.record(requestBytes, attributes);
      if (responseBytes !== undefined) responseSize.record(responseBytes, attributes);
    },
  };
}
