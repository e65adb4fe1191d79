import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "@jest/globals";
import { expectTypeOf } from "expect-type";
import fc from "fast-check";

import { ExecutionSchema } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { TaskExecutionSchema } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { TaskSchema } from "../../../gen/flyteidl/admin/task_pb.js";
import type { Identifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import {
  ResourceType,
  TaskExecutionIdentifierSchema,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError } from "../../../src/errors/index.js";
import type {
  ExecutionIdInput,
  NodeExecutionIdInput,
  TaskExecutionIdInput,
} from "../../../src/values/identifiers/index.js";
import {
  checkNewExecutionName,
  requireExecutionId,
  requireNamedEntityId,
  requireNodeExecutionId,
  requireResourceId,
  requireScope,
  requireSignalId,
  requireTaskExecutionId,
} from "../../../src/values/identifiers/index.js";

const defaults = { project: "flytesnacks", domain: "development" };
const execution = { project: "p", domain: "d", name: "e" };
const node = { executionId: execution, nodeId: "n0" };
const task = { project: "tp", domain: "td", name: "t", version: "v1" };
const attempt = { nodeExecutionId: node, taskId: task, retryAttempt: 2 };

function pathOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidIdentifierError) {
      expect(error.message).toContain(error.path);
      expect(error.code).toBe("INVALID_ARGUMENT");
      return error.path;
    }
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("An identifier", () => {
  it("is completed from the defaults, at every depth", () => {
    expect(requireExecutionId({ name: "e" }, defaults)).toMatchObject({ ...defaults, name: "e" });
    expect(
      requireTaskExecutionId(
        {
          nodeExecutionId: { executionId: { name: "e" }, nodeId: "n0" },
          taskId: { domain: "production", name: "t", version: "v" },
          retryAttempt: 0,
        },
        defaults,
      ),
    ).toMatchObject({
      nodeExecutionId: { executionId: { ...defaults, name: "e" }, nodeId: "n0" },
      taskId: { project: "flytesnacks", domain: "production", resourceType: ResourceType.TASK },
    });
  });

  it("is taken from a message as it is, and given back as a message of its own", () => {
    const row = create(TaskExecutionSchema, { id: attempt });
    const id = requireTaskExecutionId(row.id);
    expect(id).toEqual(
      create(TaskExecutionIdentifierSchema, {
        ...attempt,
        taskId: { ...task, resourceType: ResourceType.TASK },
      }),
    );
    expect(id).not.toBe(row.id);
    expect(row.id?.taskId?.resourceType).toBe(ResourceType.UNSPECIFIED);
  });

  it("keeps its org", () => {
    expect(requireExecutionId({ ...execution, org: "o" }).org).toBe("o");
    expect(requireNamedEntityId({ ...execution, org: "o" }).org).toBe("o");
    expect(requireScope({ ...execution, org: "o" }).org).toBe("o");
  });

  it("may be undefined in its type only", () => {
    const row: TaskExecution = create(TaskExecutionSchema);
    expect(pathOf(() => requireTaskExecutionId(row.id))).toBe("id");
    expect(pathOf(() => requireExecutionId(undefined, defaults, "from"))).toBe("from");
    expect(pathOf(() => requireSignalId(undefined))).toBe("id");
    // @ts-expect-error -- a node belongs to an execution
    expect(pathOf(() => requireNodeExecutionId({ executionId: undefined, nodeId: "n0" }))).toBe(
      "id.executionId",
    );
  });

  it("is refused by the path of the part that is empty, for the server would answer with another row", () => {
    const emptied = (path: string): string =>
      pathOf(() => requireTaskExecutionId(withPart(attempt, path, "") as TaskExecutionIdInput));
    for (const path of [
      "nodeExecutionId.nodeId",
      "nodeExecutionId.executionId.project",
      "nodeExecutionId.executionId.domain",
      "nodeExecutionId.executionId.name",
      "taskId.project",
      "taskId.domain",
      "taskId.name",
      "taskId.version",
    ]) {
      expect(emptied(path)).toBe(`id.${path}`);
    }
    expect(() => requireExecutionId({ ...execution, name: "" })).toThrow("another one");
  });

  it("does not take a default in place of a part that is empty", () => {
    expect(pathOf(() => requireExecutionId({ ...execution, project: "" }, defaults))).toBe(
      "id.project",
    );
  });

  it("is refused when a part has neither a value nor a default", () => {
    expect(pathOf(() => requireExecutionId({ name: "e" }))).toBe("id.project");
    expect(pathOf(() => requireExecutionId({ name: "e" }, { project: "p" }))).toBe("id.domain");
    expect(() => requireExecutionId({ name: "e" }, {})).toThrow("defaults.project");
  });

  it("is refused when a default is empty", () => {
    expect(pathOf(() => requireExecutionId({ name: "e" }, { ...defaults, domain: "" }))).toBe(
      "defaults.domain",
    );
  });

  it.each<[string, unknown]>([
    ["nodeExecutionId.nodeId", 5],
    ["nodeExecutionId.executionId.name", null],
    ["nodeExecutionId.executionId", "p/e"],
    ["nodeExecutionId", [1]],
    ["taskId", undefined],
    ["taskId.version", undefined],
    ["taskId.org", 7],
    ["taskId.name", "a\0b"],
    ["nodeExecutionId.nodeId", "n\uD800"],
  ])("is refused when %s is %p", (path, value) => {
    const id = withPart(attempt, path, value) as TaskExecutionIdInput;
    expect(pathOf(() => requireTaskExecutionId(id))).toBe(`id.${path}`);
  });

  it.each<[unknown]>([[-1], [0.5], [Number.NaN], [2 ** 32], ["1"], [1n], [undefined]])(
    "is refused when the attempt is %p",
    (retryAttempt) => {
      const id = { ...attempt, retryAttempt } as TaskExecutionIdInput;
      expect(pathOf(() => requireTaskExecutionId(id))).toBe("id.retryAttempt");
    },
  );

  it("has its type of resource filled in, and a wrong one refused", () => {
    expect(requireResourceId(ResourceType.WORKFLOW, task).resourceType).toBe(ResourceType.WORKFLOW);
    const plan = { ...task, resourceType: ResourceType.LAUNCH_PLAN };
    expect(requireResourceId(ResourceType.LAUNCH_PLAN, plan).resourceType).toBe(
      ResourceType.LAUNCH_PLAN,
    );
    expect(pathOf(() => requireResourceId(ResourceType.TASK, plan))).toBe("id.resourceType");
    expect(() => requireResourceId(ResourceType.TASK, plan)).toThrow(/LAUNCH_PLAN.*TASK/);
    expect(pathOf(() => requireTaskExecutionId({ ...attempt, taskId: plan }))).toBe(
      "id.taskId.resourceType",
    );
  });

  it("has types in which a literal must be complete, and a message always fits", () => {
    // @ts-expect-error -- an execution has a name
    expect(() => requireExecutionId({ project: "p", domain: "d" })).toThrow("id.name");
    // @ts-expect-error -- a node belongs to an execution
    expect(() => requireNodeExecutionId({ nodeId: "n0" })).toThrow("id.executionId");
    expectTypeOf<NonNullable<TaskExecution["id"]>>().toExtend<TaskExecutionIdInput>();
    expectTypeOf<Identifier>().toExtend<Parameters<typeof requireResourceId>[1]>();
    expectTypeOf<{ name: string; project?: string }>().toExtend<ExecutionIdInput>();
    expectTypeOf<{
      executionId: ExecutionIdInput;
      nodeId: string;
    }>().toExtend<NodeExecutionIdInput>();
  });
});

