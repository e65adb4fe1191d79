import type { DescMessage, DescService, MessageInitShape } from "@bufbuild/protobuf";
import { type CallOptions, type Client, makeAnyClient, type Transport } from "@connectrpc/connect";

/**
 * A Connect client of a service whose methods are all unary, as FlyteAdmin's are. `createClient` of
 * Connect gives the same, and brings along what streams need.
 */
export function createUnaryClient<Service extends DescService>(
  service: Service,
  transport: Transport,
): Client<Service> {
  const client = makeAnyClient(service, (method) =>
    method.methodKind === "unary"
      ? async (request: MessageInitShape<DescMessage>, options?: CallOptions) => {
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
      : null,
  );
  // A client's type follows from the service's, which is lost on the way through its methods.
  return client as Client<Service>;
}
