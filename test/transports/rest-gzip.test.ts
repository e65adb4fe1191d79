import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

import { create, toBinary } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { GetVersionResponseSchema } from "../../gen/flyteidl/admin/version_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { StatusSchema } from "../../gen/google/rpc/status_pb.js";
import { withInterceptors } from "../../src/calls/index.js";
import { createRestTransport } from "../../src/transports/rest/index.js";
import { listenOnLoopback, type LoopbackServer } from "../../tools/lib/loopback.mjs";

/** A proxy in front of FlyteAdmin that compresses what it passes on. */
let proxy: LoopbackServer;

const answers: Readonly<Record<string, readonly [status: number, body: Uint8Array]>> = {
  "/small/api/v1/version": [
    200,
    toBinary(
      GetVersionResponseSchema,
      create(GetVersionResponseSchema, { controlPlaneVersion: { Version: "v1.16.8" } }),
    ),
  ],
  "/error/api/v1/version": [
    503,
    toBinary(StatusSchema, create(StatusSchema, { code: 14, message: "not now" })),
  ],
  "/large/api/v1/version": [200, new Uint8Array(64 * 1024 * 1024)],
};

beforeAll(async () => {
  const server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ""] ?? [404, new Uint8Array()];
    const { "accept-encoding": accepted } = request.headers;
    const isAccepted = typeof accepted === "string" && accepted.includes("gzip");
    response.writeHead(status, {
      "content-type": "application/octet-stream",
      ...(isAccepted && { "content-encoding": "gzip" }),
    });
    response.end(isAccepted ? gzipSync(body) : body);
  });
  proxy = await listenOnLoopback(server);
});
afterAll(() => proxy.close());

describe("behind a proxy that compresses, on a path prefix", () => {
  const version = (prefix: string, readMaxBytes?: number) => {
    const transport = createRestTransport({ baseUrl: `${proxy.url}/${prefix}/`, readMaxBytes });
    return createClient(AdminService, withInterceptors(transport, { retry: false })).getVersion({});
  };

  it("an answer is read", async () => {
    expect((await version("small")).controlPlaneVersion?.Version).toBe("v1.16.8");
  });

  it("an error keeps its code and its text", async () => {
    await expect(version("error")).rejects.toMatchObject({
      code: "UNAVAILABLE",
      serverMessage: "not now",
    });
  });

  it("readMaxBytes bounds what the answer grows to", async () => {
    await expect(version("large", 1_000_000)).rejects.toMatchObject({
      code: "RESOURCE_EXHAUSTED",
    });
  });
});
