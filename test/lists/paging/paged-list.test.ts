import { describe, expect, it } from "@jest/globals";

import {
  CanceledError,
  FlyteError,
  InvalidOptionError,
  ResourceExhaustedError,
} from "../../../src/errors/index.js";
import type { ListOptions, ListProgress, PageSource } from "../../../src/lists/paging/index.js";
import { createPagedList } from "../../../src/lists/paging/index.js";
import { FakeSource, settle, type Row } from "./fake-source.js";

const noCall: PageSource<Row> = {
  rpc: "ListFakes",
  keyOf: String,
  fetch: () => Promise.reject(new Error("the list was asked for")),
};

/** Answers with the pages that it is given, whatever is asked for. */
function scripted(pages: readonly { readonly ids: readonly number[]; readonly token: string }[]) {
  const requests: { readonly token: string; readonly limit: number }[] = [];
  const source: PageSource<Row> = {
    rpc: "ListFakes",
    keyOf: ({ id }) => String(id),
    fetch: ({ token, limit }) => {
      const page = pages[requests.length];
      requests.push({ token, limit });
      return page === undefined
        ? Promise.reject(new Error("one request too many"))
        : Promise.resolve({ items: page.ids.map((id) => ({ id })), token: page.token });
    },
  };
  return { source, requests };
}

async function idsOf(list: AsyncIterable<Row>): Promise<number[]> {
  const ids: number[] = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => error,
  );
}

describe("A list's options", () => {
  it.each<[string, ListOptions]>([
    ["pageSize", { pageSize: 0 }],
    ["pageSize", { pageSize: -1 }],
    ["pageSize", { pageSize: 1.5 }],
    ["pageSize", { pageSize: Number.NaN }],
    ["pageSize", { pageSize: 65_536 }],
    ["pageSize", { pageSize: Infinity }],
    ["limit", { limit: 0 }],
    ["limit", { limit: -3 }],
    ["limit", { limit: 0.1 }],
    ["limit", { limit: Number.NaN }],
    ["limit", { limit: Infinity }],
    ["token", { token: "-1" }],
    ["token", { token: "1.5" }],
    ["token", { token: " 1" }],
    ["token", { token: "0x10" }],
    ["token", { token: "next" }],
    ["token", { token: "9223372036854775808" }],
    ["readAhead", { readAhead: -1 }],
    ["readAhead", { readAhead: 0.5 }],
    ["readAhead", { readAhead: 65 }],
  ])("refuse a %s of %j before anything is asked for", (option, options) => {
    expect(() => createPagedList(noCall, options)).toThrow(InvalidOptionError);
    expect(() => createPagedList(noCall, options)).toThrow(expect.objectContaining({ option }));
  });

  it.each<[string, object]>([
    ["pageSize", { pageSize: "10" }],
    ["limit", { limit: 10n }],
    ["token", { token: 100 }],
    ["readAhead", { readAhead: true }],
    ["onProgress", { onProgress: "log" }],
  ])("refuse a %s of another type", (option, options) => {
    expect(() => createPagedList(noCall, options)).toThrow(expect.objectContaining({ option }));
  });

  it("let the largest page and the largest token pass", async () => {
    const { source, requests } = scripted([{ ids: [], token: "" }]);
    const token = String(2n ** 63n - 1n);
    await createPagedList(source, { pageSize: 65_535, token }).toArray({ limit: 100_000 });
    expect(requests).toEqual([{ token, limit: 65_535 }]);
  });
});

