import type { Message } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

import type { MeasuredList } from "./kinds.js";

/** The rows of one page, as a loop by hand yields them. */
export type Rows = readonly Message[];

/** The loop that everyone writes: one page after another. */
export async function* plainLoop(
  list: MeasuredList,
  transport: Transport,
  pageSize: number,
): AsyncGenerator<Rows> {
  let token = "";
  do {
    const page = await list.page(transport, { limit: pageSize, token });
    yield page.items;
    ({ token } = page);
  } while (token !== "");
}

/** The same with pages asked for ahead, by someone who knows how many rows there are. */
export async function* loopAhead(
  list: MeasuredList,
  transport: Transport,
  { pageSize, ahead, rows }: { readonly pageSize: number; readonly ahead: number; rows: number },
): AsyncGenerator<Rows> {
  const pages = Math.ceil(rows / pageSize);
  const fetch = async (page: number): Promise<Rows> => {
    const token = page === 0 ? "" : String(page * pageSize);
    return (await list.page(transport, { limit: pageSize, token })).items;
  };
  const asked: Promise<Rows>[] = [];
  for (let page = 0; page < pages; page++) {
    while (asked.length < ahead && page + asked.length < pages) {
      asked.push(fetch(page + asked.length));
    }
    yield (await asked.shift()) ?? [];
  }
}
