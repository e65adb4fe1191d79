import { createServer } from "node:http2";

import { expect, it } from "@jest/globals";

import { seededRandom } from "../faults/seeded-random.js";
import { abortingWires, openServer, resultOf } from "./aborting-servers.js";

/** The deadline of another call has hit the connection to the database that this call shares. */
const words = "unexpected error type for: read tcp 10.1.2.3:40312->10.1.2.4:5432: i/o timeout";

/** Fails the first attempt of each call, at a time of its own, and answers the second. */
function server(random: () => number) {
  const seen = new Set<unknown>();
  return createServer().on("stream", (stream, headers) => {
    stream.on("error", () => undefined);
    const id = headers["x-request-id"];
    const isFirst = !seen.has(id);
    seen.add(id);
    const end = (): void => {
      if (stream.destroyed) return;
      const answer = { ":status": 200, "content-type": "application/grpc+proto" };
      if (isFirst) {
        const status = { "grpc-status": "13", "grpc-message": encodeURIComponent(words) };
        stream.respond({ ...answer, ...status }, { endStream: true });
        return;
      }
      stream.respond(answer, { waitForTrailers: true });
      stream.on("wantTrailers", () => {
        stream.sendTrailers({ "grpc-status": "0" });
      });
      stream.end(Buffer.alloc(5));
    };
    setTimeout(end, isFirst ? 20 + random() * 50 : 0);
  });
}

it("sends a read again whose database connection was hit by the deadline of another call, as long as there is time", async () => {
  const random = seededRandom(7);
  // Each call needs a retry after a wait that is longer than many have time for.
  const settings = { retry: { budget: 1_000, random: () => 0.99 } };
  const { open } = abortingWires["gRPC"]!;
  const opened = await openServer(
    server(() => random.next()),
    open,
    settings,
  );
  const { admin } = opened;
  try {
    // Opens the connection.
    await admin.identity.getServerVersion();
    const limited = new Set<string>();
    for (let batch = 0; batch < 20; batch += 1) {
      const calls = [60, 90, 120, 150, 60_000].map((timeoutMs) =>
        resultOf(admin.identity.getServerVersion({ timeoutMs })),
      );
      const results = await Promise.all(calls);
      expect(results.pop()).toBe("OK");
      for (const result of results) limited.add(result);
    }
    limited.delete("OK");
    limited.delete("DeadlineExceededError DEADLINE_EXCEEDED");
    expect([...limited]).toEqual([]);
  } finally {
    await opened.close();
  }
});