describe("A paged list", () => {
  it("asks for nothing before it is read", async () => {
    createPagedList(noCall, {});
    createPagedList(noCall, {}).pages();
    await settle();
  });

  it("begins every loop again", async () => {
    const list = createPagedList(new FakeSource({ rowCount: 5 }), { pageSize: 2 });
    expect(await idsOf(list)).toEqual([0, 1, 2, 3, 4]);
    expect(await idsOf(list)).toEqual([0, 1, 2, 3, 4]);
  });

  it("returns pages with the token to continue from", async () => {
    const list = createPagedList(new FakeSource({ rowCount: 5 }), { pageSize: 2 });
    const pages = [];
    for await (const page of list.pages()) pages.push(page);
    expect(pages.map(({ items, nextToken }) => [items.map(({ id }) => id), nextToken])).toEqual([
      [[0, 1], "2"],
      [[2, 3], "4"],
      [[4], undefined],
    ]);
  });

  it("returns one empty page of an empty list, each time it is read", async () => {
    const list = createPagedList(new FakeSource({ rowCount: 0 }), {});
    const pages = list.pages();
    const given = [];
    for await (const page of pages) given.push(page);
    for await (const page of pages) given.push(page);
    const empty = { items: [], nextToken: undefined };
    expect(given).toEqual([empty, empty]);
  });

  it("returns each row of a page that has come within one turn", async () => {
    const list = createPagedList(new FakeSource({ rowCount: 20 }), { pageSize: 10 });
    const rows = list[Symbol.asyncIterator]();
    for (const firstOfPage of [0, 10]) {
      await rows.next();
      for (let id = firstOfPage + 1; id < firstOfPage + 10; id++) {
        const seen: unknown[] = [];
        void rows.next().then(({ value }) => seen.push(value));
        await Promise.resolve();
        expect(seen).toEqual([{ id }]);
      }
    }
  });

  it("returns no page once it is left, nor behind a failure", async () => {
    const empty = createPagedList(new FakeSource({ rowCount: 0 }), {});
    const left = empty.pages()[Symbol.asyncIterator]();
    await left.return?.();
    expect(await left.next()).toEqual({ done: true, value: undefined });
    const source = new FakeSource({ rowCount: 1, failsAtRow: 0 });
    const failed = createPagedList(source, {}).pages()[Symbol.asyncIterator]();
    await expect(failed.next()).rejects.toThrow("the row does not exist");
    expect(await failed.next()).toEqual({ done: true, value: undefined });
  });

  it("passes over the empty page behind a full last one", async () => {
    const source = new FakeSource({ rowCount: 4 });
    const pages = [];
    for await (const page of createPagedList(source, { pageSize: 2, readAhead: false }).pages()) {
      pages.push(page.items.length);
    }
    expect(pages).toEqual([2, 2]);
    expect(source.requests).toHaveLength(3);
  });

  it("ends at an empty page, even one with a token", async () => {
    const { source } = scripted([{ ids: [], token: "0" }]);
    expect(await idsOf(createPagedList(source, {}))).toEqual([]);
  });

  it("asks for the rows that the limit has left, and for no page more", async () => {
    const { source, requests } = scripted([
      { ids: [0, 1], token: "2" },
      { ids: [2], token: "3" },
    ]);
    expect(await idsOf(createPagedList(source, { pageSize: 2, limit: 3 }))).toEqual([0, 1, 2]);
    expect(requests.map(({ limit }) => limit)).toEqual([2, 1]);
  });

  it("keeps to the limit when the server answers with more rows than asked for", async () => {
    const { source } = scripted([{ ids: [0, 1, 2, 3], token: "4" }]);
    const pages = createPagedList(source, { limit: 2 }).pages()[Symbol.asyncIterator]();
    expect(await pages.next()).toEqual({
      done: false,
      value: { items: [{ id: 0 }, { id: 1 }], nextToken: "2" },
    });
  });

  it("drops rows that came on the page before, and makes up for them", async () => {
    const { source, requests } = scripted([
      { ids: [9, 8, 7], token: "3" },
      { ids: [7, 6, 5], token: "6" },
      { ids: [4], token: "7" },
    ]);
    const list = createPagedList(source, { pageSize: 3, limit: 6, readAhead: false });
    expect(await idsOf(list)).toEqual([9, 8, 7, 6, 5, 4]);
    expect(requests.map(({ limit }) => limit)).toEqual([3, 3, 1]);
  });

  it("drops rows that come twice on one page", async () => {
    const { source } = scripted([{ ids: [1, 1, 2], token: "" }]);
    expect(await idsOf(createPagedList(source, {}))).toEqual([1, 2]);
  });

  it("continues behind a page of nothing but repeated rows", async () => {
    const { source } = scripted([
      { ids: [1, 2], token: "2" },
      { ids: [1, 2], token: "4" },
      { ids: [3], token: "" },
    ]);
    expect(await idsOf(createPagedList(source, { pageSize: 2, readAhead: false }))).toEqual([
      1, 2, 3,
    ]);
  });

  it.each([
    ["the one that it was asked from", ["4", "4"]],
    ["an earlier offset", ["4", "2"]],
    ["one that came before", ["a", "b", "a"]],
  ])("ends with an error when a token is %s", async (_, tokens) => {
    const { source } = scripted(tokens.map((token, page) => ({ ids: [page], token })));
    const error = await failureOf(idsOf(createPagedList(source, { pageSize: 1 })));
    expect(error).toBeInstanceOf(FlyteError);
    expect(error).toMatchObject({ code: "INTERNAL", rpc: "ListFakes" });
    expect(String(error)).toContain("never end");
  });

  it("returns the rows before a failure, then the failure as it is, and then nothing", async () => {
    const source = new FakeSource({ rowCount: 10, failsAtRow: 4 });
    const rows = createPagedList(source, { pageSize: 2 })[Symbol.asyncIterator]();
    for (const id of [0, 1, 2, 3]) {
      expect(await rows.next()).toEqual({ done: false, value: { id } });
    }
    await expect(rows.next()).rejects.toThrow("the row does not exist");
    expect(await rows.next()).toEqual({ done: true, value: undefined });
  });

  it("turns what a call throws at once into a failure of the walk", async () => {
    const source: PageSource<Row> = {
      ...noCall,
      fetch: () => {
        throw new TypeError("thrown at once");
      },
    };
    await expect(idsOf(createPagedList(source, {}))).rejects.toThrow("thrown at once");
  });
});

