import { describe, expect, it } from "@jest/globals";
import { NotFoundError, UnauthenticatedError, ConnectionError } from "flyte-admin-client";

import { adviceFor } from "../../examples/web-dashboard/errors.js";
import { isWebAddress } from "../../examples/web-dashboard/logs-view.js";
import {
  formatRoute,
  hasFilters,
  parseRoute,
  routeTo,
} from "../../examples/web-dashboard/route.js";

describe("the address of the dashboard", () => {
  it("keeps everything that the page shows", () => {
    const route = {
      project: "flytesnacks",
      domain: "development",
      name: "nightly-20",
      phase: "FAILED",
      workflow: "core.flows",
      tag: "team=a&b",
      since: "24h",
      tab: "attempts",
      node: "n0-0-dn1",
      attempt: 0,
    } as const;
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it("is the execution's id alone where nothing else is chosen", () => {
    const route = { project: "p", domain: "d", name: "e1", tab: "timeline" } as const;
    expect(formatRoute(route)).toBe("#p/d/e1");
    expect(parseRoute("#p/d/e1")).toEqual({ project: "p", domain: "d", name: "e1" });
  });

  it("leaves out what makes no sense", () => {
    expect(parseRoute("#p/d/e1?since=ever&tab=other&attempt=-1&phase=")).toEqual({
      project: "p",
      domain: "d",
      name: "e1",
    });
    expect(parseRoute("#%E0%A4%A/d")).toEqual({ project: "%E0%A4%A", domain: "d" });
    expect(parseRoute("")).toEqual({});
  });

  it("keeps the filters, and no selection, on the way to another execution", () => {
    const from = { project: "p", domain: "d", name: "a", phase: "FAILED", node: "n0" } as const;
    const id = { project: "p", domain: "d", name: "b", org: "" };
    const to = routeTo({ $typeName: "flyteidl.core.WorkflowExecutionIdentifier", ...id }, from);
    expect(formatRoute(to)).toBe("#p/d/b?phase=FAILED");
    expect(hasFilters(to)).toBe(true);
    expect(hasFilters({ project: "p" })).toBe(false);
  });
});

describe("the advice of the dashboard", () => {
  const place = { baseUrl: "http://flyte.test", origin: "https://page.test", task: "load it" };

  it("names the address, the page's origin and https where a server cannot be reached", () => {
    const { title, steps } = adviceFor(new ConnectionError("no answer"), place);
    expect(title).toBe("Cannot reach http://flyte.test");
    expect(steps.join(" ")).toMatch(/healthcheck.*https:\/\/page\.test.*allowedOrigins.*https/);
  });

  it("says how to give a token, and where to look for what is missing", () => {
    expect(adviceFor(new UnauthenticatedError("no"), place).steps[0]).toContain("FLYTE_TOKEN");
    expect(adviceFor(new NotFoundError("no"), place).title).toBe("Not found: could not load it");
  });

  it("has something to say about any failure", () => {
    expect(adviceFor(new Error("x"), place)).toMatchObject({ title: "Could not load it" });
  });
});

describe("the links of the dashboard", () => {
  it.each([
    ["https://logs.test/a", true],
    ["http://logs.test", true],
    ["javascript:alert(1)", false],
    ["JaVaScRiPt:alert(1)", false],
    ["data:text/html,x", false],
    ["/relative", false],
    ["s3://bucket/key", false],
    ["", false],
  ])("takes %s for an address of the web: %s", (uri, expected) => {
    expect(isWebAddress(uri)).toBe(expected);
  });
});
