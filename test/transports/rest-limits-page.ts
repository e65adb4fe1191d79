import {
  type DescField,
  type DescMessage,
  type DescMethodUnary,
  ScalarType,
} from "@bufbuild/protobuf";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import type { RestLimitReason } from "../../src/transports/rest/query.js";
import { type Binding, routeOf } from "../../src/transports/rest/route.js";

/** An RPC with what REST cannot carry of it. */
export interface LimitRow {
  readonly method: DescMethodUnary;
  readonly cannot: readonly RestLimitReason[];
}

const services = [
  AdminService,
  DataProxyService,
  SignalService,
  IdentityService,
  AuthMetadataService,
];

/** The limits of every RPC, in the order of the descriptors. */
export const limitRows: readonly LimitRow[] = services.flatMap((service) =>
  Object.values<DescMethodUnary>(service.method).map((method) => ({
    method,
    cannot: limitsOf(method),
  })),
);

/** Returns the limits of an RPC's requests over the gateway, which follow from its route and the fields of its request. */
function limitsOf(method: DescMethodUnary): readonly RestLimitReason[] {
  // The last binding has the shortest path.
  const binding = routeOf(method)?.bindings.at(-1);
  if (binding === undefined) return ["noRoute"];
  const path = pathFieldsOf(binding);
  const inPath = path.map(({ protoName }) => protoName);
  const query = binding.hasBody ? [] : queryFields(method.input, inPath);
  const leaves = [...path.map(({ leaf }) => leaf), ...query];
  const limits: readonly (readonly [RestLimitReason, boolean])[] = [
    ["pathPart", path.some(({ leaf, hasOverride }) => isText(leaf) && !hasOverride)],
    ["emptyMessage", query.some(({ message }) => message !== undefined && !isDuration(message))],
    ["unknownEnum", leaves.some((field) => field.enum !== undefined)],
    ["longDuration", query.some(({ message }) => message !== undefined && isDuration(message))],
  ];
  return limits.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

function pathFieldsOf({ segments }: Binding) {
  return segments.filter((segment) => typeof segment !== "string");
}

/** The fields that a query carries; of a message those in it too, and not itself where the path has a part of it. */
function queryFields(
  type: DescMessage,
  inPath: readonly string[],
  prefix = "",
): readonly DescField[] {
  return type.fields.flatMap((field) => {
    const name = prefix + field.name;
    if (inPath.includes(name)) return [];
    const { message } = field;
    if (message === undefined || isDuration(message)) return [field];
    const isPartlyInPath = inPath.some((path) => path.startsWith(`${name}.`));
    return [...(isPartlyInPath ? [] : [field]), ...queryFields(message, inPath, `${name}.`)];
  });
}

function isText({ scalar }: DescField): boolean {
  return scalar === ScalarType.STRING;
}

function isDuration({ typeName }: DescMessage): boolean {
  return typeName === "google.protobuf.Duration";
}

/** The explanation of each reason. Parts of a path are listed one by one. */
const texts: Readonly<Record<RestLimitReason, string>> = {
  noRoute: "Every call, because the gateway has no route for it",
  pathPart:
    "A path segment that contains `/`, or is `.` or `..`, because the gateway decodes a path before it splits it",
  emptyMessage: "An empty sort, because a query cannot distinguish it from a missing one",
  unknownEnum: "An enum value that the server does not know",
  longDuration: "A duration of more than 292 years, which Go's durations do not hold",
};
const reasons: readonly RestLimitReason[] = [
  "noRoute",
  "pathPart",
  "emptyMessage",
  "unknownEnum",
  "longDuration",
];

const introduction = `# What REST cannot carry

Over the REST gateway the calls below throw \`UnsupportedByTransportError\` before anything is sent. gRPC,
gRPC-Web and Connect carry all of them. The limits follow from the gateway's routes; \`npm run update\` writes
this page.
`;

/** The text of docs/rest-limits.md. */
export function restLimitsPage(): string {
  return `${introduction}\n${limitsList()}`;
}

function limitsList(): string {
  const lines: string[] = [];
  for (const reason of reasons) {
    const rows = limitRows.filter(({ cannot }) => cannot.includes(reason));
    if (reason === "pathPart") {
      lines.push(...wrapped("- ", `${texts[reason]}:`));
      for (const { what, rows: group } of byParts(rows)) {
        lines.push(...wrapped("  - ", `${what}: ${namesOf(group)}`));
      }
    } else {
      lines.push(...wrapped("- ", `${texts[reason]}: ${namesOf(rows)}`));
    }
  }
  const free = limitRows.filter(({ cannot }) => cannot.length === 0);
  lines.push(...wrapped("- ", `No limits: ${namesOf(free)}`));
  return `${lines.join("\n")}\n`;
}

function namesOf(rows: readonly LimitRow[]): string {
  return `${rows.map(({ method }) => method.name).join(", ")}.`;
}

const maxWidth = 100;

/** A list item in lines of at most 100 characters. */
function wrapped(bullet: string, text: string): string[] {
  const lines: string[] = [];
  let line = bullet.trimEnd();
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > maxWidth) {
      lines.push(line);
      line = " ".repeat(bullet.length - 1);
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** RPCs with the same parts in their paths, together. */
function byParts(rows: readonly LimitRow[]): { what: string; rows: LimitRow[] }[] {
  const groups = new Map<string, LimitRow[]>();
  for (const row of rows) {
    // The last binding has the shortest path, and a part that a query can carry is no limit.
    const binding = routeOf(row.method)?.bindings.at(-1);
    const parts = (binding === undefined ? [] : pathFieldsOf(binding)).flatMap(
      ({ hasOverride, leaf }) => (hasOverride || !isText(leaf) ? [] : [`\`${leaf.name}\``]),
    );
    const what = [...new Set(parts)].join(", ");
    groups.set(what, [...(groups.get(what) ?? []), row]);
  }
  return [...groups].map(([what, group]) => ({ what, rows: group }));
}