describe("page", () => {
  it("reads one page, from the token and of the size that it is given, and nothing ahead", async () => {
    const source = new FakeSource({ rowCount: 5 });
    const list = createPagedList(source, { pageSize: 3 });
    expect(await list.page()).toEqual({ items: [{ id: 0 }, { id: 1 }, { id: 2 }], nextToken: "3" });
    expect(await list.page({ token: "3", pageSize: 1 })).toEqual({
      items: [{ id: 3 }],
      nextToken: "4",
    });
    expect(await list.page({ token: "4" })).toEqual({ items: [{ id: 4 }], nextToken: undefined });
    await settle();
    expect(source.requests.map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, 3],
      [3, 1],
      [4, 3],
    ]);
  });

  it("resolves with an empty page of an empty list, and behind the last row", async () => {
    const empty = { items: [], nextToken: undefined };
    expect(await createPagedList(new FakeSource({ rowCount: 0 }), {}).page()).toEqual(empty);
    const list = createPagedList(new FakeSource({ rowCount: 4 }), {});
    expect(await list.page({ token: "4" })).toEqual(empty);
    expect(await list.page({ token: undefined, pageSize: undefined })).toMatchObject({
      nextToken: undefined,
    });
  });

  it("is asked for in halves when it is too large", async () => {
    const source = new FakeSource({ rowCount: 20, tooLargeAbove: 3 });
    const page = await createPagedList(source, {}).page({ pageSize: 10 });
    expect(page).toEqual({ items: [{ id: 0 }, { id: 1 }], nextToken: "2" });
  });

  it("rejects an invalid token or size before anything is asked for", async () => {
    const list = createPagedList(noCall, {});
    await expect(list.page({ token: "next" })).rejects.toThrow(InvalidOptionError);
    await expect(list.page({ pageSize: 0 })).rejects.toThrow(
      "pageSize must be an integer from 1 to 65535, got 0",
    );
  });
});

