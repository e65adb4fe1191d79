import { createRouterTransport, type Interceptor } from "@connectrpc/connect";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import {
  AdminClient,
  executionId,
  fetchSignedUrl,
  FlyteError,
  formatFlyteUrl,
  formatId,
  isTerminal,
  literalToValue,
  mapConcurrent,
  outcomeOf,
  phaseOf,
  unwrapOutcome,
} from "../../src/index.js";
import { rpcRows } from "./rpc-table.js";

const asked: string[] = [];
let admin: AdminClient;

beforeEach(() => {
  asked.length = 0;
  const spy: Interceptor = (next) => (request) => {
    asked.push(request.method.name);
    return next(request);
  };
  const transport = createRouterTransport(() => undefined, { transport: { interceptors: [spy] } });
  admin = new AdminClient({ transport });
});
afterEach(() => {
  admin.close();
});

/** The methods that need no argument: a call without any goes through. */
const needNothing = [
  "identity.getUserInfo",
  "identity.getOAuth2Metadata",
  "identity.getPublicClientConfig",
  "identity.getServerVersion",
  "projects.listDomains",
  "projects.list",
];

/** The methods that act on each item of a list: on an empty one they do nothing. */
const takeLists = [
  "executions.archiveAll",
  "executions.recoverAll",
  "executions.relaunchAll",
  "executions.getMany",
];

/** Every method of every resource, found in the client itself, so that a new one is among them. */
function methodNames(client: AdminClient): string[] {
  return Object.entries(client)
    .filter(([name]) => name !== "rpc" && name !== "connection")
    .flatMap(([resource, owner]: [string, object]) =>
      Object.getOwnPropertyNames(Object.getPrototypeOf(owner))
        .filter((method) => method !== "constructor")
        .map((method) => `${resource}.${method}`),
    );
}

const names = methodNames(new AdminClient({ transport: createRouterTransport(() => undefined) }));

/** Calls a method as JavaScript can, and follows its result as far as the first row. */
async function outcome(name: string, args: readonly unknown[]): Promise<unknown> {
  const [resource = "", method = ""] = name.split(".");
  const owner = Reflect.get(admin, resource) as object;
  try {
    const given: unknown = await Reflect.apply(Reflect.get(owner, method) as never, owner, args);
    if (typeof given !== "object" || given === null || !(Symbol.asyncIterator in given))
      return given;
    for await (const row of given as AsyncIterable<unknown>) return row;
    return undefined;
  } catch (error) {
    return error;
  }
}

const slips = {
  "no argument": [],
  "{}": [{}],
  null: [null],
  "a number": [5],
  "{} in every place": [{}, {}, {}, {}],
  "null in every place": [null, null, null, null],
  "a number in every place": [5, 5, 5, 5],
} as const;

describe("a resource called from JavaScript", () => {
  it("has its methods in this table", () => {
    expect(names.length).toBeGreaterThan(60);
    expect(names).toEqual(expect.arrayContaining(needNothing));
  });

  describe.each(Object.entries(slips))("with %s", (_, args) => {
    it.each(names)("%s says what is wrong, before any call", async (name) => {
      const told = await outcome(name, args);
      expect(told).toBeInstanceOf(FlyteError);
      if (needNothing.includes(name) && asked.length > 0) {
        expect(told).toMatchObject({ code: "UNIMPLEMENTED" });
        return;
      }
      expect(told).toMatchObject({ code: "INVALID_ARGUMENT" });
      expect(asked).toEqual([]);
    });
  });

  it.each(names)("%s takes an empty array for an empty list, or for a mistake", async (name) => {
    const told = await outcome(name, [[]]);
    if (takeLists.includes(name)) expect(told).toEqual([]);
    else if (needNothing.includes(name)) expect(told).toBeInstanceOf(FlyteError);
    else expect(told).toMatchObject({ code: "INVALID_ARGUMENT" });
    if (!needNothing.includes(name)) expect(asked).toEqual([]);
  });
});

