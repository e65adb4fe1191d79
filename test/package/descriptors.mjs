// A program that uses the generated descriptors with protobuf's own functions, in ESM and in CJS.
import { createRequire } from "node:module";
import * as protobuf from "@bufbuild/protobuf";
import * as wkt from "@bufbuild/protobuf/wkt";
import * as annotations from "flyte-admin-client/gen/google/api/annotations_pb";
import * as execution from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import * as core from "flyte-admin-client/gen/flyteidl/core/execution_pb";
import * as literals from "flyte-admin-client/gen/flyteidl/core/literals_pb";
import * as admin from "flyte-admin-client/gen/flyteidl/service/admin_pb";

const require = createRequire(import.meta.url);
const esm = { protobuf, wkt, annotations, execution, core, literals, admin };
const cjs = {
  protobuf: require("@bufbuild/protobuf"),
  wkt: require("@bufbuild/protobuf/wkt"),
  annotations: require("flyte-admin-client/gen/google/api/annotations_pb"),
  execution: require("flyte-admin-client/gen/flyteidl/admin/execution_pb"),
  core: require("flyte-admin-client/gen/flyteidl/core/execution_pb"),
  literals: require("flyte-admin-client/gen/flyteidl/core/literals_pb"),
  admin: require("flyte-admin-client/gen/flyteidl/service/admin_pb"),
};

for (const modules of [esm, cjs]) {
  const { create, createRegistry, fromBinary, fromJson, getOption, isMessage, toBinary, toJson } =
    modules.protobuf;
  const { anyPack, anyUnpack, timestampDate, timestampFromMs, TimestampSchema } = modules.wkt;
  const { ExecutionClosureSchema } = modules.execution;
  const { ScalarSchema } = modules.literals;

  // A time that protobuf's own descriptor made, and one that the package's makes.
  const closure = create(ExecutionClosureSchema, {
    phase: modules.core.WorkflowExecution_Phase.SUCCEEDED,
    startedAt: timestampFromMs(1_700_000_000_000),
    updatedAt: { seconds: 1n },
  });
  const read = fromBinary(ExecutionClosureSchema, toBinary(ExecutionClosureSchema, closure));
  console.log(isMessage(read.startedAt, TimestampSchema), timestampDate(read.updatedAt).getTime());
  console.log(JSON.stringify(toJson(ExecutionClosureSchema, read)));
  console.log(modules.core.WorkflowExecution_Phase[read.phase]);

  const scalar = fromJson(ScalarSchema, { generic: { a: [1, null, { b: "c" }] } });
  console.log(
    JSON.stringify(toJson(ScalarSchema, fromBinary(ScalarSchema, toBinary(ScalarSchema, scalar)))),
  );

  const registry = createRegistry(
    modules.admin.file_flyteidl_service_admin,
    ExecutionClosureSchema,
  );
  const packed = anyPack(ExecutionClosureSchema, read);
  console.log(anyUnpack(packed, registry).$typeName, [...registry].map(String).join(", "));

  const rule = getOption(modules.admin.AdminService.method.getTask, modules.annotations.http);
  console.log(rule.pattern.case, rule.pattern.value);
}
