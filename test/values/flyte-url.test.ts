import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { InvalidIdentifierError } from "../../src/errors/index.js";
import {
  checkResolvable,
  type FlyteUrl,
  formatFlyteUrl,
  parseFlyteUrl,
} from "../../src/values/index.js";

const executionId = { project: "flytesnacks", domain: "development", name: "rich0001" };
const nodeExecutionId = { executionId, nodeId: "n3" };

function refusal(work: () => unknown): InvalidIdentifierError {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidIdentifierError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("flyte:// URLs", () => {
  test.each<[string, FlyteUrl]>([
    ["flyte://v1/flytesnacks/development/rich0001/n3/i", { nodeExecutionId, artifact: "inputs" }],
    ["flyte://v1/flytesnacks/development/rich0001/n3/d", { nodeExecutionId, artifact: "deck" }],
    [
      "flyte://v1/flytesnacks/development/rich0001/n3/0/o",
      { nodeExecutionId, retryAttempt: 0, artifact: "outputs" },
    ],
    [
      "flyte://v1/flytesnacks/development/rich0001/n3/12/o/o0",
      { nodeExecutionId, retryAttempt: 12, artifact: "outputs", literalName: "o0" },
    ],
    [
      "flyte://v1/flytesnacks/development/rich0001/n3/i/i",
      { nodeExecutionId, artifact: "inputs", literalName: "i" },
    ],
  ])("%s is read and written", (text, url) => {
    expect(parseFlyteUrl(text)).toEqual(url);
    expect(formatFlyteUrl(url)).toBe(text);
  });

  test("what is written is read back", () => {
    const part = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((text) => !/[/?#\s]/.test(text));
    const url: fc.Arbitrary<FlyteUrl> = fc
      .record(
        {
          nodeExecutionId: fc.record({
            executionId: fc.record({ project: part, domain: part, name: part }),
            nodeId: part,
          }),
          artifact: fc.constantFrom<FlyteUrl["artifact"][]>("inputs", "outputs", "deck"),
          retryAttempt: fc.nat({ max: 2 ** 31 - 1 }),
          literalName: part,
        },
        { requiredKeys: ["nodeExecutionId", "artifact"] },
      )
      .filter((it) => it.artifact !== "deck" || !("retryAttempt" in it || "literalName" in it));
    fc.assert(
      fc.property(url, (it) => {
        expect(parseFlyteUrl(formatFlyteUrl(it))).toEqual(it);
      }),
    );
  });

  test.each([
    ["", "flyteUrl", /must start with "flyte:\/\/v1\/"/],
    ["http://x/v1/p/d/e/n/i", "flyteUrl", /must start with/],
    ["flyte://v2/p/d/e/n/i", "flyteUrl", /version v1/],
    ["flyte://v1/p/d/e/n", "flyteUrl", /nothing after it/],
    ["flyte://v1/p/d/e/n/x", "flyteUrl", /nothing after it/],
    ["flyte://v1/p/d/e/n/constructor", "flyteUrl", /nothing after it/],
    ["flyte://v1/p/d/e/n/0/i/x/y", "flyteUrl", /nothing after it/],
    ["flyte://v1/p/d/e/n/i/", "literalName", /must not be empty/],
    ["flyte://v1/p/d/e//i", "nodeExecutionId.nodeId", /must not be empty/],
    ["flyte://v1/p/d/e/n/i?x=1", "flyteUrl", /nothing after it/],
    ["flyte://v1/p/d/e/n/0/d", "retryAttempt", /decks belong to nodes/],
    ["flyte://v1/p/d/e/n/d/x", "literalName", /no literals/],
  ])("%j is refused", (text, path, problem) => {
    const error = refusal(() => parseFlyteUrl(text));
    expect(error.path).toBe(path);
    expect(error.message).toMatch(problem);
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 33])("an attempt of %d is refused", (retryAttempt) => {
    const error = refusal(() =>
      formatFlyteUrl({ nodeExecutionId, artifact: "inputs", retryAttempt }),
    );
    expect(error.path).toBe("retryAttempt");
  });

  test("those that the server returns and cannot resolve are named before a call", () => {
    const dotted = parseFlyteUrl("flyte://v1/p/d/e/n0.sub/o/out.0");
    expect(
      refusal(() => {
        checkResolvable(dotted);
      }).path,
    ).toBe("nodeExecutionId.nodeId");
    const literal = parseFlyteUrl("flyte://v1/p/d/e/n0/o/out.0");
    const error = refusal(() => {
      checkResolvable(literal);
    });
    expect(error.path).toBe("literalName");
    expect(error.message).toMatch(/by its id instead/);
    expect(() => {
      checkResolvable(parseFlyteUrl("flyte://v1/p/d/e/n0/o/o0"));
    }).not.toThrow();
  });
});
