import { describe, expect, it } from "@jest/globals";

import { AdminClient, ResourceExhaustedError } from "../../src/index.js";

/** An answer of `ListTaskExecutions` whose rows are empty messages: two bytes each, the most that a byte can hold. */
function emptyRows(bytes: number): Uint8Array<ArrayBuffer> {
  const answer = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 2) answer[at] = 0x0a;
  return answer;
}

function clientOf(answer: Uint8Array<ArrayBuffer>, readMaxBytes: number): AdminClient {
  return new AdminClient({
    baseUrl: "http://flyte.test",
    readMaxBytes,
    retry: false,
    fetch: () =>
      Promise.resolve(
        new Response(answer, { headers: { "content-type": "application/octet-stream" } }),
      ),
  });
}

const nodeExecutionId = {
  nodeId: "n0",
  executionId: { project: "p", domain: "d", name: "e" },
};

describe("readMaxBytes", () => {
  it("bounds the bytes of an answer, so its rows by half as many, and no less", async () => {
    const readMaxBytes = 65_536;
    const { rpc } = clientOf(emptyRows(readMaxBytes), readMaxBytes);
    const reply = await rpc.admin.listTaskExecutions({ nodeExecutionId });
    expect(reply.taskExecutions).toHaveLength(readMaxBytes / 2);
  });

  it("refuses an answer of two bytes more before it is decoded", async () => {
    const readMaxBytes = 65_536;
    const { rpc } = clientOf(emptyRows(readMaxBytes + 2), readMaxBytes);
    await expect(rpc.admin.listTaskExecutions({ nodeExecutionId })).rejects.toThrow(
      ResourceExhaustedError,
    );
  });
});
