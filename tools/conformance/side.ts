import type { DescMethodUnary, DescService, Message } from "@bufbuild/protobuf";
import { type AdminClient, FlyteError, type StatusCode } from "flyte-admin-client";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";
import { AuthMetadataService } from "flyte-admin-client/gen/flyteidl/service/auth_pb";
import { DataProxyService } from "flyte-admin-client/gen/flyteidl/service/dataproxy_pb";
import { IdentityService } from "flyte-admin-client/gen/flyteidl/service/identity_pb";
import { SignalService } from "flyte-admin-client/gen/flyteidl/service/signal_pb";

/** The services of FlyteAdmin. */
export const servedServices: readonly DescService[] = [
  AdminService,
  AuthMetadataService,
  DataProxyService,
  IdentityService,
  SignalService,
];

/** The answer of one server to a call. */
export type Answer =
  | { readonly kind: "message"; readonly message: Message }
  | { readonly kind: "error"; readonly code: StatusCode; readonly text: string }
  /** The wire cannot carry the request: REST has no path for an empty name. */
  | { readonly kind: "unsent" };

/** An answer that came from a server. */
export type SentAnswer = Exclude<Answer, { readonly kind: "unsent" }>;

/** One of the two servers that are compared, on one wire. */
export interface Side {
  /** `grpc` or `rest`. */
  readonly wire: string;
  ask(method: DescMethodUnary, request: Message): Promise<Answer>;
}

/** A server behind a client. A server that cannot be reached ends the run. */
export function sideOf(wire: string, client: AdminClient): Side {
  return {
    wire,
    ask: async (method, request) => {
      try {
        const message = await rpcOf(client, method)(request, { timeoutMs: 60_000 });
        return { kind: "message", message };
      } catch (error) {
        if (error instanceof FlyteError && error.attempts === 0) return { kind: "unsent" };
        if (!(error instanceof FlyteError) || error.serverMessage === undefined) throw error;
        return { kind: "error", code: error.code, text: error.serverMessage };
      }
    },
  };
}

type Rpc = (request: Message, options: { readonly timeoutMs: number }) => Promise<Message>;

function rpcOf({ rpc }: AdminClient, method: DescMethodUnary): Rpc {
  const clients: ReadonlyMap<string, object> = new Map<string, object>([
    [AdminService.typeName, rpc.admin],
    [AuthMetadataService.typeName, rpc.authMetadata],
    [DataProxyService.typeName, rpc.dataProxy],
    [IdentityService.typeName, rpc.identity],
    [SignalService.typeName, rpc.signals],
  ]);
  const found: unknown = Reflect.get(clients.get(method.parent.typeName) ?? {}, method.localName);
  if (!isRpc(found)) throw new Error(`The client has no ${method.parent.name}.${method.name}.`);
  return found;
}

function isRpc(value: unknown): value is Rpc {
  return typeof value === "function";
}
