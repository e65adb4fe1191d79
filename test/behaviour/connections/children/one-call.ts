import { AdminClient } from "../../../../src/index.js";
import { createGrpcTransport, createNodeFetch } from "../../../../src/node.js";
import type { OneCall } from "./inputs.js";

/** Makes one call, prints which connections and timers keep it alive, and has nothing more to do. It closes nothing. */
const { wire, baseUrl, ca, proxyUrl } = JSON.parse(process.argv[2] ?? "") as OneCall;
const tls = { ca };
const admin =
  wire === "grpc"
    ? new AdminClient({ transport: createGrpcTransport({ baseUrl, tls, proxyUrl }) })
    : new AdminClient({ baseUrl, fetch: createNodeFetch({ tls, proxyUrl }) });
await admin.identity.getServerVersion();
await new Promise((resolve) => setImmediate(resolve));
// Only what keeps the process alive is listed.
const kept = process.getActiveResourcesInfo();
console.log(
  kept.filter((name) => /^(TCP|TLS|Timeout)/.test(name)).join() || "nothing keeps it alive",
);
