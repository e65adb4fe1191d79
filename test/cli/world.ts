import {
  InMemoryFlyteAdmin,
  type ListeningServer,
  seedAttempts,
  seedExecution,
  seedNode,
} from "../../src/testing.js";
import { type Cli, createCli } from "./cli-process.js";

/** The scope that the tests' command line is set to. */
export const scope = { project: "flytesnacks", domain: "development" } as const;

/** A server, and a command line that is set to it by environment variables. */
export interface CliWorld {
  readonly flyte: InMemoryFlyteAdmin;
  readonly server: ListeningServer;
  readonly cli: Cli;
  dispose(): Promise<void>;
}

export async function createCliWorld(): Promise<CliWorld> {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  const server = await flyte.listen();
  const cli = createCli({
    FLYTE_PLATFORM_URL: server.grpcUrl,
    FLYTE_PROJECT: scope.project,
    FLYTE_DOMAIN: scope.domain,
  });
  return {
    flyte,
    server,
    cli,
    dispose: async () => {
      cli.dispose();
      await server.close();
    },
  };
}

/** Builds an execution of nodes `n0` and on, each with attempts of which every tenth failed. */
export async function seedRun(
  flyte: InMemoryFlyteAdmin,
  { name, nodes, attempts }: { name: string; nodes: number; attempts: number },
): Promise<void> {
  const executionId = await seedExecution(flyte, { ...scope, name, phase: "RUNNING" });
  for (let node = 0; node < nodes; node += 1) {
    const nodeExecutionId = await seedNode(flyte, {
      executionId,
      nodeId: `n${node}`,
      phase: "RUNNING",
    });
    await seedAttempts(flyte, {
      nodeExecutionId,
      count: attempts,
      attempt: (attempt) => ({
        phase: attempt % 10 === 0 ? "FAILED" : "SUCCEEDED",
        logs: { Pod: `https://logs.example.com/n${node}/${attempt}` },
      }),
    });
  }
}

/** Reads JSON without trusting it. */
export function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** The lines of an output. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
