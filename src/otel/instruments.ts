import { type Attributes, type Histogram, metrics, type MeterProvider } from "@opentelemetry/api";

/** The metrics of OpenTelemetry's conventions for clients of RPCs. */
export interface Instruments {
  /** Counts an attempt that has ended. */
  record(figures: AttemptFigures, attributes: Attributes): void;
}

/** The measurements of an attempt. */
export interface AttemptFigures {
  readonly durationMs: number;
  readonly requestBytes: number;
  /** `undefined` when no message came. */
  readonly responseBytes: number | undefined;
}

/** Makes the instruments, under the name of this package. */
export function createInstruments(
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
