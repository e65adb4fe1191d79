import { type DescMethod, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import { statusCodeOf } from "../../errors/index.js";
import type { CallRecord } from "../calls/index.js";
import {
  errorOf,
  FaultedAnswer,
  type FaultList,
  waitOut,
  type WireFault,
  wireFaultOf,
} from "../faults/index.js";
import type { RpcContext } from "../rpcs/index.js";
import { type AnsweredCall, answeredCall } from "./answered-call.js";
import { withCallDeadline } from "./call-deadline.js";
import type { ServedRpc, ServedServices } from "./services.js";

/** The largest request that the server takes, in bytes: the default of its gRPC library. */
export const maxMessageBytes: number = 4 * 1024 * 1024;

/** A call that has been routed and whose message has been read, from any wire. */
export interface RoutedCall {
  readonly service: string;
  readonly rpc: string;
  /** The request message, encoded. */
  readonly bytes: Uint8Array;
  /** The gRPC metadata of the call. */
  readonly headers: Headers;
  readonly wire: RpcContext["wire"];
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /** The caller's deadline from now, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** Where signed URLs point. */
  readonly signedUrlBase: string;
  readonly record: CallRecord;
  /** The path of the HTTP request, for the wires that have one. */
  readonly path?: string | undefined;
}

/** The answer to a call: the message, encoded, and what a fault wants done to it. */
export interface Answer {
  readonly method: DescMethod;
  readonly bytes: Uint8Array;
  readonly fault: Extract<WireFault, "truncated" | "corrupt" | "empty"> | undefined;
}

/** Lets a call pass, or throws UNAUTHENTICATED. It comes after routing and decoding, as in the server. */
export type Authenticator = (call: RoutedCall) => void | Promise<void>;

/** The parts of a pipeline. */
export interface PipelineParts {
  readonly services: ServedServices;
  readonly faults: FaultList;
  readonly now: () => Date;
  readonly authenticate: Authenticator;
  /** Waits before an answer is sent. */
  readonly beforeAnswer?: ((call: AnsweredCall) => Promise<void>) | undefined;
}

/**
 * The steps of a call on every wire: found → decoded → authenticated →
 * struck by a fault or handled → encoded. Messages are decoded from bytes and
 * encoded to bytes, so that no caller shares an object with the server.
 */
export class Pipeline {
  readonly #parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  /**
   * Answers a call and writes its outcome into its record.
   * @throws ConnectError with the server's code, text and details
   * @throws FaultedAnswer where a fault wants a page or a broken connection instead of an answer
   */
  async run(call: RoutedCall): Promise<Answer> {
    try {
      const answer = await withCallDeadline(call, (signal) => this.#answer(call, signal));
      call.record.code = "OK";
      return answer;
    } catch (reason) {
      if (reason instanceof FaultedAnswer) throw reason;
      const error = toConnectError(reason);
      call.record.code = statusCodeOf(error.code);
      throw error;
    }
  }

  async #answer(call: RoutedCall, signal: AbortSignal): Promise<Answer> {
    const { services, faults, authenticate } = this.#parts;
    const served = services.find(call.service, call.rpc);
    call.record.reach(served.method, call.bytes);
    checkSize(call.bytes.length);
    const request = decode(served, call.bytes);
    await authenticate(call);
    const effect = faults.strike({ rpc: call.rpc, path: call.path, blob: undefined });
    if (effect !== undefined) {
      await waitOut(effect, signal);
      const error = errorOf(effect);
      if (error !== undefined) throw error;
    }
    const fault = wireFaultOf(effect);
    if (fault === "reset" || fault === "html")
      throw new FaultedAnswer(fault, effect?.status ?? 502);
    const response = await served.handler(request, this.#context(call, signal));
    await this.#parts.beforeAnswer?.(answeredCall(served, request, response, signal));
    return { method: served.method, bytes: toBinary(served.method.output, response), fault };
  }

  #context(call: RoutedCall, signal: AbortSignal): RpcContext {
    const { headers, wire, signedUrlBase } = call;
    return { now: this.#parts.now, headers, signal, wire, signedUrlBase };
  }
}

/**
 * Refuses a message over the limit, with the text of Go's gRPC library.
 * @throws ConnectError RESOURCE_EXHAUSTED
 */
export function checkSize(bytes: number): void {
  if (bytes <= maxMessageBytes) return;
  throw new ConnectError(
    `grpc: received message larger than max (${bytes} vs. ${maxMessageBytes})`,
    Code.ResourceExhausted,
  );
}

function decode(served: ServedRpc, bytes: Uint8Array): Message {
  try {
    return fromBinary(served.method.input, bytes);
  } catch {
    throw new ConnectError(
      "grpc: error unmarshalling request: proto: cannot parse invalid wire-format data",
      Code.Internal,
    );
  }
}

function toConnectError(reason: unknown): ConnectError {
  if (reason instanceof ConnectError) return reason;
  return new ConnectError(String(reason), Code.Internal, undefined, undefined, reason);
}
