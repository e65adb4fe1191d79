import { relative } from "node:path";
import { root } from "./project.mjs";

/**
 * The chunks that entry points share, from bottom to top: a chunk takes along what its own modules import, as far as
 * no chunk below has it. What is loaded by its first use, and what none of these matches, the bundler puts elsewhere.
 */
const layers = /** @type {const} */ ([
  {
    name: "messages",
    test: /^gen\/(?!google\/api\/|flyteidl\/service\/(?:admin_pb|methods|rest_routes)\.)|^src\/descriptors\//,
  },
  { name: "admin-service", test: /^gen\/flyteidl\/service\/admin_pb\./ },
  // Alone, since webpack makes a file for each import() of a module of which it keeps anything.
  { name: "load-oauth", test: /^src\/auth\/oauth\/load\./ },
  // Alone, since it probes DataView when it loads, which bundlers keep with any part of its file.
  { name: "msgpack", test: /^node_modules\/@msgpack\// },
  // Not what needs packages that few have.
  { name: "client", test: /^src\/(?!testing\/|node\/|cli\/|otel\/|transports\/grpc)[\w-]+\// },
  { name: "node", test: /^src\/(?:node\/(?!in-browser)|transports\/grpc\/)/ },
  { name: "testing", test: /^src\/testing\// },
]);

const groups = layers.map(({ name, test }, index) => ({
  name,
  test: (/** @type {string} */ id) => test.test(relative(root, id)),
  priority: layers.length - index,
}));

/**
 * The chunks of code: modules that are only imported by their first use stay out of them.
 * @type {import("rolldown").CodeSplittingGroup[]}
 */
export const codeChunks = groups.map((group) => ({ ...group, tags: ["$initial"] }));

/**
 * The chunks of declarations, each beside the code. Names that end in .d are those that become declarations.
 * @type {import("rolldown").CodeSplittingGroup[]}
 */
export const declarationChunks = groups.map((group) => ({ ...group, name: `${group.name}.d` }));
