// A user's program as ESM: lists attempts over each wire.
import { AdminClient, outcomeOf } from "flyte-admin-client";
import { TaskExecution_Phase } from "flyte-admin-client/gen/flyteidl/core/execution_pb";
import { createGrpcWebTransport } from "flyte-admin-client/grpc-web";
import { createGrpcTransport } from "flyte-admin-client/node";
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

const server = await flyte.listen({ grpcWeb: true });
const clients = {
  "in process": new AdminClient({ transport: flyte.transport() }),
  REST: new AdminClient({ baseUrl: server.httpUrl }),
  gRPC: new AdminClient({ transport: createGrpcTransport({ baseUrl: server.grpcUrl }) }),
  "gRPC-Web": new AdminClient({ transport: createGrpcWebTransport({ baseUrl: server.httpUrl }) }),
};
for (const [wire, admin] of Object.entries(clients)) {
  const attempts = admin.taskExecutions.list({
    nodeExecutionId,
    orderBy: { field: "retryAttempt", direction: "ascending" },
  });
  for await (const attempt of attempts) {
    const phase = TaskExecution_Phase[attempt.closure?.phase ?? 0];
    console.log(
      `${wire}: attempt ${attempt.id?.retryAttempt} ${phase}, ${outcomeOf(attempt).kind}`,
    );
  }
}
await server.close();
