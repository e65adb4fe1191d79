import type {
  DescMessage,
  DescMethodUnary,
  DescService,
  MessageInitShape,
  MessageShape,
} from "@bufbuild/protobuf";
import { type Client, makeAnyClient, type Transport } from "@connectrpc/connect";

import type { CallOptions } from "../internal/call-options.js";
import { checkCallOptions } from "../internal/validation/index.js";

/**
 * Creates a Connect client of a service whose methods are all unary, as FlyteAdmin's are. Connect's
 * `createClient` returns the same, and brings along the code of streams.
 */
export function createUnaryClient<Service extends DescService>(
  service: Service,
  transport: Transport,
): Client<Service> {
  const client = makeAnyClient(service, (method) =>
    method.methodKind === "unary"
      ? (request: MessageInitShape<DescMessage>, options?: CallOptions) =>
          sendUnary(transport, method, request, options)
      : null,
  );
  // A client's type follows from the service's, which is lost on the way through its methods.
  return client as Client<Service>;
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
