import type { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import type { FlyteState } from "../store/index.js";
import { registryHandlers } from "./registry/index.js";
import type { RpcHandlers } from "./rpc-types.js";
import { runHandlers } from "./runs/index.js";

/** Handlers of AdminService: what is registered, and what runs. */
export function adminHandlers(state: FlyteState): RpcHandlers<typeof AdminService> {
  return { ...registryHandlers(state), ...runHandlers(state) };
}