describe("toArray", () => {
  const list = createPagedList(new FakeSource({ rowCount: 10 }), { limit: 7 });

  it("reads up to its bound, or up to the limit of the list", async () => {
    expect(await list.toArray({ limit: 3 })).toHaveLength(3);
    expect(await list.toArray({ limit: 100 })).toHaveLength(7);
  });

  it("takes the limit of the list for its bound", async () => {
    expect(await list.toArray()).toHaveLength(7);
  });

  it("is refused without a bound, with both ways to set one", async () => {
    const unbounded = createPagedList(new FakeSource({ rowCount: 10 }), {});
    await expect(unbounded.toArray()).rejects.toThrow(InvalidOptionError);
    await expect(unbounded.toArray()).rejects.toThrow(
      "call toArray({ limit: 1000 }), or set limit in the options of the list",
    );
    // @ts-expect-error the bound is named
    await expect(list.toArray(5)).rejects.toThrow("{ limit: 1000 }");
    await expect(list.toArray({ limit: 0 })).rejects.toThrow("at least 1");
  });
});

describe("first", () => {
  it("asks for one row", async () => {
    const source = new FakeSource({ rowCount: 10 });
    expect(await createPagedList(source, {}).first()).toEqual({ id: 0 });
    expect(source.requests.map(({ limit }) => limit)).toEqual([1]);
  });

  it("is undefined for an empty list", async () => {
    expect(await createPagedList(new FakeSource({ rowCount: 0 }), {}).first()).toBeUndefined();
  });

  it("asks for full pages where rows are left out here", async () => {
    const source = new FakeSource({ rowCount: 900, keep: ({ id }) => id === 150 });
    expect(await createPagedList(source, {}).first()).toEqual({ id: 150 });
    expect(source.requests.map(({ limit }) => limit)).toEqual([100, 1000]);
  });
});

describe("Pages that are too large", () => {
  it("are asked for again by halves, and later ones keep to what passed", async () => {
    const source = new FakeSource({ rowCount: 20, tooLargeAbove: 3 });
    const list = createPagedList(source, { pageSize: 10, readAhead: false });
    expect(await idsOf(list)).toEqual(Array.from({ length: 20 }, (_, id) => id));
    expect(source.requests.slice(0, 4).map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, 10],
      [0, 5],
      [0, 2],
      [2, 2],
    ]);
  });

  it("end the walk when a single row is too large", async () => {
    const source = new FakeSource({ rowCount: 5, tooLargeAbove: 0 });
    const error = await failureOf(idsOf(createPagedList(source, { pageSize: 4 })));
    expect(error).toBeInstanceOf(ResourceExhaustedError);
    expect(source.requests.map(({ limit }) => limit)).toEqual([4, 2, 1]);
  });

  it("are distinguished from a limit on the rate of requests, which ends the walk", async () => {
    let asked = 0;
    const source: PageSource<Row> = {
      ...noCall,
      fetch: () => {
        asked += 1;
        return Promise.reject(new ResourceExhaustedError("slow down"));
      },
    };
    await expect(idsOf(createPagedList(source, {}))).rejects.toThrow("slow down");
    expect(asked).toBe(1);
  });
});

describe("Pages without a pageSize", () => {
  it("begin small, and grow towards the bytes that a page is to have", async () => {
    const source = new FakeSource({ rowCount: 20_000, byteLengthOf: () => 500 });
    await createPagedList(source, { readAhead: false }).toArray({ limit: 20_000 });
    expect(source.requests.slice(0, 4).map(({ limit }) => limit)).toEqual([100, 3000, 3145, 3145]);
    const ahead = new FakeSource({ rowCount: 20_000, byteLengthOf: () => 500 });
    await createPagedList(ahead, {}).toArray({ limit: 20_000 });
    const limits = ahead.requests.map(({ limit }) => limit).filter((limit) => limit > 1);
    expect(limits.slice(0, 2)).toEqual([100, 2500]);
    expect(Math.max(...limits)).toBe(2500);
  });

  it("stay small where rows are large", async () => {
    const source = new FakeSource({ rowCount: 300, byteLengthOf: () => 100_000 });
    await createPagedList(source, { readAhead: false }).toArray({ limit: 300 });
    expect(source.requests.slice(0, 3).map(({ limit }) => limit)).toEqual([100, 15, 15]);
  });
});

