import { describe, expect, it } from "@jest/globals";

import * as node from "../../src/node.js";
import * as inBrowser from "../../src/node/in-browser.js";

describe("the /node entry point in a browser's bundle", () => {
  it("has every name of the real one, so that bundles are built without a warning", () => {
    expect(Object.keys(inBrowser).sort()).toEqual(Object.keys(node).sort());
  });

  it.each(Object.entries(inBrowser))("%s says what to import instead", (name, call) => {
    expect(call).toThrow(
      new RegExp(
        `^${name} of "flyte-admin-client/node" .* import AdminClient from "flyte-admin-client"`,
      ),
    );
  });
});
