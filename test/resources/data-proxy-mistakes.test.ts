import { describe, expect, it } from "@jest/globals";
import { AdminClient, InvalidOptionError } from "../../src/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";

describe("the data proxy", () => {
  it.each(["", "nonsense", "s3://bucket", "s3:///key", undefined, {}])(
    "refuses the storage address %p before any call",
    async (address) => {
      const flyte = new InMemoryFlyteAdmin();
      const admin = new AdminClient({ transport: flyte.transport() });
      // A caller without types may give anything.
      const given = address as string;
      const error = await admin.dataProxy.createDownloadLocation(given).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(InvalidOptionError);
      expect(error).toMatchObject({
        option: "nativeUrl",
        message: expect.stringContaining("s3://bucket/key"),
      });
      expect(flyte.calls).toEqual([]);
    },
  );

  it.each(["", "s3://bucket/key", "flyte://", undefined])(
    "refuses %p in place of a flyte:// URL before any call",
    async (address) => {
      const flyte = new InMemoryFlyteAdmin();
      const admin = new AdminClient({ transport: flyte.transport() });
      const error = await admin.dataProxy.getData(address!).catch((e: unknown) => e);
      expect(error).toMatchObject({ option: "flyteUrl" });
      expect(flyte.calls).toEqual([]);
    },
  );
});