describe("Pages that are asked for ahead", () => {
  it("wait until the first page has shown that there is more", async () => {
    const source = new FakeSource({ rowCount: 50 });
    await createPagedList(source, { pageSize: 100 }).toArray({ limit: 1000 });
    expect(source.requests).toHaveLength(1);
    expect(source.mostInFlight).toBe(1);
  });

  it("are on their way while a row is read, and no more of them than may be held", async () => {
    const source = new FakeSource({ rowCount: 1000 });
    const rows = createPagedList(source, { pageSize: 10, readAhead: 3 })[Symbol.asyncIterator]();
    await rows.next();
    await settle();
    expect(source.requests.map(({ offset }) => offset)).toEqual([0, 10, 20, 30]);
  });

  it("keep within 8 MiB", async () => {
    const source = new FakeSource({ rowCount: 1000, byteLengthOf: () => 2 ** 20 });
    const rows = createPagedList(source, { pageSize: 3 })[Symbol.asyncIterator]();
    await rows.next();
    await settle();
    const pages = source.requests.filter(({ limit }) => limit === 3);
    expect(pages.map(({ offset }) => offset)).toEqual([0, 3, 6]);
  });

  it("keep within 64 MiB where the caller says how many", async () => {
    const source = new FakeSource({ rowCount: 1000, byteLengthOf: () => 2 ** 20 });
    const list = createPagedList(source, { pageSize: 10, readAhead: 50 });
    await list[Symbol.asyncIterator]().next();
    await settle();
    expect(source.requests).toHaveLength(7);
  });

  it("are asked for once the rows before them were given out", async () => {
    const source = new FakeSource({ rowCount: 1000 });
    const asked: number[] = [];
    for await (const { id } of createPagedList(source, { pageSize: 10 })) {
      if (id < 2) asked.push(source.requests.length);
    }
    // With the first row out, the scout and the next page are on their way.
    expect(asked).toEqual([1, 3]);
  });

  it("are fewer while they wait for the reader, and more while the reader waits", async () => {
    const source = new FakeSource({ rowCount: 2000 });
    const pages = createPagedList(source, { pageSize: 10 }).pages()[Symbol.asyncIterator]();
    const ahead: number[] = [];
    for (let page = 1; page <= 12; page++) {
      await pages.next();
      await settle();
      ahead.push(source.requests.length - page);
    }
    expect(ahead[0]).toBe(9);
    expect(ahead.at(-1)).toBe(3);
    const slow = new FakeSource({ rowCount: 2000, turns: [1000] });
    await createPagedList(slow, { pageSize: 10 }).toArray({ limit: 2000 });
    expect(slow.mostInFlight).toBe(8);
  });

  it("are asked for one behind the known rows until a scout has found the list to be long", async () => {
    const long = new FakeSource({ rowCount: 1000, turns: [1, 100] });
    const pages = createPagedList(long, { pageSize: 10 }).pages()[Symbol.asyncIterator]();
    await pages.next();
    const asked = long.requests.map(({ offset, limit }) => [offset, limit]);
    expect(asked).toEqual([[0, 10]]);
    await Promise.resolve();
    expect(long.requests.map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, 10],
      [80, 1],
      [10, 10],
    ]);
    await settle();
    expect(long.requests.length).toBeGreaterThan(5);
    await pages.return?.();
  });

  it("are not asked for in vain once a scout has found the list to be short", async () => {
    const short = new FakeSource({ rowCount: 35 });
    await createPagedList(short, { pageSize: 10 }).toArray({ limit: 1000 });
    expect(short.requests.filter(({ offset }) => offset > 35).length).toBe(1);
  });

  it("are never asked for again once a token was not the offset that it should have been", async () => {
    const { source, requests } = scripted([
      { ids: [0], token: "1" },
      { ids: [1, 2], token: "3" },
      { ids: [3], token: "" },
    ]);
    const rows = createPagedList(source, { pageSize: 2 })[Symbol.asyncIterator]();
    for (const id of [0, 1, 2]) expect(await rows.next()).toEqual({ done: false, value: { id } });
    await settle();
    expect(requests.map(({ token }) => token)).toEqual(["", "1"]);
  });

  it("are given up when one before them has failed and they cannot matter", async () => {
    const source = new FakeSource({ rowCount: 1000, failsAtRow: 15, turns: [1, 20] });
    await expect(
      createPagedList(source, { pageSize: 10 }).toArray({ limit: 1000 }),
    ).rejects.toThrow("the row does not exist");
    expect(source.inFlight).toEqual([]);
  });
});

