import { describe, expect, test } from "@jest/globals";

import { AdminClient, InvalidOptionError } from "../../src/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";

const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const { attributes } = new AdminClient({ transport: flyte.transport() });
const project = { project: "flytesnacks" };
const domain = { ...project, domain: "development" };
const workflow = { ...domain, workflow: "w" };

async function refusal(call: () => Promise<void>): Promise<unknown> {
  flyte.clearCalls();
  const error: unknown = await call().catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(InvalidOptionError);
  expect(flyte.calls).toEqual([]);
  return error;
}

describe("attributes that FlyteAdmin can never store", () => {
  test.each([project, domain, workflow])("are a quality of service for %j", async (scope) => {
    // @ts-expect-error -- the server refuses this kind
    const error = await refusal(() => attributes.update("qualityOfService", scope, {}));
    expect(String(error)).toContain("FlyteAdmin cannot store qualityOfService. Set it in");
  });

  test("are overrides of plugins for a whole project", async () => {
    const value = { overrides: [] };
    // @ts-expect-error -- the server refuses this scope
    const error = await refusal(() => attributes.update("pluginOverrides", project, value));
    expect(String(error)).toContain("Give a domain in scope.");
    await attributes.update("pluginOverrides", domain, value);
    await attributes.update("pluginOverrides", workflow, value);
  });
});