/** The arguments of every call that a resource makes over the wire, each call as it should be. */
async function recordedCalls(): Promise<readonly (readonly [string, readonly unknown[]])[]> {
  const calls: (readonly [string, readonly unknown[]])[] = [];
  const recorder = (resource: string): object =>
    new Proxy(
      {},
      {
        get:
          (_, method) =>
          (...args: unknown[]): object => {
            calls.push([`${resource}.${String(method)}`, args]);
            return { first: () => Promise.resolve() };
          },
      },
    );
  const stand = Object.fromEntries(
    names.map((name) => name.split(".")[0] ?? "").map((r) => [r, recorder(r)]),
  );
  for (const { reach } of rpcRows) await reach?.call(stand as never);
  return calls;
}

describe("an argument that JavaScript leaves out or mixes up", () => {
  it("never ends in a bare TypeError, whichever argument of a call it is", async () => {
    const bare: string[] = [];
    for (const [name, args] of await recordedCalls()) {
      for (let at = 0; at < Math.max(3, args.length); at += 1) {
        for (const slip of [undefined, null, 5, {}]) {
          asked.length = 0;
          const told = await outcome(name, [...args.slice(0, at), slip, ...args.slice(at + 1)]);
          const isTold = told instanceof FlyteError;
          const wasSent = asked.length > 0;
          if (isTold && wasSent === (told.code === "UNIMPLEMENTED")) continue;
          bare.push(
            `${name}, argument ${at} ${JSON.stringify(slip)}: ${String(told)} (${asked.join()})`,
          );
        }
      }
    }
    expect(bare).toEqual([]);
  });

  const id = { project: "p", domain: "d", name: "n" };

  it.each([
    ["terminate", (a: AdminClient) => a.executions.terminate(id, undefined as never), "reason"],
    ["terminateAll", (a: AdminClient) => a.executions.terminateAll([], {} as never), "cause"],
    ["archiveAll", (a: AdminClient) => a.executions.archiveAll("ids" as never), "executions"],
    [
      "namedEntities.get",
      (a: AdminClient) => a.namedEntities.get({ kind: "tasks" as never, id }),
      "kind",
    ],
    ["attributes.list", (a: AdminClient) => a.attributes.list("labels" as never), "kind"],
    [
      "signals.set",
      (a: AdminClient) => a.signals.set({ executionId: id, signalId: "s" }, null as never),
      "value",
    ],
    [
      "upload",
      (a: AdminClient) => a.dataProxy.upload({ project: "p", domain: "d", body: "text" as never }),
      "body",
    ],
    [
      "launch",
      (a: AdminClient) => a.executions.launch({ launchPlan: null as never }),
      "launchPlan",
    ],
  ])("of %s is named", async (_, call, option) => {
    await expect(call(admin)).rejects.toMatchObject({ name: "InvalidOptionError", option });
    expect(asked).toEqual([]);
  });
});

describe("a helper called from JavaScript", () => {
  const helpers: Readonly<Record<string, (given: never) => unknown>> = {
    executionId,
    formatId,
    formatFlyteUrl,
    isTerminal,
    literalToValue,
    outcomeOf,
    phaseOf,
    unwrapOutcome,
    fetchSignedUrl: (given) => fetchSignedUrl(given).bytes(),
    mapConcurrent: (given) => mapConcurrent(given, () => 1),
    AdminClient: (given) => new AdminClient(given),
  };

  it.each(Object.entries(helpers))("%s says what is wrong", async (_, helper) => {
    for (const slip of [undefined, null, 5, {}, "text"]) {
      const call = (): Promise<unknown> => Promise.resolve().then(() => helper(slip as never));
      if (helper === isTerminal && slip === "text") continue;
      await expect(call()).rejects.toBeInstanceOf(FlyteError);
    }
  });
});
