import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";

/** Returns the names of all RPCs that the in-memory server answers. */
export function rpcNames(): readonly string[] {
  const services = [
    AdminService,
    AuthMetadataService,
    DataProxyService,
    IdentityService,
    SignalService,
  ];
  return services.flatMap(({ methods }) => methods.map(({ name }) => name));
}
