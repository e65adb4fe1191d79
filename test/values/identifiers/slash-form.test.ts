import { create, equals } from "@bufbuild/protobuf";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { NamedEntityIdentifierSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import {
  IdentifierSchema,
  NodeExecutionIdentifierSchema,
  ResourceType,
  SignalIdentifierSchema,
  TaskExecutionIdentifierSchema,
  WorkflowExecutionIdentifierSchema,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError } from "../../../src/errors/index.js";
import {
  executionId,
  formatId,
  launchPlanId,
  nodeExecutionId,
  signalId,
  taskExecutionId,
  taskId,
  workflowId,
} from "../../../src/values/identifiers/index.js";

const anyPart = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...Array.from("abF25/%.+ é")),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 8,
  })
  .filter((text) => !text.includes("\0"));

const anyExecutionId = fc.record({ project: anyPart, domain: anyPart, name: anyPart });
const anyNodeId = fc.record({ executionId: anyExecutionId, nodeId: anyPart });
const anyResourceId = fc.record({
  project: anyPart,
  domain: anyPart,
  name: anyPart,
  version: anyPart,
});

describe("The slash form of an identifier", () => {
  it("reads as the message that create() makes", () => {
    const id = executionId("p/d/e");
    expect(id).toStrictEqual(
      create(WorkflowExecutionIdentifierSchema, { project: "p", domain: "d", name: "e" }),
    );
    const node = nodeExecutionId("p/d/e/n0");
    expect(node).toStrictEqual(
      create(NodeExecutionIdentifierSchema, { executionId: id, nodeId: "n0" }),
    );
    const task = { project: "tp", domain: "td", name: "t", version: "v1" };
    expect(taskId("tp/td/t/v1")).toStrictEqual(
      create(IdentifierSchema, { resourceType: ResourceType.TASK, ...task }),
    );
    expect(taskExecutionId("p/d/e/n0/tp/td/t/v1/3")).toStrictEqual(
      create(TaskExecutionIdentifierSchema, {
        nodeExecutionId: node,
        taskId: taskId("tp/td/t/v1"),
        retryAttempt: 3,
      }),
    );
    expect(signalId("p/d/e/s")).toStrictEqual(
      create(SignalIdentifierSchema, { executionId: id, signalId: "s" }),
    );
  });

  it("reads as its names say", () => {
    expect(executionId("flytesnacks/development/f3a")).toMatchObject({
      project: "flytesnacks",
      domain: "development",
      name: "f3a",
    });
    expect(nodeExecutionId("p/d/e/n0")).toMatchObject({
      executionId: { project: "p", domain: "d", name: "e" },
      nodeId: "n0",
    });
    expect(taskExecutionId("p/d/e/n0/tp/td/t.name/v1/3")).toMatchObject({
      nodeExecutionId: { executionId: { name: "e" }, nodeId: "n0" },
      taskId: {
        resourceType: ResourceType.TASK,
        project: "tp",
        domain: "td",
        name: "t.name",
        version: "v1",
      },
      retryAttempt: 3,
    });
    expect(signalId("p/d/e/approve")).toMatchObject({
      executionId: { name: "e" },
      signalId: "approve",
    });
    expect(taskId("p/d/n/v").resourceType).toBe(ResourceType.TASK);
    expect(workflowId("p/d/n/v").resourceType).toBe(ResourceType.WORKFLOW);
    expect(launchPlanId("p/d/n/v").resourceType).toBe(ResourceType.LAUNCH_PLAN);
  });

  it("loses nothing on the way to text and back, whatever the parts hold", () => {
    fc.assert(
      fc.property(anyExecutionId, (init) => {
        const id = create(WorkflowExecutionIdentifierSchema, init);
        expect(equals(WorkflowExecutionIdentifierSchema, executionId(formatId(id)), id)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(
        anyNodeId,
        anyResourceId,
        fc.nat({ max: 2 ** 31 }),
        (node, task, retryAttempt) => {
          const id = create(TaskExecutionIdentifierSchema, {
            nodeExecutionId: node,
            taskId: { ...task, resourceType: ResourceType.TASK },
            retryAttempt,
          });
          expect(equals(TaskExecutionIdentifierSchema, taskExecutionId(formatId(id)), id)).toBe(
            true,
          );
          const nodeId = create(NodeExecutionIdentifierSchema, node);
          expect(
            equals(NodeExecutionIdentifierSchema, nodeExecutionId(formatId(nodeId)), nodeId),
          ).toBe(true);
        },
      ),
    );
    fc.assert(
      fc.property(anyResourceId, anyExecutionId, (resource, execution) => {
        for (const [parse, resourceType] of [
          [taskId, ResourceType.TASK],
          [workflowId, ResourceType.WORKFLOW],
          [launchPlanId, ResourceType.LAUNCH_PLAN],
        ] as const) {
          const id = create(IdentifierSchema, { ...resource, resourceType });
          expect(equals(IdentifierSchema, parse(formatId(id)), id)).toBe(true);
        }
        const signal = create(SignalIdentifierSchema, {
          executionId: execution,
          signalId: resource.name,
        });
        expect(equals(SignalIdentifierSchema, signalId(formatId(signal)), signal)).toBe(true);
      }),
    );
  });

  it("distinguishes a slash from the way in which a slash is written", () => {
    for (const [name, written] of [
      ["/", "%2F"],
      ["%2F", "%252F"],
      ["%25", "%2525"],
      ["%/", "%25%2F"],
    ] as const) {
      expect(formatId({ project: "p", domain: "d", name })).toBe(`p/d/${written}`);
      expect(executionId(`p/d/${written}`).name).toBe(name);
    }
  });

  it("is the same again whenever it could be read", () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from("ab/%25F")), maxLength: 12 });
    fc.assert(
      fc.property(
        fc.tuple(text, text, text).map((parts) => parts.join("/")),
        (form) => {
          try {
            expect(formatId(executionId(form))).toBe(form);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidIdentifierError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("writes plain objects and names without a version too", () => {
    expect(formatId({ project: "p", domain: "d", name: "a/b%" })).toBe("p/d/a%2Fb%25");
    expect(
      formatId(create(NamedEntityIdentifierSchema, { project: "p", domain: "d", name: "n" })),
    ).toBe("p/d/n");
  });

  it.each<[string, string]>([
    ["", '1 part. Write the 3 of "project/domain/name"'],
    ["p/d", "2 parts. Write the 3 of"],
    ["p/d/n/v", "4 parts"],
    ["p/d/", "name is empty at position 4"],
    ["/d/n", "project is empty at position 0"],
    ["p//n", "domain is empty at position 2"],
    ["p/d/100%", "lone % at position 7"],
    ["p/d/a%2f", "lone % at position 5"],
    ["p/d/n\0", "NUL character at position 1"],
  ])("is refused when it is %j", (text, message) => {
    expect(() => executionId(text)).toThrow(InvalidIdentifierError);
    expect(() => executionId(text)).toThrow(message);
  });

  it.each(["-1", "01", "1.0", "x", "4294967296", "1e3"])(
    "is refused when its attempt is %s",
    (attempt) => {
      expect(() => taskExecutionId(`p/d/e/n/tp/td/t/v/${attempt}`)).toThrow(InvalidIdentifierError);
    },
  );

  it("is refused when it is no text", () => {
    // @ts-expect-error -- a message
    expect(() => executionId(executionId("p/d/n"))).toThrow(InvalidIdentifierError);
  });

  it("is not written for an identifier that is not complete", () => {
    expect(() => formatId(undefined)).toThrow("id must be an identifier, or a row, got undefined");
    expect(() => formatId({ name: "n" })).toThrow("id.project");
    expect(() => formatId({ project: "p", domain: "d", name: "n", version: "" })).toThrow(
      "id.version",
    );
    expect(() =>
      formatId({
        nodeExecutionId: { executionId: { name: "e" }, nodeId: "n" },
        taskId: { name: "t", version: "v" },
        retryAttempt: 0,
      }),
    ).toThrow("id.nodeExecutionId.executionId.project");
  });
});
