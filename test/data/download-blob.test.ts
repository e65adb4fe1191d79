import { beforeEach, describe, expect, test } from "@jest/globals";

import { AdminClient, InvalidOptionError } from "../../src/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";

const uri = "s3://my-s3-bucket/data/report.csv";

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let now: Date;

beforeEach(() => {
  now = new Date("2026-01-15T09:00:00Z");
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], now: () => now });
  flyte.putBlob(uri, new TextEncoder().encode("a,b\n1,2\n"));
  const fetch = (input: string | URL | Request, init?: RequestInit) =>
    flyte.fetch(new Request(input, init));
  admin = new AdminClient({ transport: flyte.transport(), fetch });
});

async function textOf(ref: Parameters<typeof admin.dataProxy.downloadBlob>[0]): Promise<string> {
  const download = await admin.dataProxy.downloadBlob(ref);
  return new TextDecoder().decode(await download.bytes());
}

describe("dataProxy.downloadBlob", () => {
  test("reads the file that a blob refers to, or an address", async () => {
    const blob = { kind: "blob", uri, format: "csv", dimensionality: "SINGLE" } as const;
    expect(await textOf(blob)).toBe("a,b\n1,2\n");
    expect(await textOf({ uri })).toBe("a,b\n1,2\n");
    expect(await textOf(uri)).toBe("a,b\n1,2\n");
  });

  test("signs the URL again when it has expired before it is read", async () => {
    const download = await admin.dataProxy.downloadBlob(uri, { expiresInSeconds: 60 });
    now = new Date(now.getTime() + 120_000);
    expect((await download.bytes()).length).toBe(8);
    const signed = flyte.calls.filter(({ rpc }) => rpc === "CreateDownloadLocation");
    expect(signed).toHaveLength(2);
  });

  test("reports an object that is missing when it is read", async () => {
    const download = await admin.dataProxy.downloadBlob("s3://my-s3-bucket/none");
    await expect(download.bytes()).rejects.toMatchObject({ reason: "missing" });
  });

  test.each([
    ["a folder", { kind: "blob", uri, format: "", dimensionality: "MULTIPART" } as const, "folder"],
    ["a text that is no address", "report.csv", "ref"],
    ["nothing", undefined as never, "ref"],
  ])("refuses %s before any call", async (_, ref, text) => {
    const work = admin.dataProxy.downloadBlob(ref);
    await expect(work).rejects.toBeInstanceOf(InvalidOptionError);
    await expect(work).rejects.toThrow(text);
    expect(flyte.calls).toHaveLength(0);
  });
});
