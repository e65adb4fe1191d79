import type { Message } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

import { AdminClient } from "../../src/client/admin-client.js";
import type { ListOptions } from "../../src/lists/paging/index.js";
import type { Contender } from "../contender.js";
import { canonicalDigest as digestOf } from "./canonical.js";
import type { MeasuredList } from "./kinds.js";
import { loopAhead, plainLoop, type Rows } from "./loops.js";

/** The setting in which lists are measured. */
export interface ListSetting {
  readonly list: MeasuredList;
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
  const { list, rows, rowsOfSlowLoops, plainGrpc, grpc, rest } = setting;
  async function* walk(admin: AdminClient, options: ListOptions): AsyncGenerator<Rows> {
    for await (const { items } of list.list(admin, options).pages()) yield items;
  }
  // A client that knows nothing of the list yet.
  const client = (transport: Transport, options: ListOptions = {}) =>
    walk(new AdminClient({ transport }), options);
  // The turn that does not count is the walk that it remembers.
  const again = (transport: Transport) => {
    const admin = new AdminClient({ transport });
    return () => walk(admin, {});
  };
  const byHand = (transport: Transport, pageSize: number) => plainLoop(list, transport, pageSize);
  const known = { pageSize: 1000, ahead: 8, rows };
  const group = `list of ${list.kind}`;
  const slow = (run: () => AsyncIterable<Rows>) => () => firstRows(run(), rowsOfSlowLoops);
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
      run: () => loopAhead(list, grpc, known),
      digestOf,
    },
    { group, name: "gRPC this client", run: () => client(grpc), digestOf },
    { group, name: "gRPC this client, list read before", run: again(grpc), digestOf },
    { group, name: "REST plain: pages of 100", run: slow(() => byHand(rest, 100)) },
    {
      group,
      name: "REST by hand: 1,000, 8 ahead, length known",
      run: () => loopAhead(list, rest, known),
      digestOf,
    },
    { group, name: "REST this client", run: () => client(rest), digestOf },
    { group, name: "REST this client, list read before", run: again(rest), digestOf },
  ];
}

/** A list that fits in one page: what the client's own layer may cost. */
export function shortListContenders({
  grpc,
  list,
}: Pick<ListSetting, "grpc" | "list">): readonly Contender[] {
  const admin = new AdminClient({ transport: grpc });
  const group = "short list, 200 times";
  return [
    {
      group,
      name: "gRPC by hand: wide windows, pages of 1,000",
      run: () => often(() => plainLoop(list, grpc, 1000)),
    },
    {
      group,
      name: "gRPC this client",
      run: () =>
        often(async function* () {
          yield await list.list(admin, {}).toArray({ limit: 1000 });
        }),
    },
  ];
}

async function* often(run: () => AsyncIterable<Rows>): AsyncGenerator<Rows> {
  for (let time = 0; time < 200; time++) yield* run();
}

async function* firstRows<T extends Message>(
  pages: AsyncIterable<readonly T[]>,
  rows: number,
): AsyncGenerator<readonly T[]> {
  let left = rows;
  for await (const page of pages) {
    yield page;
    left -= page.length;
    if (left <= 0) return;
  }
}
