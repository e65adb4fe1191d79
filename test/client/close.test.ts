import { describe, expect, it } from "@jest/globals";

import { InMemoryFlyteAdmin } from "../../src/testing.js";
import { wires } from "../support/wires.js";

describe.each(wires.map((wire) => [wire.name, wire] as const))("over %s", (_, wire) => {
  it("close ends the calls that run, and every later one", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const client = await wire.open(flyte);
    const fault = flyte.faults.add({ rpc: "GetVersion", hang: true, times: 1 });
    const running = client.admin.identity.getServerVersion().catch((thrown: unknown) => thrown);
    while (fault.strikes === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    client.admin.close();
    expect(await running).toMatchObject({
      code: "CANCELLED",
      cause: expect.objectContaining({ message: "the client was closed" }),
    });
    await expect(client.admin.identity.getServerVersion()).rejects.toMatchObject({
      code: "CANCELLED",
      attempts: 0,
      message: expect.stringContaining("the client was closed"),
    });
    expect(fault.strikes).toBe(1);
    expect(flyte.calls).toHaveLength(1);
    await client.close();
  });

  it("a client is disposed of by await using", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const client = await wire.open(flyte);
    flyte.faults.add({ rpc: "GetVersion", hang: true, times: 1 });
    const running = client.admin.identity.getServerVersion().catch((thrown: unknown) => thrown);
    await client.admin[Symbol.asyncDispose]();
    expect(await running).toMatchObject({ code: "CANCELLED" });
    await client.close();
  });
});
