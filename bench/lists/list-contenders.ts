import { createHash } from "node:crypto";

import { toBinary } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

import {
  type TaskExecution,
  TaskExecutionSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import { AdminClient } from "../../src/client/admin-client.js";
import type { ListOptions } from "../../src/lists/paging/index.js";
import type { Contender } from "../contender.js";
import { loopAhead, type NodeId, plainClient, plainLoop } from "./loops.js";

/** The setting in which lists are measured. */
export interface ListSetting {
  readonly node: NodeId;
  readonly rows: number;
  readonly rowsOfSlowLoops: number;
  /** connect-node's gRPC transport as it comes. */
  readonly plainGrpc: Transport;
  /** This package's, with wide flow-control windows. */
  readonly grpc: Transport;
  readonly rest: Transport;
}

/** The loops over a long list, plain and with one lever after the other. */
export function listContenders(setting: ListSetting): readonly Contender[] {
  const { node, rows, rowsOfSlowLoops, plainGrpc, grpc, rest } = setting;
  const ours = (transport: Transport, options: ListOptions) =>
    new AdminClient({ transport }).taskExecutions.list({ nodeExecutionId: node }, options).pages();
  async function* client(transport: Transport, options: ListOptions = {}) {
    for await (const { items } of ours(transport, options)) yield items;
  }
  const byHand = (transport: Transport, pageSize: number) =>
    plainLoop(plainClient(transport), node, pageSize);
  const group = "list";
  const slow = (run: () => AsyncIterable<readonly TaskExecution[]>) => () =>
    firstRows(run(), rowsOfSlowLoops);
  return [
    {
      group,
      name: "gRPC plain: 64 KiB windows, pages of 100",
      run: slow(() => byHand(plainGrpc, 100)),
    },
    { group, name: "gRPC pages of 1,000", run: slow(() => byHand(plainGrpc, 1000)) },
    { group, name: "gRPC wide windows, pages of 100", run: slow(() => byHand(grpc, 100)) },
    {
      group,
      name: "gRPC wide windows, pages of 100, 8 ahead",
      run: () => client(grpc, { pageSize: 100, readAhead: 8 }),
      digestOf,
    },
    { group, name: "gRPC wide windows, pages of 1,000", run: () => byHand(grpc, 1000), digestOf },
    {
      group,
      name: "gRPC wide windows, growing pages",
      run: () => client(grpc, { readAhead: false }),
      digestOf,
    },
    {
      group,
      name: "gRPC by hand: wide, 1,000, 8 ahead, length known",
      run: () => loopAhead(plainClient(grpc), node, 1000, 8, rows),
      digestOf,
    },
    { group, name: "gRPC this client", run: () => client(grpc), digestOf },
    { group, name: "REST plain: pages of 100", run: slow(() => byHand(rest, 100)) },
    {
      group,
      name: "REST by hand: 1,000, 6 ahead, length known",
      run: () => loopAhead(plainClient(rest), node, 1000, 6, rows),
      digestOf,
    },
    { group, name: "REST this client", run: () => client(rest), digestOf },
  ];
}

/** A list that fits in one page: what the client's own layer may cost. */
export function shortListContenders(
  setting: Pick<ListSetting, "grpc"> & { readonly node: NodeId },
): readonly Contender[] {
  const { grpc, node } = setting;
  const admin = new AdminClient({ transport: grpc });
  const group = "short list, 200 times";
  return [
    {
      group,
      name: "gRPC by hand: wide windows, pages of 1,000",
      run: () => often(() => plainLoop(plainClient(grpc), node, 1000)),
    },
    {
      group,
      name: "gRPC this client",
      run: () =>
        often(async function* () {
          yield await admin.taskExecutions.list({ nodeExecutionId: node }).toArray({ limit: 1000 });
        }),
    },
  ];
}

async function* often(run: () => AsyncIterable<readonly TaskExecution[]>) {
  for (let time = 0; time < 200; time++) yield* run();
}

async function* firstRows(pages: AsyncIterable<readonly TaskExecution[]>, rows: number) {
  let left = rows;
  for await (const page of pages) {
    yield page;
    left -= page.length;
    if (left <= 0) return;
  }
}

function digestOf(rows: readonly unknown[]): string {
  const hash = createHash("sha256");
  for (const row of rows as readonly TaskExecution[])
    hash.update(toBinary(TaskExecutionSchema, row));
  return hash.digest("hex");
}
