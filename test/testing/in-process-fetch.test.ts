import { expect, test } from "@jest/globals";

import { AdminClient } from "../../src/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";

const uri = "s3://bucket/model.bin";

test("a client over the in-process transport reads signed URLs in process", async () => {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  flyte.putBlob(uri, Uint8Array.of(1, 2, 3));
  const admin = new AdminClient({ transport: flyte.transport() });
  const download = await admin.with({ timeoutMs: 5_000 }).dataProxy.downloadBlob(uri);
  expect(await download.bytes()).toEqual(Uint8Array.of(1, 2, 3));
});

test("a fetch of the client goes before that of the transport", async () => {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  flyte.putBlob(uri, Uint8Array.of(1));
  const fetch = (): Promise<Response> => Promise.resolve(new Response(Uint8Array.of(9)));
  const admin = new AdminClient({ transport: flyte.transport(), fetch });
  const download = await admin.dataProxy.downloadBlob(uri);
  expect(await download.bytes()).toEqual(Uint8Array.of(9));
});
