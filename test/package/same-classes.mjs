// A program that compares what each entry point throws with the classes of the root, in ESM and in CJS. `instanceof` would
// not do: it holds between both forms.
import { createRequire } from "node:module";
import * as functions from "flyte-admin-client/functions";
import * as grpcWeb from "flyte-admin-client/grpc-web";
import * as admin_pb from "flyte-admin-client/gen/flyteidl/service/admin_pb";
import * as methods from "flyte-admin-client/gen/flyteidl/service/methods";
import * as node from "flyte-admin-client/node";
import * as query from "flyte-admin-client/query";
import * as root from "flyte-admin-client";
import * as testing from "flyte-admin-client/testing";

const require = createRequire(import.meta.url);
const esm = { root, functions, node, grpcWeb, query, testing, admin_pb, methods };
/** @type {typeof esm} */
const cjs = {
  root: require("flyte-admin-client"),
  functions: require("flyte-admin-client/functions"),
  node: require("flyte-admin-client/node"),
  grpcWeb: require("flyte-admin-client/grpc-web"),
  query: require("flyte-admin-client/query"),
  testing: require("flyte-admin-client/testing"),
  admin_pb: require("flyte-admin-client/gen/flyteidl/service/admin_pb"),
  methods: require("flyte-admin-client/gen/flyteidl/service/methods"),
};

/** @param {() => unknown} act */
function thrownBy(act) {
  try {
    act();
  } catch (error) {
    return /** @type {Error} */ (error).constructor;
  }
  return undefined;
}

/** @param {typeof esm} form */
async function check(form) {
  const { InvalidIdentifierError, InvalidOptionError, NotFoundError } = form.root;
  const flyte = new form.testing.InMemoryFlyteAdmin({ projects: ["p"] });
  const admin = new form.root.AdminClient({ transport: flyte.transport() });
  const wrong = /** @type {never} */ ({ baseUrl: "nowhere" });
  const thrown = {
    functions: thrownBy(() => form.functions.connectRest(wrong)),
    node: thrownBy(() => form.node.createGrpcTransport(wrong)),
    "grpc-web": thrownBy(() => form.grpcWeb.createGrpcWebTransport(wrong)),
    testing: thrownBy(() => new form.testing.InMemoryFlyteAdmin(wrong)),
  };
  for (const [entry, constructor] of Object.entries(thrown)) {
    console.log(entry, constructor === InvalidOptionError);
  }
  const invalid = thrownBy(() => form.query.executionQuery(admin, wrong));
  console.log("query", invalid === InvalidIdentifierError);
  const missing = await admin.executions
    .get({ project: "p", domain: "development", name: "nobody" })
    .catch((/** @type {Error} */ error) => error.constructor);
  console.log("in memory", missing === NotFoundError);
  const { output } = form.admin_pb.AdminService.method.getTask;
  console.log("gen", output === form.methods.getTaskMethod.output);
}

await check(esm);
await check(cjs);
