import { create, type DescService, type Message } from "@bufbuild/protobuf";

import { MemoryBlobStore } from "../../../src/testing/blobs/index.js";
import { ServedServices } from "../../../src/testing/pipeline/index.js";
import type { RpcContext, RpcHandlers } from "../../../src/testing/rpcs/index.js";
import {
  createServerWires,
  type ServerParts,
  type ServerWires,
} from "../../../src/testing/server.js";
import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { DataProxyService } from "../../../gen/flyteidl/service/dataproxy_pb.js";
import { SignalService } from "../../../gen/flyteidl/service/signal_pb.js";

/** The handler of a fake RPC. */
export type FakeRpc = (request: Message, context: RpcContext) => Message | Promise<Message>;

/** One call as it reached a handler. */
export interface HandledCall {
  readonly rpc: string;
  readonly request: Message;
  readonly context: RpcContext;
}

/** Wires around RPCs that note what they are asked and answer what a test wants. */
export interface FakeServer extends ServerWires {
  readonly handled: HandledCall[];
  readonly blobs: MemoryBlobStore;
  /** The clock, which a test may set. */
  readonly clock: { now: Date };
}

/** Builds wires around fake RPCs; one that is not given answers with an empty message. */
export function fakeServer(
  rpcs: Readonly<Record<string, FakeRpc>> = {},
  parts: Partial<ServerParts> = {},
): FakeServer {
  const handled: HandledCall[] = [];
  const clock = { now: new Date("2026-01-15T12:00:00Z") };
  const now = (): Date => clock.now;
  const blobs = new MemoryBlobStore(now);
  const handlersOf = <S extends DescService>(service: S): RpcHandlers<S> => {
    const handlers: Record<string, FakeRpc> = {};
    for (const method of service.methods) {
      handlers[method.localName] = (request, context) => {
        handled.push({ rpc: method.name, request, context });
        return rpcs[method.name]?.(request, context) ?? create(method.output);
      };
    }
    // A test passes messages of whatever type the RPC has.
    return handlers as never;
  };
  const services = new ServedServices()
    .add(AdminService, handlersOf(AdminService))
    .add(DataProxyService, handlersOf(DataProxyService))
    .add(SignalService, handlersOf(SignalService));
  const wires = createServerWires({
    services,
    blobs,
    now,
    random: () => 0.5,
    signedUrlBase: "http://storage.test",
    cors: {},
    maxCalls: 100,
    ...parts,
  });
  return { ...wires, handled, blobs, clock };
}
