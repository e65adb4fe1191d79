import type { DescService, MessageShape } from "@bufbuild/protobuf";

/** The facts of a call that its handler sees. */
export interface RpcContext {
  /** The server's clock. */
  readonly now: () => Date;
  /** The request's headers (gRPC metadata), as they arrived. */
  readonly headers: Headers;
  /** Aborted when the caller goes away or its deadline passes. */
  readonly signal: AbortSignal;
  /** The wire that the call came over. */
  readonly wire: "in-process" | "grpc" | "rest" | "grpc-web";
  /** Where signed URLs point, without a slash at the end. */
  readonly signedUrlBase: string;
}

/**
 * One handler for every RPC of a service. The type is exhaustive over the
 * service descriptor, so an RPC without a handler does not compile.
 *
 * A handler throws `ConnectError` with the server's code, text and details.
 */
export type RpcHandlers<S extends DescService> = {
  readonly [M in keyof S["method"]]: (
    request: MessageShape<S["method"][M]["input"]>,
    context: RpcContext,
  ) => MessageShape<S["method"][M]["output"]> | Promise<MessageShape<S["method"][M]["output"]>>;
};
