import { expect, test } from "@jest/globals";

import { AdminClient } from "../../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution } from "../../../src/testing.js";

const defaults = { project: "flytesnacks", domain: "development" };

test.each([false, true])(
  "the options of a call apply to each poll of a wait (tree: %s), and those of others stay theirs",
  async (tree) => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const admin = new AdminClient({ transport: flyte.transport(), defaults });
    await seedExecution(flyte, { name: "e", phase: "SUCCEEDED" });
    flyte.clearCalls();
    const answers: Headers[] = [];
    await admin.executions.wait("e", {
      tree,
      headers: { "x-team": "a" },
      onHeader: (headers) => answers.push(headers),
    });
    const own = flyte.calls.map(({ headers }) => new Headers(headers).get("x-team"));
    expect(new Set(own)).toEqual(new Set(["a"]));
    expect(answers).toHaveLength(own.length);

    flyte.clearCalls();
    await admin.executions.wait("e");
    expect(flyte.calls.map(({ headers }) => new Headers(headers).get("x-team"))).toEqual([null]);
  },
);
