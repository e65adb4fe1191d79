import type { Client } from "@connectrpc/connect";

import type { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import type { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import type { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import type { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import type { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import type { DataContext } from "../data/index.js";
import type { FetchFunction } from "../internal/fetch-function.js";
import type { IdDefaults } from "../values/identifiers/index.js";
import type { WaitingClock } from "../executions/wait/index.js";
import type { LoadLater } from "./later/load-later.js";

/** The plain Connect clients of FlyteAdmin's five services. */
export interface RpcClients {
  readonly admin: Client<typeof AdminService>;
  readonly dataProxy: Client<typeof DataProxyService>;
  readonly signal: Client<typeof SignalService>;
  readonly identity: Client<typeof IdentityService>;
  readonly authMetadata: Client<typeof AuthMetadataService>;
}

/** What every resource works with. */
export interface ResourceContext {
  readonly clients: RpcClients;
  /** The project and domain of identifiers that leave them out. */
  readonly defaults: IdDefaults;
  /** How signed URLs are fetched. */
  readonly fetch: FetchFunction | undefined;
  /** What waiting for executions goes by. */
  readonly clock: WaitingClock;
  /** Aborts when the client is closed. */
  readonly closed: AbortSignal;
  /** What lists have no use for. */
  readonly loadLater: LoadLater;
}

/** What reading inputs and outputs works with. */
export function dataContext({ clients, fetch, closed, defaults }: ResourceContext): DataContext {
  return { admin: clients.admin, dataProxy: clients.dataProxy, fetch, closed, defaults };
}
