import type { Transport } from "@connectrpc/connect";
import { describe, expect, test } from "@jest/globals";

import * as functions from "../../src/functions.js";
import { AdminClient, InvalidOptionError } from "../../src/index.js";
import { methodFunctions } from "../client/method-functions.js";
import { rpcRows } from "../resources/rpc-table.js";

const asked: string[] = [];
const transport: Transport = {
  unary: (method) => {
    asked.push(method.name);
    return Promise.reject(new Error("nothing is sent in this test"));
  },
  stream: () => Promise.reject(new Error("nothing is sent in this test")),
};
const admin = new AdminClient({ transport });

const scope = { project: "p", domain: "d" };
const id = { ...scope, name: "e1" };
const nodeId = { executionId: id, nodeId: "n0" };
const versioned = { ...scope, name: "t", version: "v" };
const attemptId = { taskId: versioned, nodeExecutionId: nodeId, retryAttempt: 0 };
const signalId = { executionId: id, signalId: "s" };

/** Valid arguments of the methods that no RPC of the table of RPCs is reached through. */
const others: Readonly<Record<string, readonly unknown[]>> = {
  "tasks.getLatest": [{ ...scope, name: "t" }],
  "workflows.getLatest": [{ ...scope, name: "t" }],
  "launchPlans.getLatest": [{ ...scope, name: "t" }],
  "launchPlans.deactivate": [versioned],
  "namedEntities.update": [{ kind: "task", id: { ...scope, name: "t" } }, { description: "d" }],
  "namedEntities.archive": [{ kind: "task", id: { ...scope, name: "t" } }],
  "namedEntities.unarchive": [{ kind: "task", id: { ...scope, name: "t" } }],
  "projects.update": ["p", { name: "n" }],
  "projects.archive": ["p"],
  "projects.unarchive": ["p"],
  "signals.set": [signalId, { boolean: true }],
  "signals.approve": [signalId],
  "signals.reject": [signalId],
  "taskExecutions.listForExecution": [{ executionId: id }],
  "taskExecutions.inputs": [attemptId],
  "taskExecutions.outputs": [attemptId],
  "nodeExecutions.listChildren": [{ parentId: nodeId }],
  "nodeExecutions.inputs": [nodeId],
  "nodeExecutions.outputs": [nodeId],
  "nodeExecutions.deck": [nodeId],
  "executions.scan": [scope],
  "executions.countByPhase": [scope],
  "executions.countTreeByPhase": [id],
  "executions.rerun": [id],
  "nodeExecutions.countByPhase": [{ executionId: id }],
  "taskExecutions.countByPhase": [{ nodeExecutionId: nodeId }],
  "taskExecutions.mapOutputs": [attemptId],
  "executions.watch": [scope],
  "nodeExecutions.watch": [{ executionId: id }],
  "taskExecutions.watch": [{ nodeExecutionId: nodeId }],
  "executions.tree": [id],
  "executions.wait": [id],
  "executions.updates": [id],
  "executions.inputs": [id],
  "executions.outputs": [id],
  "executions.unarchive": [id],
  "executions.terminateAll": [[id], { cause: "why" }],
  "executions.getMany": [[id]],
  "executions.relaunchAll": [[id]],
  "executions.launchAndWait": [{ launchPlan: versioned }],
  "dataProxy.downloadBlob": ["s3://bucket/key"],
  "executions.archiveAll": [[id]],
  "executions.recoverAll": [[id]],
  "dataProxy.resolve": ["flyte://v1/p/d/e1/n0/o"],
  "dataProxy.upload": [{ ...scope, body: new Uint8Array(3) }],
};

/** Every method of every resource, found in the client itself, so that a new one is among them. */
function methodNames(): string[] {
  return Object.entries(admin)
    .filter(([name]) => name !== "rpc" && name !== "connection")
    .flatMap(([resource, owner]: [string, object]) =>
      Object.getOwnPropertyNames(Object.getPrototypeOf(owner))
        .filter((method) => method !== "constructor")
        .map((method) => `${resource}.${method}`),
    );
}

/** The valid arguments of a method, recorded from the calls of the table of RPCs. */
async function validArguments(): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const calls = new Map<string, readonly unknown[]>(Object.entries(others));
  const recorder = (resource: string): object =>
    new Proxy(
      {},
      {
        get:
          (_, method) =>
          (...args: unknown[]): object => {
            calls.set(`${resource}.${String(method)}`, args);
            return { first: () => Promise.resolve() };
          },
      },
    );
  const resources = new Set(methodNames().map((name) => name.split(".")[0] ?? ""));
  const stand = Object.fromEntries([...resources].map((name) => [name, recorder(name)]));
  for (const { reach } of rpcRows) await reach?.call(stand as never);
  return calls;
}

