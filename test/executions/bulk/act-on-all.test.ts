import { getEventListeners } from "node:events";

import { describe, expect, it } from "@jest/globals";

import { actOnAll, type BulkProgress } from "../../../src/executions/bulk/index.js";

const sameId = (item: string): string => item;

describe("A bulk verb", () => {
  it("reports the result of each item, in order, and fails for none of them", async () => {
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
    expect(progress.at(-1)).toMatchObject({ done: 3, total: 3, succeeded: 2, failed: 1 });
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

  it("rejects when its signal fires before the last item is done, and has reported what was done", async () => {
    const controller = new AbortController();
    const acted: string[] = [];
    const progress: BulkProgress<string>[] = [];
    const ended = actOnAll(
      ["a", "b", "c"],
      sameId,
      (id) => {
        acted.push(id);
        controller.abort();
        return Promise.resolve();
      },
      {
        concurrency: 1,
        signal: controller.signal,
        onProgress: (event) => progress.push(event),
      },
    );
    await expect(ended).rejects.toMatchObject({
      code: "CANCELLED",
      message: expect.stringContaining("after 1 of 3 items"),
    });
    expect(acted).toEqual(["a"]);
    expect(progress.map(({ result }) => result.id)).toEqual(["a"]);
  });

  it.each([[1], [8]])(
    "rejects wherever its signal fires, with %i calls at a time, and resolves only when all was done",
    async (concurrency) => {
      const items = ["a", "b", "c", "d"];
      for (let at = 0; at <= items.length; at += 1) {
        const controller = new AbortController();
        if (at === 0) controller.abort(new Error("enough"));
        let done = 0;
        const ended = actOnAll(
          items,
          sameId,
          async (_, signal) => {
            await Promise.resolve();
            signal.throwIfAborted();
          },
          {
            concurrency,
            signal: controller.signal,
            onProgress: () => {
              done += 1;
              if (done === at) controller.abort(new Error("enough"));
            },
          },
        );
        if (at === items.length) {
          expect(await ended).toHaveLength(items.length);
        } else {
          await expect(ended).rejects.toMatchObject({ code: "CANCELLED" });
        }
        expect(getEventListeners(controller.signal, "abort")).toEqual([]);
      }
    },
  );

  it("ends as a deadline does when its signal is one that timed out", async () => {
    const timedOut = AbortSignal.abort(new DOMException("too late", "TimeoutError"));
    const ended = actOnAll(["a"], sameId, () => Promise.resolve(), { signal: timedOut });
    await expect(ended).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
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

  it("acts on nothing when its signal fires while the items are read", async () => {
    const controller = new AbortController();
    const acted: string[] = [];
    async function* source(): AsyncGenerator<string> {
      yield await Promise.resolve("a");
      controller.abort(new Error("enough"));
      yield await Promise.resolve("b");
    }
    const options = { signal: controller.signal };
    const ended = actOnAll(source(), sameId, (id) => Promise.resolve(acted.push(id)), options);
    await expect(ended).rejects.toMatchObject({ code: "CANCELLED" });
    await expect(ended).rejects.toThrow(/bulk call/);
    expect(acted).toEqual([]);
  });
});