describe("An identifier in slash form", () => {
  const text = "p/d/e/n0/tp/td/t/v1/2";

  it("is taken wherever an object is, at every depth", () => {
    expect(requireExecutionId("p/d/e")).toEqual(requireExecutionId(execution));
    expect(requireNodeExecutionId("p/d/e/n0")).toEqual(requireNodeExecutionId(node));
    expect(requireNodeExecutionId({ executionId: "p/d/e", nodeId: "n0" })).toEqual(
      requireNodeExecutionId(node),
    );
    expect(requireTaskExecutionId(text)).toEqual(requireTaskExecutionId(attempt));
    expect(
      requireTaskExecutionId({
        nodeExecutionId: "p/d/e/n0",
        taskId: "tp/td/t/v1",
        retryAttempt: 2,
      }),
    ).toEqual(requireTaskExecutionId(attempt));
    expect(requireSignalId("p/d/e/s").signalId).toBe("s");
    expect(requireResourceId(ResourceType.TASK, "tp/td/t/v1")).toEqual(
      requireResourceId(ResourceType.TASK, task),
    );
    expect(requireNamedEntityId("p/d/e")).toEqual(requireNamedEntityId(execution));
  });

  it("may leave out project and domain where there are defaults", () => {
    expect(requireExecutionId("e", defaults)).toMatchObject({ ...defaults, name: "e" });
    expect(requireNodeExecutionId("e/n0", defaults)).toMatchObject({
      executionId: { ...defaults, name: "e" },
      nodeId: "n0",
    });
    expect(() => requireExecutionId("e", {})).toThrow(
      'id is "e", which has 1 part. Write "project/domain/name", or set defaults.project and defaults.domain of the client.',
    );
  });

  it.each([
    ["d/e", "id"],
    ["p//e", "id.domain"],
    ["p/d/a%b", "id.name"],
  ])("is refused when it is %j", (given, path) => {
    expect(pathOf(() => requireExecutionId(given))).toBe(path);
  });
});

