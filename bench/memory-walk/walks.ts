import { AdminClient } from "../../src/client/admin-client.js";
import type { GrpcTransport } from "../../src/transports/grpc/index.js";
import type { MeasuredList } from "../lists/kinds.js";
import { loopAhead, plainLoop, type Rows } from "../lists/loops.js";

/** The list that is walked. */
interface Walked {
  readonly list: MeasuredList;
  readonly transport: GrpcTransport;
  readonly rows: number;
}

/** The walks that are compared, by their names. */
export const memoryWalks: Readonly<Record<string, (walked: Walked) => AsyncIterable<Rows>>> = {
  "pages of 100, one by one": ({ list, transport }) => plainLoop(list, transport, 100),
  "pages of 1,000, one by one": ({ list, transport }) => plainLoop(list, transport, 1000),
  "by hand: 1,000, 8 ahead, length known": ({ list, transport, rows }) =>
    loopAhead(list, transport, { pageSize: 1000, ahead: 8, rows }),
  "this client": async function* ({ list, transport }) {
    const pages = list.list(new AdminClient({ transport }), {}).pages();
    for await (const { items } of pages) yield items;
  },
};