describe("A walk that is stopped", () => {
  it("throws CanceledError at the next row when the signal fires, and stops what is under way", async () => {
    const source = new FakeSource({ rowCount: 1000, turns: [1, 1000] });
    const controller = new AbortController();
    const list = createPagedList(source, { pageSize: 10, signal: controller.signal });
    const rows = list[Symbol.asyncIterator]();
    await rows.next();
    controller.abort(new Error("enough"));
    const error = await failureOf(rows.next());
    expect(error).toBeInstanceOf(CanceledError);
    expect(error).toMatchObject({ code: "CANCELLED", rpc: "ListFakes" });
    expect(source.inFlight).toEqual([]);
    expect(await rows.next()).toEqual({ done: true, value: undefined });
  });

  it("does not wait for a call that pays no heed to the signal", async () => {
    const controller = new AbortController();
    const source: PageSource<Row> = { ...noCall, fetch: () => new Promise(() => undefined) };
    const reading = failureOf(idsOf(createPagedList(source, { signal: controller.signal })));
    controller.abort();
    expect(await reading).toBeInstanceOf(CanceledError);
  });

  it("asks for nothing when the signal had fired before", async () => {
    const list = createPagedList(noCall, { signal: AbortSignal.abort() });
    expect(await failureOf(idsOf(list))).toBeInstanceOf(CanceledError);
  });

  it("leaves no listener on the signal", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const watched = new Proxy(signal, {
      get(target, name) {
        if (name === "addEventListener") listeners += 1;
        if (name === "removeEventListener") listeners -= 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    const list = createPagedList(new FakeSource({ rowCount: 30 }), {
      pageSize: 10,
      signal: watched,
    });
    await idsOf(list);
    expect(listeners).toBe(0);
    const rows = list[Symbol.asyncIterator]();
    await rows.next();
    expect(listeners).toBe(1);
    await rows.return?.();
    expect(listeners).toBe(0);
  });

  it("gives up the page that it waits for", async () => {
    const source = new FakeSource({ rowCount: 10, turns: [1000] });
    const rows = createPagedList(source, {})[Symbol.asyncIterator]();
    const waiting = rows.next();
    await Promise.resolve();
    await rows.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(source.inFlight).toEqual([]);
  });

  it("answers rows that were asked for at once in their order", async () => {
    const rows = createPagedList(new FakeSource({ rowCount: 3 }), { pageSize: 1 })[
      Symbol.asyncIterator
    ]();
    const results = await Promise.all([rows.next(), rows.next(), rows.next(), rows.next()]);
    expect(results.map(({ value }) => (value as Row | undefined)?.id)).toEqual([
      0,
      1,
      2,
      undefined,
    ]);
  });
});

describe("onProgress", () => {
  it("is called for every page that was answered, before its rows are given out", async () => {
    const seen: (ListProgress | number)[] = [];
    const list = createPagedList(new FakeSource({ rowCount: 4 }), {
      pageSize: 2,
      readAhead: false,
      onProgress: (progress) => seen.push(progress),
    });
    for await (const { id } of list) seen.push(id);
    const rpc = "ListFakes";
    expect(seen).toEqual([
      { rpc, pages: 1, done: 2, total: undefined, nextToken: "2" },
      0,
      1,
      { rpc, pages: 2, done: 4, total: undefined, nextToken: "4" },
      2,
      3,
      { rpc, pages: 3, done: 4, total: undefined, nextToken: undefined },
    ]);
  });

  it("ends the walk when it throws", async () => {
    const source = new FakeSource({ rowCount: 100 });
    const list = createPagedList(source, {
      pageSize: 10,
      onProgress: () => {
        throw new Error("no more");
      },
    });
    await expect(idsOf(list)).rejects.toThrow("no more");
    expect(source.inFlight).toEqual([]);
  });
});
