import type { DescMethod, DescService, Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import type { RpcContext, RpcHandlers } from "../rpcs/index.js";

/** A handler whose messages are those of the method that it is registered under. */
export type Handler = (request: Message, context: RpcContext) => Message | Promise<Message>;

/** One RPC that the server answers. */
export interface ServedRpc {
  readonly method: DescMethod;
  readonly handler: Handler;
}

/** The services of a server, found by the names that are in a gRPC path. */
export class ServedServices {
  readonly #services = new Map<string, ReadonlyMap<string, ServedRpc>>();

  /** Registers a service with a handler for each of its RPCs. */
  add<S extends DescService>(service: S, handlers: RpcHandlers<S>): this {
    const rpcs = new Map<string, ServedRpc>();
    for (const method of service.methods) {
      const name = method.localName as keyof S["method"];
      const handler = handlers[name];
      rpcs.set(method.name, {
        method,
        // The one place where messages lose their types: `RpcHandlers` is exhaustive
        // over the descriptor, and requests are decoded with `method.input`.
        handler: (request, context) => handler(request as never, context),
      });
    }
    this.#services.set(service.typeName, rpcs);
    return this;
  }

  /**
   * The RPC with these names.
   * @throws ConnectError UNIMPLEMENTED with the text of a Go server when the service or the method is unknown
   */
  find(service: string, method: string): ServedRpc {
    const rpcs = this.#services.get(service);
    if (rpcs === undefined) {
      throw new ConnectError(`unknown service ${service}`, Code.Unimplemented);
    }
    const rpc = rpcs.get(method);
    if (rpc === undefined) {
      throw new ConnectError(`unknown method ${method} for service ${service}`, Code.Unimplemented);
    }
    return rpc;
  }
}
