import { InMemoryFlyteAdmin } from "../../src/testing/in-memory-flyte-admin.js";
import { seedTree } from "../../src/testing/states/index.js";
import { ServerCost } from "./cost.js";
import { delayedPorts, type ServerUrls } from "./delay-proxy.js";
import { fillAttempts, fillExecutions, fillNodes, fillTaskNames, names, scope } from "./fill.js";
import type { ProxyPlan, ServerMessage, ServerPlan, ServerQuestion } from "./messages.js";

const cost = new ServerCost();

/** The process that the server runs in, or the proxies before one: it gets its plan, and says where it listens. */
async function main(plan: ServerPlan | ProxyPlan): Promise<void> {
  const urls = "grpcUrl" in plan ? plan : await startInMemory(plan);
  const ports = await delayedPorts(urls, plan.delaysMs);
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

async function startInMemory(plan: ServerPlan): Promise<ServerUrls> {
  const flyte = new InMemoryFlyteAdmin({
    projects: [scope.project],
    maxCalls: 100,
    ...(plan.costs ? { beforeAnswer: cost.beforeAnswer } : {}),
  });
  if (plan.attempts > 0) {
    const node = await fillAttempts(flyte, names.long, plan.attempts);
    await fillNodes(flyte, node, plan.nodes);
  }
  if (plan.shortAttempts > 0) await fillAttempts(flyte, names.short, plan.shortAttempts);
  await fillExecutions(flyte, { prefix: "run", count: plan.executions, phase: "SUCCEEDED" });
  const running = { prefix: "running", count: plan.runningExecutions, phase: "RUNNING" } as const;
  await fillExecutions(flyte, running);
  if (plan.taskNames > 0) await fillTaskNames(flyte, plan.taskNames);
  if (plan.treeNodes > 0) {
    const { treeNodes: nodes } = plan;
    // One leaf in three has a second attempt, as in the tree that was measured.
    const parents = Math.max(1, Math.round(nodes / 100));
    await seedTree(flyte, {
      ...scope,
      name: names.tree,
      nodes,
      parents,
      attempts: (n) => (n % 3 ? 1 : 2),
    });
  }
  const { grpcUrl, httpUrl } = await flyte.listen();
  if (plan.costs) cost.turnOn();
  return { grpcUrl, restUrl: httpUrl };
}

function say(message: ServerMessage): void {
  process.send?.(message);
}

await main(JSON.parse(process.argv[2] ?? "{}") as ServerPlan | ProxyPlan);
