import { relative } from "node:path";
import { root } from "./project.mjs";

/**
 * The chunks that entry points share, from bottom to top: a chunk takes along what its own modules import, as far as
 * no chunk below has it. What is loaded by its first use, and what none of these matches, the bundler puts elsewhere.
 */
const layers = /** @type {const} */ ([
  { name: "messages", test: /^gen\/(?!google\/api\/|flyteidl\/service\/(?:admin_pb|methods|rest_routes)\.)/ },
  { name: "admin-service", test: /^gen\/flyteidl\/service\/admin_pb\./ },
  { name: "core", test: /^src\/(?!testing\/|node\/|otel\/|transports\/grpc)[\w-]+\// },
  { name: "node", test: /^src\/(?:node\/(?!in-browser)|transports\/grpc\/)/ },
  { name: "testing", test: /^src\/testing\// },
]);

/** @type {import("rolldown").CodeSplittingGroup[]} */
export const codeChunks = layers.map(({ name, test }, index) => ({
  name,
  test: (id) => test.test(relative(root, id)),
  tags: ["$initial"],
  priority: layers.length - index,
}));

/** @type {import("rolldown").CodeSplittingGroup[]} */
export const declarationChunks = [];
