import { createRouterTransport, type Transport } from "@connectrpc/connect";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { type ResourceListRequest, Sort_Direction } from "../../gen/flyteidl/admin/common_pb.js";

interface Row {
  readonly name: string;
  readonly micros: bigint;
  readonly nanos: number;
}

/**
 * A server with executions that share times, which a real one leaves in no order: it turns them
 * around with every call. It knows conditions on the time and offsets, and nothing else.
 */
export function tiedServer(times: readonly bigint[]): Transport {
  const rows = times.map((micros, index) => ({
    name: `e${index}`,
    micros,
    // What the closure has beyond the column.
    nanos: (index * 337) % 1000,
  }));
  let calls = 0;
  return createRouterTransport(({ service }) => {
    service(AdminService, {
      listExecutions: (request) => {
        calls += 1;
        return page(rows, request, calls);
      },
    });
  });
}

function page(
  rows: readonly Row[],
  { filters, limit, token, sortBy }: ResourceListRequest,
  turn: number,
) {
  const found = rows.filter(({ micros }) => meets(micros, filters));
  if (sortBy?.key === "execution_created_at") {
    const sign = sortBy.direction === Sort_Direction.ASCENDING ? 1 : -1;
    const shuffled = turn % 2 === 0 ? found.reverse() : found;
    shuffled.sort((a, b) => sign * Number(a.micros - b.micros));
  }
  const offset = Number(token);
  const items = found.slice(offset, offset + limit);
  return {
    executions: items.map(({ name, micros, nanos }) => ({
      id: { project: "flytesnacks", domain: "development", name },
      closure: {
        createdAt: {
          seconds: micros / 1_000_000n,
          nanos: Number(micros % 1_000_000n) * 1000 + nanos,
        },
      },
    })),
    token: items.length === limit ? String(offset + limit) : "",
  };
}

function meets(micros: bigint, filter: string): boolean {
  if (filter === "") return true;
  const [, operator, date = "", fraction = "0"] =
    /^(\w+)\(execution_created_at,([^.Z]+)(?:\.(\d+))?Z\)$/.exec(filter) ?? [];
  const key = BigInt(Date.parse(`${date}Z`)) * 1000n + BigInt(fraction.padEnd(6, "0"));
  switch (operator) {
    case "eq":
      return micros === key;
    case "gt":
      return micros > key;
    case "gte":
      return micros >= key;
    case "lt":
      return micros < key;
    case "lte":
      return micros <= key;
    default:
      throw new Error(`unknown filter: ${filter}`);
  }
}
