import { create, fromJson, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import {
  type TaskExecution,
  type TaskExecutionClosureSchema,
  TaskExecutionSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import { CatalogCacheStatus } from "../../gen/flyteidl/core/catalog_pb.js";
import {
  TaskExecution_Phase as Phase,
  TaskLog_MessageFormat,
} from "../../gen/flyteidl/core/execution_pb.js";
import { ExternalResourceInfoSchema } from "../../gen/flyteidl/event/event_pb.js";
import { latestSubAttempts, logsOf, subAttemptsOf } from "../../src/index.js";

function attempt(closure: MessageInitShape<typeof TaskExecutionClosureSchema>): TaskExecution {
  return create(TaskExecutionSchema, { closure });
}

describe("the logs of an attempt", () => {
  test("come with the phases in which they are worth showing", () => {
    const running = attempt({
      phase: Phase.RUNNING,
      logs: [
        { name: "pod", uri: "https://logs/1", messageFormat: TaskLog_MessageFormat.JSON },
        {
          name: "dashboard",
          uri: "https://logs/2",
          ShowWhilePending: true,
          HideOnceFinished: true,
        },
      ],
    });
    expect(logsOf(running)).toEqual([
      {
        name: "pod",
        uri: "https://logs/1",
        format: "JSON",
        ttl: undefined,
        phases: [
          "WAITING_FOR_RESOURCES",
          "RUNNING",
          "RETRYABLE_FAILED",
          "SUCCEEDED",
          "ABORTED",
          "FAILED",
        ],
        isValid: true,
      },
      {
        name: "dashboard",
        uri: "https://logs/2",
        format: "UNKNOWN",
        ttl: undefined,
        phases: ["QUEUED", "INITIALIZING", "WAITING_FOR_RESOURCES", "RUNNING", "RETRYABLE_FAILED"],
        isValid: true,
      },
    ]);
  });

  test.each([
    ["QUEUED", false, true],
    ["INITIALIZING", false, true],
    ["RUNNING", true, true],
    ["SUCCEEDED", true, false],
    ["FAILED", true, false],
    ["UNDEFINED", false, false],
  ] as const)("in %s are valid or not by their flags", (phase, plain, live) => {
    const { closure } = attempt({
      phase: Phase[phase],
      logs: [{ name: "plain" }, { name: "live", ShowWhilePending: true, HideOnceFinished: true }],
    });
    expect(logsOf(closure!).map(({ isValid }) => isValid)).toEqual([plain, live]);
  });

  test("are none where there is no closure", () => {
    expect(logsOf(create(TaskExecutionSchema))).toEqual([]);
    expect(subAttemptsOf(create(TaskExecutionSchema))).toEqual([]);
  });
});

describe("the sub-attempts of a map task", () => {
  const mapTask = attempt({
    phase: Phase.RUNNING,
    eventVersion: 1,
    metadata: {
      externalResources: [
        {
          externalId: "b",
          index: 1,
          phase: Phase.RUNNING,
          cacheStatus: CatalogCacheStatus.CACHE_MISS,
        },
        {
          externalId: "a1",
          index: 0,
          retryAttempt: 1,
          phase: Phase.SUCCEEDED,
          cacheStatus: CatalogCacheStatus.CACHE_HIT,
          logs: [{ name: "log-0", uri: "https://logs/0", HideOnceFinished: true }],
          customInfo: { node: "gpu" },
        },
        { externalId: "a0", index: 0, phase: Phase.FAILED },
        // Of a server newer than this.
        fromJson(ExternalResourceInfoSchema, {
          externalId: "c",
          index: 2,
          phase: 99,
          cacheStatus: 99,
          workflowNodeMetadata: { executionId: { name: "child" } },
        }),
      ],
    },
  });

  test("are a flat list by index and attempt, with phase, cache status and logs", () => {
    const all = subAttemptsOf(mapTask);
    expect(
      all.map(({ externalId, index, retryAttempt, phase, cacheStatus }) => [
        externalId,
        index,
        retryAttempt,
        phase,
        cacheStatus,
      ]),
    ).toEqual([
      ["a0", 0, 0, "FAILED", "CACHE_DISABLED"],
      ["a1", 0, 1, "SUCCEEDED", "CACHE_HIT"],
      ["b", 1, 0, "RUNNING", "CACHE_MISS"],
      ["c", 2, 0, "UNDEFINED", "UNKNOWN"],
    ]);
    // The map task runs still; its sub-task has ended.
    expect(all[1]?.logs).toMatchObject([{ name: "log-0", isValid: false }]);
    expect(all[1]?.customInfo).toEqual({ node: "gpu" });
    expect(all[3]?.executionId?.name).toBe("child");
  });

  test("in their latest state are one for each index", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(3))), (keys) => {
        const externalResources = keys.map(([index, retryAttempt]) => ({ index, retryAttempt }));
        const all = subAttemptsOf(attempt({ metadata: { externalResources } }));
        const latest = latestSubAttempts(all);
        const indices = [...new Set(keys.map(([index]) => index))].sort((a, b) => a - b);
        expect(latest.map(({ index }) => index)).toEqual(indices);
        for (const { index, retryAttempt } of latest) {
          const attempts = keys.filter(([key]) => key === index).map(([, retry]) => retry);
          expect(retryAttempt).toBe(Math.max(...attempts));
        }
      }),
    );
  });
});
