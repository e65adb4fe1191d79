/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment --
   what the same number means for each kind is tested here. */
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, it } from "@jest/globals";
import { expectTypeOf } from "expect-type";

import {
  type Execution,
  ExecutionClosureSchema,
  ExecutionSchema,
} from "../../gen/flyteidl/admin/execution_pb.js";
import {
  NodeExecutionClosureSchema,
  NodeExecutionSchema,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import {
  TaskExecutionClosureSchema,
  TaskExecutionSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import {
  ExecutionError_ErrorKind,
  ExecutionErrorSchema,
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../gen/flyteidl/core/execution_pb.js";
import { FlyteError } from "../../src/errors/index.js";
import {
  errorKindOf,
  ExecutionFailedError,
  isTerminal,
  type NodeOutcome,
  type Outcome,
  outcomeOf,
  phaseOf,
  unwrapOutcome,
} from "../../src/values/index.js";

const error = { code: "USER:Boom", message: "it broke" };
const literals = { literals: {} };

type ResultInit = Pick<MessageInitShape<typeof TaskExecutionClosureSchema>, "outputResult">;

describe("outcomeOf", () => {
  it.each([
    (init: ResultInit) => create(TaskExecutionClosureSchema, init),
    (init: ResultInit) => create(NodeExecutionClosureSchema, init),
  ])("reads the results of nodes and of attempts alike", (closure) => {
    expect(outcomeOf(closure({ outputResult: { case: "outputUri", value: "s3://b/k" } }))).toEqual({
      kind: "outputUri",
      uri: "s3://b/k",
    });
    expect(
      outcomeOf(closure({ outputResult: { case: "outputData", value: literals } })),
    ).toMatchObject({ kind: "literals", literals });
    expect(outcomeOf(closure({ outputResult: { case: "error", value: error } }))).toMatchObject({
      kind: "error",
      error,
    });
  });

  it("takes an unset result and an empty URI for none, never for an empty string", () => {
    for (const schema of [TaskExecutionClosureSchema, NodeExecutionClosureSchema]) {
      const ended = { phase: 3 };
      const none = { kind: "none", phase: "SUCCEEDED", reason: "noResult" };
      expect(outcomeOf(create(schema, ended))).toEqual(none);
      expect(
        outcomeOf(create(schema, { ...ended, outputResult: { case: "outputUri", value: "" } })),
      ).toEqual(none);
      expect(outcomeOf(create(schema, { phase: 2 }))).toEqual({
        kind: "notTerminal",
        phase: "RUNNING",
      });
    }
    expect(
      outcomeOf(
        create(ExecutionClosureSchema, {
          phase: WorkflowExecution_Phase.SUCCEEDED,
          outputResult: { case: "outputs", value: { data: { case: "uri", value: "" } } },
        }),
      ),
    ).toEqual({ kind: "none", phase: "SUCCEEDED", reason: "noResult" });
    expect(
      outcomeOf(create(ExecutionClosureSchema, { outputResult: { case: "outputs", value: {} } })),
    ).toEqual({ kind: "notTerminal", phase: "UNDEFINED" });
  });

  it("reads a whole message as it reads its closure", () => {
    const outputResult = { case: "outputUri", value: "s3://b/k" } as const;
    const uri = { kind: "outputUri", uri: "s3://b/k" };
    expect(outcomeOf(create(TaskExecutionSchema, { closure: { outputResult } }))).toEqual(uri);
    expect(outcomeOf(create(NodeExecutionSchema, { closure: { outputResult } }))).toEqual(uri);
    expect(
      outcomeOf(
        create(ExecutionSchema, {
          closure: {
            outputResult: { case: "outputs", value: { data: { case: "uri", value: "s3://b/k" } } },
          },
        }),
      ),
    ).toEqual(uri);
    for (const schema of [TaskExecutionSchema, NodeExecutionSchema, ExecutionSchema]) {
      expect(outcomeOf(create(schema))).toEqual({
        kind: "none",
        phase: "UNDEFINED",
        reason: "noClosure",
      });
    }
  });

  it("reads every way in which a workflow execution reports its end", () => {
    const of = (outputResult: Parameters<typeof create<typeof ExecutionClosureSchema>>[1]) =>
      outcomeOf(create(ExecutionClosureSchema, outputResult));
    expect(of({ outputResult: { case: "outputData", value: literals } })).toMatchObject({
      kind: "literals",
      literals,
    });
    expect(
      of({
        outputResult: { case: "outputs", value: { data: { case: "values", value: literals } } },
      }),
    ).toMatchObject({ kind: "literals", literals });
    expect(of({ outputResult: { case: "error", value: error } })).toMatchObject({
      kind: "error",
      error,
    });
    expect(
      of({ outputResult: { case: "abortMetadata", value: { cause: "stop", principal: "ann" } } }),
    ).toEqual({ kind: "aborted", cause: "stop", principal: "ann" });
    expect(of({ outputResult: { case: "abortCause", value: "" } })).toEqual({
      kind: "aborted",
      cause: "",
      principal: "",
    });
  });

  it("has types that narrow by kind, and aborted for workflow executions only", () => {
    expectTypeOf(outcomeOf(create(TaskExecutionSchema))).toEqualTypeOf<NodeOutcome>();
    const outcome = outcomeOf(create(ExecutionSchema));
    if (outcome.kind === "outputUri") expectTypeOf(outcome.uri).toEqualTypeOf<string>();
    if (outcome.kind === "aborted") expectTypeOf(outcome.cause).toEqualTypeOf<string>();
    expectTypeOf<NodeOutcome["kind"]>().toEqualTypeOf<
      "outputUri" | "literals" | "error" | "notTerminal" | "none"
    >();
    expectTypeOf<Outcome["kind"]>().toEqualTypeOf<NodeOutcome["kind"] | "aborted">();
    // @ts-expect-error -- each kind has its own fields only
    expect((outcome as NodeOutcome).uri).toBeUndefined();
  });
});

describe("unwrapOutcome", () => {
  it("returns outputs", () => {
    const outcome = { kind: "outputUri", uri: "s3://b/k" } as const;
    expect(unwrapOutcome(outcome)).toBe(outcome);
  });

  it("throws an error with the code and message that Flyte reported", () => {
    const outcome = outcomeOf(
      create(TaskExecutionClosureSchema, { outputResult: { case: "error", value: error } }),
    );
    const thrown = caught(() => unwrapOutcome(outcome));
    expect(thrown).toBeInstanceOf(FlyteError);
    expect(thrown.message).toContain("USER:Boom: it broke");
    expect(thrown.executionError).toMatchObject(error);
    expect(thrown.code).toBe("FAILED_PRECONDITION");
    expect(() => JSON.stringify(thrown)).not.toThrow();
  });

  it("says who aborted, and why", () => {
    const thrown = caught(() =>
      unwrapOutcome({ kind: "aborted", cause: "too dear", principal: "ann" }),
    );
    expect(thrown.message).toContain("by ann: too dear");
    expect(thrown.code).toBe("ABORTED");
    expect(thrown.executionError).toBeUndefined();
  });

  it.each([
    [{ kind: "notTerminal", phase: "RUNNING" }, "has not ended"],
    [{ kind: "none", phase: "SUCCEEDED", reason: "noResult" }, "neither outputs nor an error"],
    [{ kind: "none", phase: "UNDEFINED", reason: "noClosure" }, "no closure"],
  ] as const)("says of %p that it %s", (outcome, text) => {
    expect(caught(() => unwrapOutcome(outcome)).message).toContain(text);
  });
});

describe("phaseOf", () => {
  it("names the same number differently for each kind", () => {
    expect(phaseOf(create(ExecutionClosureSchema, { phase: 4 }))).toBe("SUCCEEDED");
    expect(phaseOf(create(NodeExecutionClosureSchema, { phase: 4 }))).toBe("FAILING");
    expect(phaseOf(create(TaskExecutionClosureSchema, { phase: 4 }))).toBe("ABORTED");
  });

  it("takes a missing closure and an unknown number for UNDEFINED", () => {
    expect(phaseOf(create(ExecutionSchema))).toBe("UNDEFINED");
    expect(phaseOf(create(NodeExecutionSchema))).toBe("UNDEFINED");
    expect(phaseOf(create(TaskExecutionSchema))).toBe("UNDEFINED");
    const fromTheFuture = 99 as TaskExecution_Phase;
    expect(phaseOf(create(TaskExecutionClosureSchema, { phase: fromTheFuture }))).toBe("UNDEFINED");
  });

  it("has the phases of the kind as its type", () => {
    const execution: Execution = create(ExecutionSchema);
    expectTypeOf(phaseOf(execution)).toEqualTypeOf<keyof typeof WorkflowExecution_Phase>();
    expectTypeOf(phaseOf(create(TaskExecutionSchema))).toEqualTypeOf<
      keyof typeof TaskExecution_Phase
    >();
    // @ts-expect-error -- an attempt lacks this phase
    expect(phaseOf(create(TaskExecutionSchema)) === "TIMED_OUT").toBe(false);
  });
});

describe("isTerminal", () => {
  const names = (phases: object): string[] =>
    Object.keys(phases).filter((name) => Number.isNaN(Number(name)));

  it("knows the ends of all three kinds", () => {
    const ended = (schemaOf: (phase: number) => boolean, phases: object): string[] =>
      names(phases).filter((name) => schemaOf(Number(Reflect.get(phases, name))));
    expect(
      ended(
        (phase) => isTerminal(create(ExecutionClosureSchema, { phase })),
        WorkflowExecution_Phase,
      ),
    ).toEqual(["SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT"]);
    expect(
      ended(
        (phase) => isTerminal(create(NodeExecutionClosureSchema, { phase })),
        NodeExecution_Phase,
      ),
    ).toEqual(["SUCCEEDED", "FAILED", "ABORTED", "SKIPPED", "TIMED_OUT", "RECOVERED"]);
    expect(
      ended(
        (phase) => isTerminal(create(TaskExecutionClosureSchema, { phase })),
        TaskExecution_Phase,
      ),
    ).toEqual(["SUCCEEDED", "ABORTED", "FAILED"]);
  });

  it("takes names of phases too", () => {
    expect(isTerminal("SKIPPED")).toBe(true);
    expect(isTerminal("RETRYABLE_FAILED")).toBe(false);
    expect(isTerminal("ABORTING")).toBe(false);
    // @ts-expect-error -- no kind has such a phase
    expect(() => isTerminal("DONE")).toThrow('got "DONE"');
  });
});

function caught(run: () => unknown): ExecutionFailedError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ExecutionFailedError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

describe("errorKindOf", () => {
  it.each(["UNKNOWN", "USER", "SYSTEM"] as const)("names the kind %s, as a filter does", (kind) => {
    const error = create(ExecutionErrorSchema, { kind: ExecutionError_ErrorKind[kind] });
    expect(errorKindOf(error)).toBe(kind);
  });

  it("takes a kind that it does not know for UNKNOWN", () => {
    expect(errorKindOf(create(ExecutionErrorSchema, { kind: 7 as ExecutionError_ErrorKind }))).toBe(
      "UNKNOWN",
    );
  });

  it("refuses what is no error of a run", () => {
    for (const other of [undefined, {}, new Error("x")]) {
      expect(() => errorKindOf(other as never)).toThrow(
        "error must be the error of a run, such as outcome.error",
      );
    }
  });
});
