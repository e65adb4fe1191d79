import { type DescMethodUnary, ScalarType } from "@bufbuild/protobuf";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import {
  type RestLimitReason,
  type RestLimits,
  restLimits,
} from "../../src/transports/rest/rest-limits.js";
import { routeOf } from "../../src/transports/rest/route.js";

/** An RPC with what REST cannot carry of it. */
export interface LimitRow {
  readonly method: DescMethodUnary;
  readonly limits: RestLimits;
}

const services = [
  AdminService,
  DataProxyService,
  SignalService,
  IdentityService,
  AuthMetadataService,
];

/** The limits of every RPC, in the order of the descriptors. */
export const limitRows: readonly LimitRow[] = services.flatMap((service) => {
  const tables: Readonly<Record<string, Readonly<Record<string, RestLimits>>>> = restLimits;
  const table = tables[service.name] ?? {};
  return Object.values<DescMethodUnary>(service.method).map((method) => {
    const limits = table[method.localName];
    if (limits === undefined) throw new Error(`${method.name} has no limits`);
    return { method, limits };
  });
});

/** What each reason keeps off REST, and why. Parts of a path are told one by one. */
const texts: Readonly<Record<RestLimitReason, string>> = {
  noRoute: "Every call, since the gateway has no route for it",
  pathPart:
    "A part of the path that holds a `/`, or is `.` or `..`, since the gateway decodes a path before it splits it",
  emptyMessage:
    "A sort without anything in it, since a query cannot tell it from one that is not there",
  unknownEnum: "An enum's value that the server does not know",
  longDuration: "A duration of more than 292 years, which Go's do not hold",
};
const reasons: readonly RestLimitReason[] = [
  "noRoute",
  "pathPart",
  "emptyMessage",
  "unknownEnum",
  "longDuration",
];

const begin = "<!-- REST limits: written by npm run update -->";
const end = "<!-- end of REST limits -->";

/** README with the table of limits between its markers. */
export function readmeWithLimits(readme: string): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error("README.md has lost the markers of the REST limits");
  return `${readme.slice(0, from)}${begin}\n\n${limitsList()}\n${readme.slice(to)}`;
}

function limitsList(): string {
  const lines: string[] = [];
  for (const reason of reasons) {
    const rows = limitRows.filter(({ limits }) => limits.cannot.includes(reason));
    if (reason === "pathPart") {
      lines.push(...wrapped("- ", `${texts[reason]}:`));
      for (const { what, rows: group } of byParts(rows)) {
        lines.push(...wrapped("  - ", `${what}: ${namesOf(group)}`));
      }
    } else {
      lines.push(...wrapped("- ", `${texts[reason]}: ${namesOf(rows)}`));
    }
  }
  const free = limitRows.filter(({ limits }) => limits.cannot.length === 0);
  lines.push(...wrapped("- ", `Nothing at all: ${namesOf(free)}`));
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
    const parts = (routeOf(row.method)?.bindings.at(-1)?.segments ?? []).flatMap((segment) =>
      typeof segment === "string" ||
      segment.hasOverride ||
      segment.leaf.scalar !== ScalarType.STRING
        ? []
        : [`\`${segment.leaf.name}\``],
    );
    const what = [...new Set(parts)].join(", ");
    groups.set(what, [...(groups.get(what) ?? []), row]);
  }
  return [...groups].map(([what, group]) => ({ what, rows: group }));
}
