import { describe, expect, it } from "@jest/globals";

import { CanceledError, ConnectionError } from "../../src/index.js";
import { loadPart } from "../../src/resources/later/load-part.js";
import { loadLater as loadOnDemand } from "../../src/resources/later/on-demand.js";
import { loadLater as loadTogether } from "../../src/resources/later/together.js";

const never = (): Promise<string> => new Promise(() => undefined);

describe("the part that later calls need", () => {
  it("is the same on demand as together with the rest", async () => {
    const names = Object.keys(await loadTogether()).sort();
    expect(names).toContain("readExecutionOutputs");
    expect(Object.keys(await loadOnDemand()).sort()).toEqual(names);
  });

  it("fails with a ConnectionError that says why, and is asked for again by the next call", async () => {
    const cause = new TypeError("Failed to fetch dynamically imported module");
    let asked = 0;
    const load = (): Promise<string> => {
      asked += 1;
      return asked === 1 ? Promise.reject(cause) : Promise.resolve("part");
    };
    const error: unknown = await loadPart(load).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("load the page anew"),
      cause: expect.objectContaining({ message: cause.message }),
    });
    expect(await loadPart(load)).toBe("part");
  });

  it("is not waited for after the signal has fired", async () => {
    const controller = new AbortController();
    const loading = loadPart(never, { signal: controller.signal });
    controller.abort(new Error("enough"));
    const error: unknown = await loading.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CanceledError);
    expect(error).toMatchObject({ cause: expect.objectContaining({ message: "enough" }) });
  });

  it("is not even asked for when the signal has fired before", async () => {
    let asked = 0;
    const load = (): Promise<string> => {
      asked += 1;
      return never();
    };
    const loading = loadPart(load, { signal: AbortSignal.abort() });
    await expect(loading).rejects.toBeInstanceOf(CanceledError);
    expect(asked).toBe(0);
  });
});
