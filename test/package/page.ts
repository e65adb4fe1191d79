// A page's program in TypeScript, without Node's types: lists attempts over REST.
import { AdminClient, type Outcome, outcomeOf } from "flyte-admin-client";
import { createGrpcWebTransport } from "flyte-admin-client/grpc-web";
import {
  InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedNode,
} from "flyte-admin-client/testing";

const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const executionId = await seedExecution(flyte, { name: "f3a" });
const nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0" });
await seedAttempts(flyte, { nodeExecutionId, count: 3 });

const fetch: typeof globalThis.fetch = (input, init) => flyte.fetch(new Request(input, init));
const baseUrl = "https://flyte.example.com";
const clients = {
  REST: new AdminClient({ baseUrl, fetch }),
  "gRPC-Web": new AdminClient({ transport: createGrpcWebTransport({ baseUrl }) }),
};
const attempts = await clients.REST.taskExecutions.list({ nodeExecutionId }).toArray({ limit: 10 });
const kinds: Outcome["kind"][] = attempts.map((attempt) => outcomeOf(attempt).kind);
console.log(kinds.sort().join(", "));