/** How many parameters a function declares, those with a default included. */
function parameterCount(fn: unknown): number {
  const source = String(fn);
  let depth = 0;
  let count = 0;
  for (const letter of source.slice(source.indexOf("("))) {
    if ("([{".includes(letter)) depth += 1;
    else if (")]}".includes(letter)) depth -= 1;
    else if (letter === "," && depth === 1) count += 1;
    if (depth === 0) break;
  }
  return count + 1;
}

/** Calls a function and goes into what it returns as far as the first item. */
async function failureOf(fn: unknown, owner: object, args: readonly unknown[]): Promise<unknown> {
  try {
    const given: unknown = await Reflect.apply(fn as never, owner, args);
    if (typeof given === "object" && given !== null && Symbol.asyncIterator in given) {
      for await (const item of given as AsyncIterable<unknown>) return item;
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

const names = methodNames();
const valid = await validArguments();
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = methodFunctions;

function expectRefusal(failure: unknown): void {
  expect(failure).toBeInstanceOf(InvalidOptionError);
  expect(failure).toMatchObject({ option: "timeout" });
  expect(String(failure)).toMatch(/timeout is not .* Use timeoutMs\.$/);
  expect(asked).toEqual([]);
}

describe("an unknown option", () => {
  test("is tried on every method", () => {
    expect(names.length).toBeGreaterThan(70);
    expect(names.filter((name) => !valid.has(name))).toEqual([]);
  });

  test.each(names)("of %s is refused before any call, by method and by function", async (name) => {
    asked.length = 0;
    const [resource = "", method = ""] = name.split(".");
    const owner = Reflect.get(admin, resource) as object;
    const methodFunction: unknown = Reflect.get(owner, method);
    const at = parameterCount(methodFunction) - 1;
    const args = [...(valid.get(name) ?? [])];
    while (args.length < at) args.push(undefined);
    args[at] = { timeout: 3 };
    const bad = args.slice(0, at + 1);
    const isBulk = /(?:All|Many)$/.test(name);
    const own = isBulk ? [...bad.slice(0, -1), { concurency: 3 }] : bad;
    const check = isBulk
      ? (failure: unknown): void => {
          expect(failure).toBeInstanceOf(InvalidOptionError);
          expect(String(failure)).toContain("concurency is not an option. Use concurrency.");
          expect(asked).toEqual([]);
        }
      : expectRefusal;
    check(await failureOf(methodFunction, owner, own));
    const standalone: unknown = Reflect.get(functions, table[resource]?.[method] ?? "");
    check(await failureOf(standalone, {}, [admin.connection, ...own]));
  });

  test.each(["admin", "dataProxy", "signals", "identity", "authMetadata"] as const)(
    "of a plain call of rpc.%s is refused",
    async (service) => {
      asked.length = 0;
      const client = admin.rpc[service];
      for (const call of Object.values(client)) {
        expectRefusal(await failureOf(call, client, [{}, { timeout: 3 }]));
      }
    },
  );
});

describe("a name in the wrong argument", () => {
  const lists = names.filter((name) => /\.(list|scan)/.test(name));

  test.each(lists.filter((name) => !/^attributes.list$|listDomains$/.test(name)))(
    "of %s, an option in the query, says where it belongs",
    async (name) => {
      asked.length = 0;
      const [resource = "", method = ""] = name.split(".");
      const owner = Reflect.get(admin, resource) as object;
      const list: unknown = Reflect.get(owner, method);
      const at = parameterCount(list) - 2;
      const args = [...(valid.get(name) ?? [])];
      args[at] = { ...(args[at] as object | undefined), limit: 5 };
      const failure = await failureOf(list, owner, args.slice(0, at + 1));
      expect(failure).toMatchObject({ option: "limit", name: "InvalidOptionError" });
      expect(String(failure)).toMatch(/limit is not a property of query\. Pass it in the options/);
      expect(asked).toEqual([]);
    },
  );

  test("a query's name in the options says where it belongs", async () => {
    const options = { where: () => [] } as never;
    const failure = await failureOf(() => admin.executions.list(scope, options), {}, []);
    expect(String(failure)).toContain(
      "where is not an option. Pass it in the query, the argument before the options.",
    );
  });

  test("a signal in place of the options says how to pass it", async () => {
    const failure = await failureOf(
      () => admin.executions.get(id, new AbortController().signal as never),
      {},
      [],
    );
    expect(String(failure)).toContain("got an AbortSignal. Pass it as { signal }.");
  });
});
