import { describe, expect, it } from "@jest/globals";

import { actOnAll, type BulkProgress } from "../../../src/executions/bulk/index.js";

const sameId = (item: string): string => item;

describe("A bulk verb", () => {
  it("tells of each item what became of it, in order, and fails for none of them", async () => {
    const progress: BulkProgress<string, string>[] = [];
    const results = await actOnAll(
      ["a", "b", "c"],
      sameId,
      async (id) => {
        await Promise.resolve();
        if (id === "b") throw new Error("no b");
        return id.toUpperCase();
      },
      { concurrency: 2, onProgress: (event) => progress.push(event) },
    );
    expect(results).toMatchObject([
      { id: "a", ok: true, value: "A" },
      { id: "b", ok: false, error: { code: "UNKNOWN" } },
      { id: "c", ok: true, value: "C" },
    ]);
    expect(progress).toHaveLength(3);
    expect(progress.at(-1)).toMatchObject({ total: 3, succeeded: 2, failed: 1 });
  });

  it("reads all items before it acts on the first", async () => {
    const order: string[] = [];
    async function* source(): AsyncGenerator<string> {
      for (const item of ["a", "b"]) {
        order.push(`read ${item}`);
        yield await Promise.resolve(item);
      }
    }
    await actOnAll(source(), sameId, (id) => Promise.resolve(order.push(`act ${id}`)));
    expect(order).toEqual(["read a", "read b", "act a", "act b"]);
  });

  it("gives a result for each item when it is canceled half way", async () => {
    const controller = new AbortController();
    const acted: string[] = [];
    const results = await actOnAll(
      ["a", "b", "c"],
      sameId,
      (id) => {
        acted.push(id);
        controller.abort();
        return Promise.resolve();
      },
      { concurrency: 1, signal: controller.signal },
    );
    expect(acted).toEqual(["a"]);
    expect(results.map(({ ok }) => ok)).toEqual([true, false, false]);
    expect(results[2]).toMatchObject({ error: { code: "CANCELLED" } });
  });

  it("acts on nothing when reading the items fails", async () => {
    const acted: string[] = [];
    async function* source(): AsyncGenerator<string> {
      yield await Promise.resolve("a");
      throw new Error("the list broke");
    }
    const ended = actOnAll(source(), sameId, (id) => Promise.resolve(acted.push(id)));
    await expect(ended).rejects.toThrow("the list broke");
    expect(acted).toEqual([]);
  });
});
