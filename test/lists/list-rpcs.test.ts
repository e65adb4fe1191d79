import type { DescMessage, DescMethod, MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "@jest/globals";

import { TaskExecutionSchema } from "../../gen/flyteidl/admin/task_execution_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import { toSort } from "../../src/lists/filters/index.js";
import { listRpcs } from "../../src/lists/list-rpcs.js";

const names = (method: DescMethod): readonly string[] =>
  method.input.fields.map((field) => field.localName);

describe("The table of list RPCs", () => {
  it("holds each RPC whose request has a limit and a token, under its name", () => {
    const paged = [...AdminService.methods, ...SignalService.methods].filter((method) =>
      ["limit", "token"].every((name) => names(method).includes(name)),
    );
    expect(Object.keys(listRpcs).sort()).toEqual(paged.map(({ localName }) => localName).sort());
    for (const [name, { method }] of Object.entries(listRpcs)) expect(method.localName).toBe(name);
  });

  it("has rows that are what the replies repeat", () => {
    for (const { method, rowSchema } of Object.values(listRpcs)) {
      const repeated = method.output.fields.flatMap((field) =>
        field.fieldKind === "list" && field.listKind === "message" ? [field.message.typeName] : [],
      );
      expect(repeated).toEqual([rowSchema.typeName]);
    }
  });

  it("asks for the page, with a sort that no two rows share", () => {
    for (const { method, filters, toRequest } of Object.values(listRpcs)) {
      const page = { limit: 7, token: "3", filters: "x", sortBy: toSort(filters, undefined) };
      const input: DescMessage = method.input;
      const init = Reflect.apply(toRequest, undefined, [{}, page]) as MessageInitShape<DescMessage>;
      const request = create(input, init);
      expect(request).toMatchObject({ limit: 7, token: "3", sortBy: page.sortBy });
      if (names(method).includes("filters")) expect(request).toMatchObject({ filters: "x" });
    }
  });

  it("distinguishes attempts by their number, and by their task where a node ran several", () => {
    const key = listRpcs.listTaskExecutions.createRowKey();
    const attempt = (retryAttempt: number, name: string) =>
      create(TaskExecutionSchema, { id: { retryAttempt, taskId: { name } } });
    const keys = [attempt(0, "a"), attempt(1, "a"), attempt(0, "b"), attempt(1, "b")].map(key);
    expect(new Set(keys).size).toBe(4);
    expect(key(attempt(1, "a"))).toBe(keys[1]);
  });
});
