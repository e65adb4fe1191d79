import { describe, expect, test } from "@jest/globals";

import { AdminClient, type ConnectionOverrideOptions, version } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution } from "../../src/testing.js";

async function server(): Promise<InMemoryFlyteAdmin> {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  await seedExecution(flyte, { name: "f3a" });
  flyte.clearCalls();
  return flyte;
}

const defaults = { project: "flytesnacks", domain: "development" };

describe("a client with overrides", () => {
  test("has its own defaults, one by one, and leaves those of the first client", async () => {
    const flyte = await server();
    const admin = new AdminClient({
      transport: flyte.transport(),
      defaults: { project: "flytesnacks", domain: "production" },
    });
    const development = admin.with({ defaults: { domain: "development" } });
    expect((await development.executions.get({ name: "f3a" })).id?.name).toBe("f3a");
    await expect(admin.executions.get({ name: "f3a" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("sends its headers beside those of the first client, and before them", async () => {
    const flyte = await server();
    const admin = new AdminClient({
      transport: flyte.transport(),
      defaults,
      headers: () => ({ "x-team": "a", "x-kept": "1" }),
    });
    const other = admin.with({ headers: { "x-team": "b" } });
    await other.executions.get({ name: "f3a" });
    expect(flyte.calls.at(-1)?.headers).toMatchObject({ "x-team": "b", "x-kept": "1" });
    await admin.executions.get({ name: "f3a" });
    expect(flyte.calls.at(-1)?.headers).toMatchObject({ "x-team": "a", "x-kept": "1" });
  });

  test("has its own time limit", async () => {
    const flyte = await server();
    flyte.faults.add({ rpc: "GetExecution", delayMs: 60_000 });
    const admin = new AdminClient({ transport: flyte.transport(), defaults, retry: false });
    const hurried = admin.with({ timeoutMs: 5 });
    await expect(hurried.executions.get({ name: "f3a" })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    admin.close();
  });

  test.each(["admin", "other"] as const)(
    "is closed with the first client by closing %s",
    async (which) => {
      const flyte = await server();
      const admin = new AdminClient({ transport: flyte.transport(), defaults });
      const other = admin.with({ timeoutMs: 1000 });
      (which === "admin" ? admin : other).close();
      for (const each of [admin, other]) {
        await expect(each.executions.get({ name: "f3a" })).rejects.toMatchObject({
          code: "CANCELLED",
        });
      }
      expect(flyte.calls).toHaveLength(0);
    },
  );

  test("refuses overrides that are no object, and a time limit that is none", () => {
    const admin = new AdminClient({ baseUrl: "https://flyte.example.com" });
    const none: unknown = undefined;
    expect(() => admin.with(none as ConnectionOverrideOptions)).toThrow("overrides");
    expect(() => admin.with({ timeoutMs: -1 })).toThrow("timeoutMs");
  });

  test("can be made of a connection", () => {
    const { connection } = new AdminClient({ baseUrl: "https://flyte.example.com" });
    expect(new AdminClient(connection).connection).toBe(connection);
  });
});

describe("the user agent of calls", () => {
  test.each([
    [undefined, `flyte-admin-client/${version}`],
    ["billing/1.4", `billing/1.4 flyte-admin-client/${version}`],
  ])("with the application %p is %p on every wire", async (application, expected) => {
    const flyte = await server();
    const overRest = new AdminClient({
      baseUrl: "https://flyte.example.com",
      fetch: (input, init) => flyte.fetch(new Request(input, init)),
      defaults,
      application,
    });
    const inProcess = new AdminClient({ transport: flyte.transport(), defaults, application });
    for (const admin of [overRest, inProcess]) {
      await admin.executions.get({ name: "f3a" });
      expect(flyte.calls.at(-1)?.headers["user-agent"]).toBe(expected);
    }
  });

  test("is the one that the client's own headers set", async () => {
    const flyte = await server();
    const headers = { "user-agent": "mine" };
    const admin = new AdminClient({ transport: flyte.transport(), defaults, headers });
    await admin.executions.get({ name: "f3a" });
    expect(flyte.calls.at(-1)?.headers["user-agent"]).toBe("mine");
  });

  test.each(["", "a\nb", "café"])("refuses the application %p", (application) => {
    const options = { baseUrl: "https://flyte.example.com", application };
    expect(() => new AdminClient(options)).toThrow("application must be a name");
  });
});

describe("the console address of a client", () => {
  const id = "flytesnacks/development/f3a";
  const path = "/projects/flytesnacks/domains/development/executions/f3a";

  test("begins at the REST address, at the option consoleUrl, or at the argument", () => {
    const baseUrl = "https://flyte.example.com/prefix";
    const admin = new AdminClient({ baseUrl, defaults });
    expect(admin.consoleUrl(id)).toBe(`${baseUrl}/console${path}`);
    expect(admin.consoleUrl({ name: "f3a" })).toBe(`${baseUrl}/console${path}`);
    const own = new AdminClient({ baseUrl, consoleUrl: "https://ui.example.com" });
    expect(own.consoleUrl(id)).toBe(`https://ui.example.com${path}`);
    const base = "https://other.example.com/console";
    expect(own.consoleUrl(id, { base })).toBe(base + path);
    expect(own.with({ timeoutMs: 1 }).consoleUrl(id)).toBe(`https://ui.example.com${path}`);
  });

  test("is an error where it is not known", () => {
    const admin = new AdminClient({ transport: new InMemoryFlyteAdmin().transport() });
    expect(() => admin.consoleUrl(id)).toThrow("Pass { base }");
  });
});
