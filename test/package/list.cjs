// A user's program as CJS: lists attempts over each wire.
const { AdminClient, outcomeOf } = require("flyte-admin-client");
const { TaskExecution_Phase } = require("flyte-admin-client/gen/flyteidl/core/execution_pb");
const { createGrpcWebTransport } = require("flyte-admin-client/grpc-web");
const { createGrpcTransport } = require("flyte-admin-client/node");
const {
  InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedNode,
} = require("flyte-admin-client/testing");

async function main() {
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
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
