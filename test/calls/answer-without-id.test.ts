import { describe, expect, test } from "@jest/globals";

import { AdminClient, UnexpectedResponseError } from "../../src/index.js";
import { unaryTransport } from "../support/unary-transport.js";

/** Answers every call with an empty message, as an empty body decodes. */
const empty = unaryTransport();
const rest = (): AdminClient =>
  new AdminClient({
    baseUrl: "http://flyte.test",
    fetch: () =>
      Promise.resolve(
        new Response(new Uint8Array(), { headers: { "content-type": "application/octet-stream" } }),
      ),
  });

const execution = "p/d/e1";
const version = "p/d/t/v1";
const attempt = "p/d/e1/n0/p/d/t/v1/0";

describe.each([
  ["in process", () => new AdminClient({ transport: empty })],
  ["over REST, an empty body", rest],
])("a row without an id, %s", (_name, open) => {
  const admin = open();

  test.each([
    ["GetExecution", () => admin.executions.get(execution)],
    ["GetNodeExecution", () => admin.nodeExecutions.get(`${execution}/n0`)],
    ["GetTaskExecution", () => admin.taskExecutions.get(attempt)],
    ["GetTask", () => admin.tasks.get(version)],
    ["GetWorkflow", () => admin.workflows.get(version)],
    ["GetLaunchPlan", () => admin.launchPlans.get(version)],
    ["GetActiveLaunchPlan", () => admin.launchPlans.getActive("p/d/t")],
    ["GetNamedEntity", () => admin.namedEntities.get({ kind: "task", id: "p/d/t" })],
    ["GetProject", () => admin.projects.get("p")],
    ["RelaunchExecution", () => admin.executions.relaunch(execution)],
  ])("is an error of %s", async (rpc, call) => {
    const error: unknown = await call().catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ rpc, code: "INTERNAL" });
    expect(String(error)).toMatch(/the answer is an? \w+ without an id\. Usual causes: a proxy/);
  });

  test("is no matter of answers that have none, such as an empty list", async () => {
    expect(await admin.executions.list({ project: "p", domain: "d" }).first()).toBeUndefined();
  });
});
