import { create, fromJson } from "@bufbuild/protobuf";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "@jest/globals";
import { expectTypeOf } from "expect-type";
import { readdirSync, readFileSync } from "node:fs";

import { ExecutionSchema } from "../../gen/flyteidl/admin/execution_pb.js";
import {
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../gen/flyteidl/core/execution_pb.js";
import { LiteralMapSchema } from "../../gen/flyteidl/core/literals_pb.js";
import {
  type BlobRef,
  durationMs,
  executionPhases,
  type ExecutionPhaseName,
  httpStatusOf,
  InvalidOptionError,
  isBlobRef,
  isExecutionPhase,
  LiteralError,
  literalsToJson,
  literalsToValues,
  type LiteralValue,
  msgpack,
  nodeExecutionPhases,
  NotFoundError,
  taskExecutionPhases,
  timestampDate,
  timestampMs,
  toJson,
  valueToLiteral,
} from "../../src/index.js";
import { schemaOf } from "../../src/values/to-json.js";

describe("toJson", () => {
  it("writes an execution as protobuf JSON that JSON.stringify takes and fromJson reads", () => {
    const execution = create(ExecutionSchema, {
      id: { project: "p", domain: "d", name: "n" },
      closure: {
        phase: WorkflowExecution_Phase.RUNNING,
        createdAt: { seconds: 1_767_225_600n, nanos: 5 },
        duration: { seconds: 3n, nanos: 500_000_000 },
      },
    });
    const json = toJson(execution);
    expect(JSON.parse(JSON.stringify(json))).toEqual({
      id: { project: "p", domain: "d", name: "n" },
      closure: {
        phase: "RUNNING",
        createdAt: "2026-01-01T00:00:00.000000005Z",
        duration: "3.500s",
      },
    });
    expect(fromJson(ExecutionSchema, json)).toEqual(execution);
  });

  it("knows every message of gen/, and the times", () => {
    const names = readdirSync("gen/flyteidl", { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith("_pb.ts"))
      .flatMap(
        (path) => readFileSync(`gen/flyteidl/${path}`, "utf8").match(/Message<"[^"]+">/g) ?? [],
      )
      .map((found) => found.slice('Message<"'.length, -2));
    expect(names.length).toBeGreaterThan(200);
    const missing = names.filter((name) => schemaOf(name)?.typeName !== name);
    expect(missing.filter((name) => !name.endsWith("Entry"))).toEqual([]);
    expect(toJson(create(DurationSchema, { seconds: 3n }))).toBe("3s");
  });

  it.each([[undefined], [null], ["x"], [[]], [{ seconds: 1n }]])("refuses %p", (value) => {
    expect(() => toJson(value as never)).toThrow(InvalidOptionError);
  });

  it("names a message that it does not know", () => {
    expect(() => toJson({ $typeName: "example.Other" })).toThrow(/example\.Other/);
  });
});

describe("times", () => {
  it("reads a Timestamp as a Date, and an unset one as undefined", () => {
    const timestamp = create(TimestampSchema, { seconds: 1n, nanos: 999_999_999 });
    expect(timestampDate(timestamp)).toEqual(new Date(1999));
    expect(timestampMs(timestamp)).toBe(1999);
    expect(timestampDate(undefined)).toBeUndefined();
    expectTypeOf(timestampDate(timestamp)).toEqualTypeOf<Date>();
    expectTypeOf(timestampMs(undefined)).toEqualTypeOf<number | undefined>();
  });

  it("refuses a time that a Date cannot hold, in place of an invalid Date", () => {
    const timestamp = create(TimestampSchema, { seconds: 2n ** 60n });
    expect(() => timestampDate(timestamp)).toThrow(/which a Date cannot hold/);
  });

  it("reads a Duration in milliseconds, also a negative one", () => {
    expect(durationMs(create(DurationSchema, { seconds: -1n, nanos: -500_000_000 }))).toBe(-1500);
    expect(durationMs(undefined)).toBeUndefined();
  });

  it("names what it was given in place of a Timestamp", () => {
    expect(() => timestampDate(new Date() as never)).toThrow(/closure\.createdAt/);
  });
});

describe("literalsToJson", () => {
  it("writes integers, times, bytes and references as plain JSON", () => {
    const literals = create(LiteralMapSchema, {
      literals: {
        small: scalar({ case: "integer", value: 7n }),
        large: scalar({ case: "integer", value: 2n ** 60n }),
        nan: scalar({ case: "floatValue", value: NaN }),
        when: scalar({ case: "datetime", value: { seconds: 0n, nanos: 1 } }),
        long: scalar({ case: "duration", value: { seconds: 90n, nanos: 0 } }),
        config: {
          value: {
            case: "scalar",
            value: {
              value: {
                case: "binary",
                value: { tag: "msgpack", value: new Uint8Array(msgpack.encode({ a: [1, null] })) },
              },
            },
          },
        },
        file: valueToLiteral(
          { uri: "s3://bucket/key" },
          { type: { case: "blob", value: { format: "csv" } } },
        ),
      },
    });
    const json = literalsToJson(literals);
    expect(JSON.parse(JSON.stringify(json))).toEqual({
      small: 7,
      large: "1152921504606846976",
      nan: "NaN",
      when: "1970-01-01T00:00:00.000000001Z",
      long: "90s",
      config: { a: [1, null] },
      file: { kind: "blob", uri: "s3://bucket/key", format: "csv", dimensionality: "SINGLE" },
    });
  });

  it("says to pass the literals of a result that was passed as a whole", () => {
    const result = { kind: "literals", literals: create(LiteralMapSchema) };
    expect(() => literalsToValues(result as never)).toThrow(LiteralError);
    expect(() => literalsToValues(result as never)).toThrow(/Pass its literals/);
  });
});

describe("guards", () => {
  it("narrow values and phases", () => {
    const value: LiteralValue = {
      kind: "blob",
      uri: "s3://b/k",
      format: "",
      dimensionality: "SINGLE",
    };
    const values: LiteralValue[] = [value, { kind: "blob" }, null];
    expect(values.map(isBlobRef)).toEqual([true, false, false]);
    if (isBlobRef(values[0])) expectTypeOf(values[0]).toExtend<BlobRef>();
    const narrow = (phase: string) => {
      if (isExecutionPhase(phase)) expectTypeOf(phase).toEqualTypeOf<ExecutionPhaseName>();
      return isExecutionPhase(phase);
    };
    expect([narrow("RUNNING"), narrow("running")]).toEqual([true, false]);
  });

  it("list every phase of the enums", () => {
    const names = (phases: object) =>
      Object.values(phases).filter((value) => typeof value === "string");
    expect(executionPhases).toEqual(names(WorkflowExecution_Phase));
    expect(nodeExecutionPhases).toEqual(names(NodeExecution_Phase));
    expect(taskExecutionPhases).toEqual(names(TaskExecution_Phase));
  });
});

describe("httpStatusOf", () => {
  it("is the gateway's status for an error of this package, and 500 for any other", () => {
    expect(httpStatusOf(new NotFoundError("gone", { code: "NOT_FOUND" }))).toBe(404);
    expect(httpStatusOf(new Error("x"))).toBe(500);
  });
});

function scalar(
  value:
    | { case: "integer"; value: bigint }
    | { case: "floatValue"; value: number }
    | { case: "datetime" | "duration"; value: { seconds: bigint; nanos: number } },
) {
  return {
    value: {
      case: "scalar",
      value: { value: { case: "primitive", value: { value } } },
    },
  } as const;
}
