import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";

import { NodeExecutionSchema } from "../../gen/flyteidl/admin/node_execution_pb.js";
import { NodeExecution_Phase } from "../../gen/flyteidl/core/execution_pb.js";
import { readNodeExecutionOutputs } from "../../src/data/index.js";
import { executionId, FakeFlyte, nodeExecutionId } from "./fake-flyte.js";

const uri = "s3://bucket/outputs.pb";

/** A node whose outputs are an object that the server itself gives up on. */
function flyteWith(object: Uint8Array): FakeFlyte {
  const flyte = new FakeFlyte({ maxReadBytes: 0 });
  const phase = NodeExecution_Phase.SUCCEEDED;
  const outputResult = { case: "outputUri", value: uri } as const;
  const closure = { phase, outputResult };
  flyte.node = create(NodeExecutionSchema, { id: { executionId, nodeId: "n0" }, closure });
  flyte.objects.set(uri, object);
  return flyte;
}

/** A map in a map in a map: `literals` (1) of a LiteralMap, its value (2), and `map` (3) of that. */
function nestedMaps(levels: number): Uint8Array {
  // From the innermost out, and so from the last byte to the first.
  const reversed: number[] = [];
  const wrap = (field: number): void => {
    const length: number[] = [];
    let left = reversed.length;
    for (; left > 127; left = Math.floor(left / 128)) length.push((left & 127) | 128);
    reversed.push(left, ...length.reverse(), (field << 3) | 2);
  };
  for (let level = 0; level < levels; level++) {
    wrap(3);
    wrap(2);
    reversed.push(0x61, 0x01, 0x0a);
    wrap(1);
  }
  return Uint8Array.from(reversed.reverse());
}

describe("outputs by a hostile hand", () => {
  test("may be nested as far as a server decodes", async () => {
    const flyte = flyteWith(nestedMaps(20));
    const result = await readNodeExecutionOutputs(flyte.connection(), nodeExecutionId);
    expect(result).toMatchObject({ kind: "literals", literals: { literals: { a: {} } } });
  });

  test.each([
    ["a map nested 10,000 deep", nestedMaps(10_000)],
    ["a length of 2 GiB before two bytes", Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2)],
    ["a length of 2^64", Uint8Array.of(0x0a, ...Array<number>(9).fill(0xff), 0x01)],
    ["a number that never ends", new Uint8Array(100).fill(0xff)],
  ])("that are %s are unreadable", async (_, bytes) => {
    const result = await readNodeExecutionOutputs(flyteWith(bytes).connection(), nodeExecutionId);
    expect(result).toMatchObject({ kind: "unreadable", error: { code: "DATA_LOSS" } });
  });

  test("whose URL redirects into the clear are unreadable, and it is not gone there", async () => {
    const flyte = flyteWith(Uint8Array.of(1));
    const asked: string[] = [];
    const location = "http://elsewhere.example/steal";
    const connection = flyte.connection((url) => {
      asked.push(new URL(url instanceof Request ? url.url : url).host);
      return Promise.resolve(new Response(null, { status: 307, headers: { location } }));
    });
    const result = await readNodeExecutionOutputs(connection, nodeExecutionId);
    expect(result).toMatchObject({ kind: "unreadable", error: { reason: "redirected" } });
    expect(new Set(asked)).toEqual(new Set(["storage.example"]));
  });

  test("that never end are too large, and are read no further than maxBytes", async () => {
    const flyte = flyteWith(Uint8Array.of(1));
    let sent = 0;
    const endless = (): Response =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            sent += 65_536;
            controller.enqueue(new Uint8Array(65_536));
          },
        }),
      );
    const connection = flyte.connection(() => Promise.resolve(endless()));
    const maxBytes = 10 * 65_536;
    const result = await readNodeExecutionOutputs(connection, nodeExecutionId, { maxBytes });
    expect(result).toMatchObject({
      kind: "tooLarge",
      bytes: undefined,
      uri: "s3://bucket/outputs.pb",
    });
    expect(sent).toBeLessThanOrEqual(maxBytes + 3 * 65_536);
  });
});
