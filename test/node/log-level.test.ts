import { afterEach, expect, jest, test } from "@jest/globals";

import { connect } from "../../src/node.js";
import { InMemoryFlyteAdmin, seedExecution } from "../../src/testing.js";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const close of closers.splice(0).reverse()) await close();
});

async function linesWith(level: string | undefined): Promise<readonly string[]> {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  await seedExecution(flyte, { name: "f3a" });
  const server = await flyte.listen();
  closers.push(() => server.close());
  const admin = await connect({
    endpoint: new URL(server.grpcUrl).host,
    insecure: true,
    flow: "none",
    home: "/nonexistent",
    env: level === undefined ? {} : { FLYTE_LOG: level },
  });
  closers.push(() => {
    admin.close();
  });
  const lines: string[] = [];
  jest.spyOn(process.stderr, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  const scope = { project: "flytesnacks", domain: "development" };
  await admin.executions.get({ ...scope, name: "f3a" });
  await admin.executions.get({ ...scope, name: "none" }).catch(() => undefined);
  return lines;
}

test("connect() writes a line for each call where FLYTE_LOG is debug", async () => {
  expect(await linesWith("debug")).toEqual([
    expect.stringContaining("flyte debug GetExecution: OK"),
    expect.stringContaining("flyte error GetExecution: NOT_FOUND"),
  ]);
});

test("connect() writes failures alone where FLYTE_LOG is error, whatever its case", async () => {
  expect(await linesWith("ERROR")).toEqual([expect.stringContaining("NOT_FOUND")]);
});

test.each([undefined, "", "off"])(
  "connect() writes nothing where FLYTE_LOG is %p",
  async (level) => {
    expect(await linesWith(level)).toEqual([]);
  },
);

test("connect() names the levels where FLYTE_LOG is another", async () => {
  await expect(linesWith("verbose")).rejects.toThrow(
    'FLYTE_LOG must be debug, info, warn, error or off, got "verbose".',
  );
});
