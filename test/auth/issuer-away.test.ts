import { describe, expect, it } from "@jest/globals";

import { AdminClient, clientCredentials, type RetryOptions } from "../../src/index.js";
import { seedWorkflow } from "../../src/testing.js";
import { setUp } from "./flyte.js";

const scope = { project: "flytesnacks", domain: "development" };
const launchPlan = { ...scope, name: "core.flows.sample", version: "v1" };
const flow = clientCredentials({ clientId: "flytepropeller", clientSecret: "foobar" });

type Away = () => Promise<Response>;

const refused: Away = () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:30002"), {
    code: "ECONNREFUSED",
  });
  return Promise.reject(new TypeError("fetch failed", { cause }));
};
const busy: Away = () => Promise.resolve(new Response("<html>503</html>", { status: 503 }));

/** A client that has made a call, and an issuer that can be away for some requests for a token. */
async function setUpAway(away: Away, retry: RetryOptions = {}) {
  const network: { fetch?: typeof globalThis.fetch } = {};
  let left = 0;
  let asked = 0;
  const parts = setUp({
    flow,
    fetch: (url, init) => {
      if (new URL(url).pathname !== "/oauth2/token") return network.fetch!(url, init);
      asked += 1;
      left -= 1;
      return left < 0 ? network.fetch!(url, init) : away();
    },
  });
  network.fetch = parts.fetch;
  const { auth, baseUrl, clock, fetch, flyte } = parts;
  const admin = new AdminClient({
    baseUrl,
    fetch,
    auth,
    retry: {
      // What was sent before the wait is answered by its end.
      delay: async () => {
        for (let turn = 0; turn < 100; turn += 1) await new Promise((next) => setImmediate(next));
      },
      random: () => 0.5,
      ...retry,
    },
  });
  await seedWorkflow({
    transport: () => admin.connection.transport,
    now: () => new Date(clock.ms),
    putBlob: (uri, bytes) => {
      flyte.putBlob(uri, bytes);
    },
  });
  return {
    admin,
    /** Ends the token, and lets the issuer be away for so many requests. */
    expire: (times: number) => {
      clock.ms += 3_600_000;
      flyte.clearCalls();
      left = times;
      asked = 0;
    },
    asked: () => asked,
    /** How often an RPC was sent. */
    sent: (name: string) => flyte.calls.filter(({ rpc }) => rpc === name).length,
  };
}

describe.each([
  ["cannot be reached", refused],
  ["answers 503", busy],
])("while an issuer %s, as during a restart of FlyteAdmin", (_, away) => {
  it("a read whose token has ended is sent once there is another token", async () => {
    const { admin, asked, expire, sent } = await setUpAway(away);
    expire(6);
    await admin.identity.getServerVersion();
    expect(sent("GetVersion")).toBe(1);
    expect(asked()).toBe(7);
  });

  it("many calls ask the issuer one at a time", async () => {
    const { admin, asked, expire } = await setUpAway(away);
    expire(6);
    await Promise.all(Array.from({ length: 40 }, () => admin.identity.getServerVersion()));
    expect(asked()).toBeLessThan(12);
  });

  it("each of many calls that fail says once why", async () => {
    const { admin, expire } = await setUpAway(away);
    expire(Infinity);
    const calls = Array.from({ length: 20 }, () => admin.identity.getServerVersion());
    for (const call of await Promise.allSettled(calls)) {
      const text = call.status === "rejected" ? String(call.reason) : "";
      expect(text.split("maxOutageMs")).toHaveLength(2);
    }
  });

  it("a list is given whole", async () => {
    const { admin, expire } = await setUpAway(away);
    const names = ["a", "b", "c", "d"];
    for (const name of names) await admin.executions.launch({ launchPlan, name });
    const seen: unknown[] = [];
    for await (const { id } of admin.executions.list(scope, { pageSize: 1, readAhead: false })) {
      seen.push(id?.name);
      expire(3);
    }
    expect(seen).toEqual(names);
  });

  it("a launch without a name is sent once, after the sign-in", async () => {
    const { admin, expire, sent } = await setUpAway(away);
    expire(3);
    await admin.executions.launch({ launchPlan });
    expect(sent("CreateExecution")).toBe(1);
  });

  it("a name that is taken is reported: no earlier attempt of the call can have taken it", async () => {
    const { admin, expire, sent } = await setUpAway(away);
    await admin.executions.launch({ launchPlan, name: "taken" });
    await admin.projects.register({ id: "taken", name: "taken" });
    expire(3);
    await expect(admin.executions.launch({ launchPlan, name: "taken" })).rejects.toMatchObject({
      name: "AlreadyExistsError",
    });
    expire(3);
    await expect(admin.projects.register({ id: "taken", name: "taken" })).rejects.toMatchObject({
      name: "AlreadyExistsError",
    });
    expect(sent("RegisterProject")).toBe(1);
  });

  it("a call fails in the issuer's words when the issuer stays away", async () => {
    const { admin, expire, sent } = await setUpAway(away);
    expire(Infinity);
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "UNAVAILABLE", rpc: "SignIn", attempts: 0 });
    expect(String(error)).toMatch(
      / The server was away for longer than retry.maxOutageMs \(12000\)\.$/,
    );
    expect(sent("GetVersion")).toBe(0);
  });

  it("a call asks once where retries are off", async () => {
    const { admin, asked, expire } = await setUpAway(away, { maxAttempts: 1 });
    expire(Infinity);
    await expect(admin.identity.getServerVersion()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(asked()).toBe(1);
  });
});
