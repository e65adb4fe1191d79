import { InMemoryFlyteAdmin } from "../../../../src/testing.js";

/** Serves an in-memory FlyteAdmin, and prints where, until its input ends. */
const server = await new InMemoryFlyteAdmin({ projects: ["flytesnacks"] }).listen();
console.log(JSON.stringify({ grpc: server.grpcUrl, rest: server.httpUrl }));
process.stdin.on("end", () => process.exit(0)).resume();
