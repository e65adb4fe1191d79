import type { AdminService } from "../../../../gen/flyteidl/service/admin_pb.js";
import type { RpcHandlers } from "../rpc-types.js";

/** The handlers of all RPCs of AdminService, of which a file here implements some. */
export type AdminHandlers = RpcHandlers<typeof AdminService>;
