import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { restRoutes } from "../../gen/flyteidl/service/rest_routes.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import { methodFunctions } from "../client/method-functions.js";
import {
  adminReach,
  authMetadataReach,
  dataProxyReach,
  identityReach,
  type Reach,
  signalReach,
} from "./reach.js";

/** An RPC and where the facade has it; `reach` is missing where there is a hole. */
export interface RpcRow {
  readonly service: DescService;
  readonly method: DescMethod;
  readonly reach: Reach | undefined;
}

const tables: readonly (readonly [DescService, Readonly<Record<string, Reach>>])[] = [
  [AdminService, adminReach],
  [DataProxyService, dataProxyReach],
  [SignalService, signalReach],
  [IdentityService, identityReach],
  [AuthMetadataService, authMetadataReach],
];

/** Every RPC of the five services, in the order of their descriptors. */
export const rpcRows: readonly RpcRow[] = tables.flatMap(([service, table]) =>
  service.methods.map((method) => ({ service, method, reach: table[method.localName] })),
);

/** The text of docs/rpcs.md. */
export function rpcTable(): string {
  const lines = [
    "# Where each RPC is",
    "",
    `FlyteAdmin serves ${rpcRows.length} RPCs. Each has a method of \`AdminClient\` that calls it, alone or among others,`,
    "and the same as a function of `flyte-admin-client/functions`. `admin.rpc` reaches each one as it is.",
    "`npm run update` writes this page from the descriptors.",
  ];
  for (const [service] of tables) {
    lines.push("", `## ${service.name}`, "");
    lines.push("| RPC | method | function | REST |", "| --- | --- | --- | --- |");
    for (const row of rpcRows.filter((each) => each.service === service)) {
      lines.push(
        `| ${row.method.name} | \`admin.${row.reach?.through ?? "?"}\` | \`${functionOf(row)}\` | ${routeText(row.method)} |`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/** The function of the method through which an RPC is reached. */
function functionOf({ reach }: RpcRow): string {
  const [resource = "", method = ""] = reach?.through.split(".") ?? [];
  const functions: Readonly<Record<string, Readonly<Record<string, string>>>> = methodFunctions;
  return functions[resource]?.[method] ?? "?";
}

function routeText(method: DescMethod): string {
  const [binding] = restRoutes[method.parent.typeName]?.[method.name]?.bindings ?? [];
  return binding === undefined ? "none: gRPC only" : `\`${binding}\``;
}
