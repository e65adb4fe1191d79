import { beforeEach, describe, expect, it } from "@jest/globals";

import { AdminClient, InvalidIdentifierError, InvalidOptionError } from "../../../src/index.js";
import { InMemoryFlyteAdmin } from "../../../src/testing.js";

const defaults = { project: "flytesnacks", domain: "development" };
const launchPlan = { name: "core.flows.sample", version: "v1" };

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeEach(() => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), defaults });
});

/** A launch as a caller without types can ask for it. */
async function failureOf(request: object): Promise<unknown> {
  try {
    await admin.executions.launch(request as never);
  } catch (error) {
    return error;
  }
  throw new Error("the launch was taken");
}

describe("a launch that cannot be meant", () => {
  it.each([
    [{}, "launchPlan"],
    [{ workflow: { name: "w" } }, "workflow"],
    [{ launchPlan, task: launchPlan }, "task"],
    [{ launchPlan, inputs: 5 }, "inputs"],
    [{ launchPlan, inputs: { x: 1 } }, "inputs.x"],
    [{ launchPlan, inputs: { x: "one" } }, "inputs.x"],
    [{ launchPlan, inputs: { x: [1] } }, "inputs.x"],
    [{ launchPlan, inputs: { x: null } }, "inputs.x"],
  ])("is refused before any call, by the option that is wrong: %j", async (request, option) => {
    const error = await failureOf(request);
    expect(error).toBeInstanceOf(InvalidOptionError);
    expect(error).toMatchObject({ option });
    expect(flyte.calls).toEqual([]);
  });

  it.each([
    [{ launchPlan: {} }, "launchPlan.name"],
    [{ launchPlan: { name: "" } }, "launchPlan.name"],
    [{ launchPlan: { ...launchPlan, version: "" } }, "launchPlan.version"],
    [{ task: { name: "t" } }, "task.version"],
  ])("is refused before any call, by the part that is wrong: %j", async (request, path) => {
    const error = await failureOf(request);
    expect(error).toBeInstanceOf(InvalidIdentifierError);
    expect(error).toMatchObject({ path });
    expect(flyte.calls).toEqual([]);
  });

  it("says how a value becomes a literal", async () => {
    expect(String(await failureOf({ launchPlan, inputs: { x: 1 } }))).toContain(
      "inputs.x must be a Literal, got 1. Pass plain values in values, or convert them with valueToLiteral(value).",
    );
  });
});
