import { InMemoryFlyteAdmin } from "../../src/testing/in-memory-flyte-admin.js";
import { seedTree } from "../../src/testing/states/index.js";
import { ServerCost } from "./cost.js";
import { startDelayProxy } from "./delay-proxy.js";
import { fillAttempts, names, scope } from "./fill.js";
import type { Ports, ServerMessage, ServerPlan, ServerQuestion } from "./messages.js";

/** The process that the server runs in: it gets the rows to hold, and says where it listens. */
async function main(plan: ServerPlan): Promise<void> {
  const cost = new ServerCost();
  const flyte = new InMemoryFlyteAdmin({
    projects: [scope.project],
    maxCalls: 100,
    ...(plan.costs ? { beforeAnswer: cost.beforeAnswer } : {}),
  });
  if (plan.attempts > 0) await fillAttempts(flyte, names.long, plan.attempts);
  if (plan.shortAttempts > 0) await fillAttempts(flyte, names.short, plan.shortAttempts);
  for (const [name, nodes] of [
    [names.tree, plan.treeNodes],
    [names.smallTree, plan.smallTreeNodes],
  ] as const) {
    if (nodes === 0) continue;
    // One leaf in three has a second attempt, as in the tree that was measured.
    const parents = Math.max(1, Math.round(nodes / 100));
    await seedTree(flyte, { ...scope, name, nodes, parents, attempts: (n) => (n % 3 ? 1 : 2) });
  }
  const server = await flyte.listen();
  const ports: Ports[] = [];
  for (const delayMs of plan.delaysMs) {
    if (delayMs === 0) {
      ports.push({ delayMs, grpcUrl: server.grpcUrl, restUrl: server.httpUrl });
      continue;
    }
    const [grpc, rest] = await Promise.all([
      startDelayProxy(server.grpcUrl, delayMs),
      startDelayProxy(server.httpUrl, delayMs),
    ]);
    ports.push({ delayMs, grpcUrl: grpc.url, restUrl: rest.url });
  }
  if (plan.costs) cost.turnOn();
  process.on("message", (question: ServerQuestion) => {
    say(
      question.kind === "load"
        ? { kind: "load", load: cost.takeLoad() }
        : { kind: "memory", rssBytes: process.memoryUsage().rss },
    );
  });
  process.on("disconnect", () => process.exit());
  say({ kind: "ready", ports });
}

function say(message: ServerMessage): void {
  process.send?.(message);
}

await main(JSON.parse(process.argv[2] ?? "{}") as ServerPlan);
