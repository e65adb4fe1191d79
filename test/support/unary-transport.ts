import { create, type DescMethodUnary } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

/** A call as a transport receives it. */
export interface ReceivedCall {
  readonly method: DescMethodUnary;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly header: Headers;
}

/**
 * A transport without a wire, which answers each call with an empty message.
 *
 * @param receive - called first with each call; what it throws is the answer
 */
export function unaryTransport(
  receive: (call: ReceivedCall) => unknown = () => undefined,
): Transport {
  return {
    async unary(method, signal, timeoutMs, header) {
      await receive({ method, signal, timeoutMs, header: new Headers(header) });
      return {
        stream: false,
        service: method.parent,
        method,
        header: new Headers(),
        trailer: new Headers(),
        message: create(method.output),
      };
    },
    stream: () => Promise.reject(new Error("a test without streams asked for one")),
  };
}
