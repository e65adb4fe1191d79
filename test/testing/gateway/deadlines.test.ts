import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";

import { GetVersionResponseSchema } from "../../../gen/flyteidl/admin/version_pb.js";
import { fakeServer } from "../wires/fake-rpcs.js";
import { ask, type Told } from "./ask.js";

function askWithin(timeout: string): Promise<Told> {
  const server = fakeServer({ GetVersion: () => create(GetVersionResponseSchema) });
  return ask(server, "/api/v1/version", { headers: { "grpc-timeout": timeout } });
}

describe("Grpc-Timeout at the REST gateway", () => {
  test.each(["1n", "500u", "1m", "-1S"])("has passed when it is %s", async (timeout) => {
    const told = await askWithin(timeout);
    expect([told.status, told.json]).toMatchObject([
      504,
      { code: 4, message: "context deadline exceeded" },
    ]);
  });

  test.each(["0S", "30S", "1H", "123456789S"])(
    "lets an answer through when it is %s",
    async (timeout) => {
      expect((await askWithin(timeout)).status).toBe(200);
    },
  );

  test.each(["xx", "S", "1s", "1.5S", "5"])("is refused when it is %s", async (timeout) => {
    const told = await askWithin(timeout);
    expect([told.status, told.json]).toMatchObject([
      400,
      { code: 3, message: `invalid grpc-timeout: ${timeout}` },
    ]);
  });
});
