import { describe, expect, test } from "@jest/globals";

import {
  consoleUrl,
  executionId,
  InvalidIdentifierError,
  InvalidOptionError,
  launchPlanId,
  nodeExecutionId,
  ResourceType,
  taskExecutionId,
  taskId,
  workflowId,
} from "../../src/index.js";

const base = "https://flyte.example.com/console";
const scope = `${base}/projects/flytesnacks/domains/development`;
const named = { project: "flytesnacks", domain: "development", name: "core.flows" };

describe("the address of a page of FlyteConsole", () => {
  test.each([
    ["an execution", executionId("flytesnacks/development/f3a"), "/executions/f3a"],
    ["an execution in slash form", "flytesnacks/development/f3a", "/executions/f3a"],
    ["a node", nodeExecutionId("flytesnacks/development/f3a/n0"), "/executions/f3a"],
    [
      "an attempt",
      taskExecutionId("flytesnacks/development/f3a/n0/flytesnacks/development/t/v1/2"),
      "/executions/f3a",
    ],
    [
      "a version of a task",
      taskId("flytesnacks/development/core.t/v1%2F2"),
      "/task/core.t/version/v1%2F2",
    ],
    [
      "a version of a workflow",
      workflowId("flytesnacks/development/w/v1"),
      "/workflow/w/version/v1",
    ],
    [
      "a version of a launch plan",
      launchPlanId("flytesnacks/development/p/v1"),
      "/launch_plan/p/version/v1",
    ],
    ["a task", { ...named, resourceType: ResourceType.TASK }, "/tasks/core.flows"],
    ["a workflow", { ...named, resourceType: ResourceType.WORKFLOW }, "/workflows/core.flows"],
    [
      "a launch plan",
      { ...named, resourceType: ResourceType.LAUNCH_PLAN },
      "/launchPlans/core.flows",
    ],
    ["a project and domain", { project: "flytesnacks", domain: "development" }, "/executions"],
  ])("of %s follows from its id", (_, id, path) => {
    expect(consoleUrl(id, { base })).toBe(scope + path);
    expect(consoleUrl(id, { base: `${base}/` })).toBe(scope + path);
  });

  test("takes project and domain from the defaults", () => {
    const defaults = { project: "flytesnacks", domain: "development" };
    expect(consoleUrl({ name: "f3a" }, { base, defaults })).toBe(`${scope}/executions/f3a`);
  });

  test("is refused for an id that is not complete or has no kind", () => {
    expect(() => consoleUrl({ name: "f3a" }, { base })).toThrow(InvalidIdentifierError);
    expect(() => consoleUrl(undefined, { base })).toThrow(InvalidIdentifierError);
    expect(() => consoleUrl({ ...named, version: "v1" }, { base })).toThrow("id.resourceType");
  });

  test.each(["flyte.example.com/console", "", "javascript:alert(1)", undefined])(
    "is refused for the base %p",
    (wrong) => {
      const options = { base: wrong } as { base: string };
      expect(() => consoleUrl("p/d/n", options)).toThrow(InvalidOptionError);
    },
  );
});
