import {
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ContextValues,
  createContextValues,
  type Transport,
  type UnaryResponse,
} from "@connectrpc/connect";
import { runUnaryCall } from "@connectrpc/connect/protocol";

import { type CallLog, CallRecord } from "./calls/index.js";
import { FaultedAnswer, spoil } from "./faults/index.js";
import type { Answer, Pipeline } from "./pipeline/index.js";

/** The parts of an in-process transport. */
export interface InProcessParts {
  readonly pipeline: Pipeline;
  readonly calls: CallLog;
  readonly now: () => Date;
  readonly signedUrlBase: string;
}

/** A Connect transport that hands calls straight to the server. Messages go through their binary form. */
export function createInProcessTransport(parts: InProcessParts): Transport {
  return {
    unary: (method, signal, timeoutMs, header, message, contextValues) =>
      callUnary(parts, { method, signal, timeoutMs, header, message, contextValues }),
    stream: (method) =>
      Promise.reject(
        new ConnectError(
          `${method.name} streams, and FlyteAdmin has no streaming RPC`,
          Code.Unimplemented,
        ),
      ),
  };
}

interface UnaryCall<I extends DescMessage, O extends DescMessage> {
  readonly method: DescMethodUnary<I, O>;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly header: HeadersInit | undefined;
  readonly message: MessageInitShape<I>;
  readonly contextValues: ContextValues | undefined;
}

function callUnary<I extends DescMessage, O extends DescMessage>(
  { pipeline, calls, now, signedUrlBase }: InProcessParts,
  { method, signal, timeoutMs, header, message, contextValues }: UnaryCall<I, O>,
): Promise<UnaryResponse<I, O>> {
  return runUnaryCall<I, O>({
    ...(signal === undefined ? {} : { signal }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    req: {
      stream: false,
      service: method.parent,
      method,
      requestMethod: "POST",
      url: `in-process://${method.parent.typeName}/${method.name}`,
      header: new Headers(header),
      contextValues: contextValues ?? createContextValues(),
      message,
    },
    next: async (request) => {
      const record = new CallRecord({ wire: "in-process", headers: request.header, at: now() });
      calls.add(record);
      const bytes = toBinary(method.input, request.message);
      record.requestBytes = bytes.length;
      const answer = await asOnWire(
        request.signal,
        pipeline.run({
          service: method.parent.typeName,
          rpc: method.name,
          bytes,
          headers: request.header,
          wire: "in-process",
          signal: request.signal,
          signedUrlBase,
          record,
        }),
      );
      const sent = answer.fault === undefined ? answer.bytes : spoil(answer.bytes, answer.fault);
      record.responseBytes = sent.length;
      return {
        stream: false,
        service: method.parent,
        method,
        header: new Headers(),
        trailer: new Headers(),
        message: decode(method.output, sent, answer.fault),
      };
    },
  });
}

/**
 * Converts an answer as a wire would. An error has the header that distinguishes the server's CANCELLED
 * and DEADLINE_EXCEEDED from the caller's own; where there is no connection to break and no page
 * to send, the caller gets an error in their place.
 */
async function asOnWire(signal: AbortSignal, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (reason) {
    if (reason instanceof FaultedAnswer) throw new ConnectError(reason.message, Code.Unavailable);
    if (reason instanceof ConnectError && !signal.aborted) {
      reason.metadata.set("grpc-status", String(reason.code));
    }
    throw reason;
  }
}

function decode<O extends DescMessage>(
  desc: O,
  bytes: Uint8Array,
  fault: Answer["fault"],
): MessageShape<O> {
  // A gRPC frame without its end, or without a message, never gets as far as the decoder.
  if (fault === "empty" || fault === "truncated") {
    const words = fault === "empty" ? "missing output message" : "premature end of input";
    throw new ConnectError(words, Code.Internal, undefined, undefined, new Error(words));
  }
  try {
    return fromBinary(desc, bytes);
  } catch (reason) {
    throw new ConnectError("cannot parse response", Code.Internal, undefined, undefined, reason);
  }
}
