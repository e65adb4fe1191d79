import type { DescService } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../../gen/flyteidl/service/signal_pb.js";
import type { FlyteState } from "../store/index.js";
import type { RpcHandlers } from "./rpc-types.js";

function pending<S extends DescService>(service: S): RpcHandlers<S> {
  const handlers: Record<string, () => never> = {};
  for (const method of service.methods) {
    handlers[method.localName] = (): never => {
      throw new ConnectError(method.name, Code.Unimplemented);
    };
  }
  return handlers as RpcHandlers<S>;
}
/** Handlers of AdminService. */
export function adminHandlers(state: FlyteState): RpcHandlers<typeof AdminService> {
  void state;
  return pending(AdminService);
}
/** Handlers of DataProxyService. */
export function dataProxyHandlers(state: FlyteState): RpcHandlers<typeof DataProxyService> {
  void state;
  return pending(DataProxyService);
}
/** Handlers of SignalService. */
export function signalHandlers(state: FlyteState): RpcHandlers<typeof SignalService> {
  void state;
  return pending(SignalService);
}
/** Handlers of IdentityService. */
export function identityHandlers(state: FlyteState): RpcHandlers<typeof IdentityService> {
  void state;
  return pending(IdentityService);
}
/** Handlers of AuthMetadataService. */
export function authMetadataHandlers(state: FlyteState): RpcHandlers<typeof AuthMetadataService> {
  void state;
  return pending(AuthMetadataService);
}
