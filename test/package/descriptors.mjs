// A program that uses the generated descriptors with protobuf's own functions, in ESM and in CJS. It has the
// newest protobuf that the package allows, whose descriptors may say more than those it was built with.
import { createRequire } from "node:module";
import * as protobuf from "@bufbuild/protobuf";
import * as wkt from "@bufbuild/protobuf/wkt";
import * as execution from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import * as core from "flyte-admin-client/gen/flyteidl/core/execution_pb";
import * as literals from "flyte-admin-client/gen/flyteidl/core/literals_pb";
import * as admin from "flyte-admin-client/gen/flyteidl/service/admin_pb";
import * as routes from "flyte-admin-client/gen/flyteidl/service/rest_routes";

const require = createRequire(import.meta.url);
const esm = { protobuf, wkt, execution, core, literals, admin, routes };
const cjs = {
  protobuf: require("@bufbuild/protobuf"),
  wkt: require("@bufbuild/protobuf/wkt"),
  execution: require("flyte-admin-client/gen/flyteidl/admin/execution_pb"),
  core: require("flyte-admin-client/gen/flyteidl/core/execution_pb"),
  literals: require("flyte-admin-client/gen/flyteidl/core/literals_pb"),
  admin: require("flyte-admin-client/gen/flyteidl/service/admin_pb"),
  routes: require("flyte-admin-client/gen/flyteidl/service/rest_routes"),
};

for (const modules of [esm, cjs]) {
  const { create, createRegistry, fromBinary, fromJson, isMessage, toBinary, toJson } =
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

  const differing = differences(modules);
  console.log(
    differing.length === 0 ? "as protobuf makes them" : differing.slice(0, 20).join("\n"),
  );

  console.log(modules.routes.restRoutes["flyteidl.service.AdminService"]?.["GetTask"]?.bindings[0]);
}

/**
 * Where the files of the services differ from those that protobuf makes of their compiled descriptors.
 * @param {typeof esm} modules
 */
function differences({ protobuf, wkt, admin }) {
  /** @type {Map<string, import("@bufbuild/protobuf").DescFile>} */
  const files = new Map();
  /** @param {import("@bufbuild/protobuf").DescFile} file */
  const add = (file) => {
    file.dependencies.forEach(add);
    files.set(file.proto.name, file);
  };
  add(admin.file_flyteidl_service_admin);
  const set = protobuf.create(wkt.FileDescriptorSetSchema, {
    file: [...files.values()].map(({ proto }) => proto),
  });
  const bytes = protobuf.toBinary(wkt.FileDescriptorSetSchema, set);
  const made = protobuf.createFileRegistry(protobuf.fromBinary(wkt.FileDescriptorSetSchema, bytes));

  const seen = new Set();
  /** @type {string[]} */
  const found = [];
  /** @param {any} expected @param {any} actual @param {string} path */
  const compare = (expected, actual, path) => {
    if (typeof expected === "function" && typeof actual === "function") return;
    if (typeof expected !== "object" || expected === null || typeof actual !== "object") {
      if (!Object.is(expected, actual)) found.push(`${path}: ${actual} instead of ${expected}`);
      return;
    }
    if (seen.has(expected)) return;
    seen.add(expected);
    for (const key in expected) {
      const same = key in actual && Object.hasOwn(expected, key) === Object.hasOwn(actual, key);
      if (same) compare(expected[key], actual[key], `${path}.${key}`);
      // What is unset in a compiled descriptor reads as nothing.
      else if (expected[key] !== undefined) found.push(`${path}.${key} is missing`);
    }
  };
  for (const [name, file] of files) compare(made.getFile(name), file, name);
  return files.size > 30 ? found : [`there are only ${files.size} files`];
}
