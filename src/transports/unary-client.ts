import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

import type { CallOptions } from "../internal/index.js";
import { checkCallOptions } from "../internal/validation/index.js";

/** The methods of a service by their names; gen/flyteidl/service/methods.ts has those of each. */
export type UnaryMethods = Readonly<Record<string, DescMethodUnary>>;

/** A client of unary methods: what Connect's `Client` is for a service that has no other methods. */
export type UnaryClient<Methods extends UnaryMethods> = {
  readonly [Name in keyof Methods]: (
    request: MessageInitShape<Methods[Name]["input"]>,
    options?: CallOptions,
  ) => Promise<MessageShape<Methods[Name]["output"]>>;
};

/**
 * Creates a client of the methods of a service. Connect's `createClient` returns the same for the descriptor of a
 * whole service, and brings along that descriptor and the code of streams.
 */
export function createUnaryClient<Methods extends UnaryMethods>(
  methods: Methods,
  transport: Transport,
): UnaryClient<Methods> {
  const calls = Object.entries(methods).map(([name, method]) => [
    name,
    (request: MessageInitShape<DescMessage>, options?: CallOptions) =>
      sendUnary(transport, method, request, options),
  ]);
  // There is one function for each name, whose messages are those of the method.
  return Object.fromEntries(calls) as UnaryClient<Methods>;
}

/**
 * Sends one request and returns the message of the answer.
 *
 * @throws InvalidOptionError before the request is sent, for an unknown or invalid option
 */
export async function sendUnary<I extends DescMessage, O extends DescMessage>(
  transport: Transport,
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
  options?: CallOptions,
): Promise<MessageShape<O>> {
  checkCallOptions(options);
  const response = await transport.unary(
    method,
    options?.signal,
    options?.timeoutMs,
    options?.headers,
    request,
    options?.contextValues,
  );
  options?.onHeader?.(response.header);
  options?.onTrailer?.(response.trailer);
  return response.message;
}
