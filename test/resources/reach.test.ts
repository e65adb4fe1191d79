import { describe, expect, it } from "@jest/globals";
import type { DescService } from "@bufbuild/protobuf";
import { createRouterTransport, type Interceptor } from "@connectrpc/connect";
import { AdminClient } from "../../src/index.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import {
  adminReach,
  authMetadataReach,
  dataProxyReach,
  identityReach,
  type Reach,
  signalReach,
} from "./reach.js";

const tables: readonly (readonly [DescService, Readonly<Record<string, Reach>>])[] = [
  [AdminService, adminReach],
  [DataProxyService, dataProxyReach],
  [SignalService, signalReach],
  [IdentityService, identityReach],
  [AuthMetadataService, authMetadataReach],
];
const rows = tables.flatMap(([service, table]) =>
  service.methods.map((method) => ({ rpc: method.name, reach: table[method.localName] })),
);

/** A client whose calls all end UNIMPLEMENTED, and what it asked for. */
function spiedClient(): { admin: AdminClient; asked: string[] } {
  const asked: string[] = [];
  const spy: Interceptor = (next) => (request) => {
    asked.push(request.method.name);
    return next(request);
  };
  const transport = createRouterTransport(() => undefined, { transport: { interceptors: [spy] } });
  return { admin: new AdminClient({ transport }), asked };
}

describe("the facade", () => {
  it("has a place for all 66 RPCs", () => {
    expect(rows).toHaveLength(66);
    expect(rows.filter(({ reach }) => reach === undefined)).toEqual([]);
  });

  it.each(rows.map(({ rpc, reach }) => [rpc, reach?.through ?? "", reach] as const))(
    "calls %s through %s",
    async (rpc, through, reach) => {
      const { admin, asked } = spiedClient();
      const [resource = "", method = ""] = through.split(".");
      const owner: unknown = Reflect.get(admin, resource);
      expect(typeof Reflect.get(owner ?? {}, method)).toBe("function");
      await expect(reach?.call(admin)).rejects.toThrow();
      expect(asked).toEqual([rpc]);
    },
  );
});
