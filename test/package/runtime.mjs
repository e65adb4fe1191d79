// The check in Node, Bun and Deno, over REST and over gRPC.
import process from "node:process";

import { AdminClient } from "flyte-admin-client";
import { createGrpcTransport } from "flyte-admin-client/node";
import { check, restClient } from "./runtime-check.mjs";

const [httpUrl = "", grpcUrl = "", nobody = ""] = process.argv.slice(2);
console.log(await check(restClient(httpUrl), restClient(nobody)));
const transport = createGrpcTransport({ baseUrl: grpcUrl });
const other = createGrpcTransport({ baseUrl: nobody });
console.log(
  await check(
    new AdminClient({ transport, timeoutMs: 10_000 }),
    new AdminClient({ transport: other, retry: false, timeoutMs: 10_000 }),
  ),
);
transport.close();
other.close();
