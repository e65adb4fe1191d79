import { expect, test } from "@jest/globals";
import { create } from "@bufbuild/protobuf";
import { TaskExecutionSchema } from "../gen/flyteidl/admin/task_execution_pb.js";
test("gen loads", () => { expect(create(TaskExecutionSchema).inputUri).toBe(""); });