describe("A row in the place of its identifier", () => {
  it("is taken at every depth", () => {
    const row = create(ExecutionSchema, { id: execution });
    expect(requireExecutionId(row)).toEqual(requireExecutionId(execution));
    expect(requireNodeExecutionId({ executionId: row, nodeId: "n0" })).toEqual(
      requireNodeExecutionId(node),
    );
    expect(requireTaskExecutionId(create(TaskExecutionSchema, { id: attempt }))).toEqual(
      requireTaskExecutionId(attempt),
    );
    const taskRow = create(TaskSchema, { id: task });
    expect(requireResourceId(ResourceType.TASK, taskRow).version).toBe("v1");
    expect(requireNamedEntityId(taskRow).name).toBe("t");
  });

  it("is refused when it is of another kind, or has no id", () => {
    const attemptRow = create(TaskExecutionSchema, { id: attempt });
    // @ts-expect-error -- an attempt is no execution
    expect(() => requireExecutionId(attemptRow)).toThrow(
      'id must be an object with project, domain and name, or "project/domain/name", got a message TaskExecution.',
    );
    expect(() => requireExecutionId(create(ExecutionSchema))).toThrow(
      "id is a message Execution without an id.",
    );
  });
});

describe("An identifier with a name that is not of its kind", () => {
  it.each<[object, string]>([
    [{ ...execution, projekt: "x" }, "projekt is not a property of id. Use project."],
    [{ ...execution, Domain: "x" }, "Domain is not a property of id. Use domain."],
    [{ ...execution, nodeId: "n0" }, "nodeId is not a property of id."],
  ])("is refused: %p", (id, text) => {
    expect(() => requireExecutionId(id as ExecutionIdInput)).toThrow(text);
  });

  it("names the part of an identifier inside", () => {
    const id = { execution_id: execution, node_id: "n0" } as object as NodeExecutionIdInput;
    expect(() => requireNodeExecutionId(id)).toThrow(
      "execution_id is not a property of id. Use executionId.",
    );
  });

  it("may have a version where all versions are named", () => {
    expect(requireNamedEntityId(task)).toMatchObject({ name: "t" });
  });
});

describe("A scope", () => {
  it("is all defaults when it is left out", () => {
    expect(requireScope(undefined, defaults)).toEqual({ ...defaults, org: "" });
    expect(pathOf(() => requireScope(undefined))).toBe("project");
    expect(pathOf(() => requireScope({ project: "p", domain: "" }, defaults, "query"))).toBe(
      "query.domain",
    );
  });
});

describe("The name of a new execution", () => {
  it("is what FlyteAdmin and Kubernetes both take", () => {
    const letters = "abcdefghijklmnopqrstuvwxyz";
    const name = fc
      .tuple(
        fc.constantFrom(...Array.from(letters)),
        fc.string({ unit: fc.constantFrom(...Array.from(`${letters}0123456789-`)), maxLength: 62 }),
      )
      .map(([first, rest]) => first + rest);
    fc.assert(fc.property(name, (text) => checkNewExecutionName(text) === text));
  });

  it.each([
    ["", "empty"],
    ["1abc", 'begins with "1"'],
    ["Abc", 'begins with "A"'],
    ["aBc", '"B" at position 1'],
    ["a_b", '"_" at position 1'],
    ["ab😀", '"😀" at position 2'],
    ["a".repeat(64), "64 characters"],
  ])("is refused when it is %j", (name, text) => {
    expect(() => checkNewExecutionName(name)).toThrow(text);
    expect(pathOf(() => checkNewExecutionName(name))).toBe("name");
  });

  it("is refused when it is no text", () => {
    // @ts-expect-error -- a number
    expect(pathOf(() => checkNewExecutionName(5, "id.name"))).toBe("id.name");
  });
});

/** A copy of an object in which the part at a path is another. */
function withPart(whole: object, path: string, value: unknown): object {
  const [first = "", ...rest] = path.split(".");
  const inner: unknown = Reflect.get(whole, first);
  return {
    ...whole,
    [first]:
      rest.length === 0 || typeof inner !== "object" || inner === null
        ? value
        : withPart(inner, rest.join("."), value),
  };
}
