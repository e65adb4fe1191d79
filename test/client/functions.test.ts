import { describe, expect, test } from "@jest/globals";
import { expectTypeOf } from "expect-type";

import * as functions from "../../src/functions.js";
import { AdminClient, type Connection } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedNode } from "../../src/testing.js";
import { methodFunctions } from "./method-functions.js";

type Table = typeof methodFunctions;
type ResourceName = Exclude<
  keyof AdminClient,
  "rpc" | "connection" | "close" | "with" | "consoleUrl" | symbol
>;

/** Whether two types are the same. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

type OfFunction<F> = F extends (connection: Connection, ...rest: infer Rest) => infer Result
  ? [Rest, Result]
  : never;
type OfMethod<M> = M extends (...all: infer All) => infer Result ? [All, Result] : never;

type FunctionNamed<Name> = Name extends keyof typeof functions ? (typeof functions)[Name] : never;

/** The methods whose function takes other arguments after the connection, or returns something else. */
type Mismatch = {
  [R in keyof Table & ResourceName]: {
    [M in keyof Table[R] & keyof AdminClient[R] & string]: Same<
      OfFunction<FunctionNamed<Table[R][M]>>,
      OfMethod<AdminClient[R][M]>
    > extends true
      ? never
      : `${R}.${M}`;
  }[keyof Table[R] & keyof AdminClient[R] & string];
}[keyof Table & ResourceName];

describe("the functions of the package", () => {
  test("there is one for every method of every resource, and none beside", () => {
    expectTypeOf<keyof Table>().toEqualTypeOf<ResourceName>();
    expectTypeOf<{ [R in ResourceName]: keyof Table[R] }>().toEqualTypeOf<{
      [R in ResourceName]: keyof AdminClient[R];
    }>();
    const named = Object.values(methodFunctions).flatMap((methods) => Object.values(methods));
    const verbs = Object.keys(functions).filter((name) => !name.startsWith("connect"));
    expect(verbs.sort()).toEqual([...named].sort());
    const admin = new AdminClient({ baseUrl: "https://flyte.example.com" });
    for (const [resource, methods] of Object.entries(methodFunctions)) {
      const owner = Reflect.get(admin, resource) as object;
      const own = Object.getOwnPropertyNames(Object.getPrototypeOf(owner));
      expect(own.filter((name) => name !== "constructor").sort()).toEqual(
        Object.keys(methods).sort(),
      );
    }
  });

  test("each takes what its method takes, after the connection, and returns the same", () => {
    expectTypeOf<Mismatch>().toBeNever();
  });

  test("they work over a connection of their own, and over that of a client", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const executionId = await seedExecution(flyte, {
      project: "flytesnacks",
      domain: "development",
      name: "f3a",
    });
    const nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0" });
    await seedAttempts(flyte, { nodeExecutionId, count: 2 });
    const connection = functions.connectTransport({ transport: flyte.transport() });
    const admin = new AdminClient({ transport: flyte.transport() });
    const expected = await admin.taskExecutions.list({ nodeExecutionId }).toArray({ limit: 10 });
    expect(expected).toHaveLength(2);
    for (const each of [connection, admin.connection]) {
      const list = functions.listTaskExecutions(each, { nodeExecutionId });
      expect(await list.toArray({ limit: 10 })).toEqual(expected);
    }
  });

  test("they work over the REST gateway", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const connection = functions.connectRest({
      baseUrl: "https://flyte.example.com",
      fetch: (input, init) => flyte.fetch(new Request(input, init)),
    });
    const projects = await functions.listProjects(connection).toArray({ limit: 10 });
    expect(projects.map(({ id }) => id)).toEqual(["flytesnacks"]);
  });

  test("they end with the connection, and fail behind it", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const connection = functions.connectTransport({ transport: flyte.transport() });
    connection.close();
    await expect(functions.getProject(connection, "flytesnacks")).rejects.toMatchObject({
      code: "CANCELLED",
    });
  });

  test("a connection names what its options lack", () => {
    expect(() => functions.connectRest(null as never)).toThrow("options must be an object such as");
    expect(() => functions.connectTransport({} as never)).toThrow(
      "transport must be a Connect transport, got undefined",
    );
  });
});
