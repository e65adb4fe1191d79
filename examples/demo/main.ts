import { AdminClient, isFlyteError } from "flyte-admin-client";
import { createGrpcTransport } from "flyte-admin-client/node";
import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";
import { type DemoArguments, readArguments, usage } from "./arguments.js";
import { countText } from "./describe.js";
import { addSampleExecution } from "./sample-data.js";
import { tellStory } from "./story.js";
import { standardTerminal, type Terminal } from "./terminal.js";

async function main(): Promise<void> {
  const terminal = standardTerminal(process.stdout);
  const args = readArguments(process.argv.slice(2));
  if (args === "help") {
    terminal.line(usage);
    return;
  }
  await (args.baseUrl === undefined
    ? onServerInMemory(args, terminal)
    : tell({ ...args, baseUrl: args.baseUrl }, terminal));
  terminal.heading("Try next");
  for (const [command, text] of nextCommands) terminal.line(`   ${command.padEnd(36)} ${text}`);
}

const nextCommands = [
  ["npm run cookbook -- out-of-memory", "finds what ran out of memory, in 30 lines of code"],
  ["npm run dashboard", "shows executions in a web page"],
  ["npm run demo -- --wire grpc", "runs this over gRPC; --base-url reads a real server"],
] as const;

async function onServerInMemory(args: DemoArguments, terminal: Terminal): Promise<void> {
  terminal.line("No --base-url: filling a FlyteAdmin in memory with a few thousand attempts.");
  const flyte = new InMemoryFlyteAdmin({ projects: [args.project] });
  await addSampleExecution(flyte, args.execution);
  const server = await flyte.listen();
  try {
    const baseUrl = args.wire === "grpc" ? server.grpcUrl : server.httpUrl;
    const before = flyte.calls.length;
    await tell({ ...args, baseUrl }, terminal);
    terminal.line(
      `   The server counted ${countText(flyte.calls.length - before)} requests in all.`,
    );
  } finally {
    await server.close();
  }
}

async function tell(
  { baseUrl, wire, token, ...args }: DemoArguments & { baseUrl: string },
  terminal: Terminal,
): Promise<void> {
  let calls = 0;
  const settings = {
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    hooks: {
      onRequest: () => {
        calls++;
      },
    },
  };
  const transport = wire === "grpc" ? createGrpcTransport({ baseUrl }) : undefined;
  const admin = new AdminClient(
    transport === undefined ? { baseUrl, ...settings } : { transport, ...settings },
  );
  terminal.line(`${wire === "grpc" ? "gRPC" : "REST"} at ${baseUrl}`);
  terminal.line(`execution ${args.project}/${args.domain}/${args.execution}`);
  try {
    const subject = {
      project: args.project,
      domain: args.domain,
      name: args.execution,
      nodeId: args.node,
    };
    const { attempts, elapsedMs } = await tellStory(admin, subject, terminal);
    terminal.heading("What it took");
    terminal.line(
      `   ${countText(attempts)} attempts walked at ${countText(attempts / (elapsedMs / 1000))} a second; ${countText(calls)} calls in all.`,
    );
  } finally {
    transport?.close();
  }
}

main().catch((error: unknown) => {
  // The text of a FlyteError says what to do next; anything else is a fault of the demo itself.
  console.error(isFlyteError(error) || !(error instanceof Error) ? String(error) : error.message);
  process.exitCode = 1;
});
