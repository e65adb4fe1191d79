import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import type { Load } from "./cost.js";
import type { Ports, ProxyPlan, ServerMessage, ServerPlan, ServerQuestion } from "./messages.js";

/** Proxies that add round trips, in a process of their own. */
export interface BenchProxies {
  readonly ports: readonly Ports[];
  stop(): void;
}

/** An in-memory FlyteAdmin, with such proxies, in a process of its own. */
export interface BenchServer extends BenchProxies {
  /** How busy it was since the last time this was asked. */
  takeLoad(): Promise<Load>;
  /** The memory of its process, in bytes. */
  rssBytes(): Promise<number>;
}

/** Starts a server, and waits until it is filled and listens. */
export async function startServer(plan: ServerPlan): Promise<BenchServer> {
  const child = startProcess(plan);
  const { ports } = await heard(child, "ready");
  const ask = async <K extends ServerQuestion["kind"]>(kind: K) => {
    const answer = heard(child, kind);
    child.send({ kind });
    return answer;
  };
  return {
    ports,
    takeLoad: async () => (await ask("load")).load,
    rssBytes: async () => (await ask("memory")).rssBytes,
    stop: () => child.kill(),
  };
}

/** Starts the proxies before a server that runs already. */
export async function startProxies(plan: ProxyPlan): Promise<BenchProxies> {
  const child = startProcess(plan);
  const { ports } = await heard(child, "ready");
  return { ports, stop: () => child.kill() };
}

function startProcess(plan: ServerPlan | ProxyPlan): ChildProcess {
  return fork(fileURLToPath(new URL("./main.ts", import.meta.url)), [JSON.stringify(plan)], {
    execArgv: ["--import", "tsx", "--max-old-space-size=4096"],
  });
}

function heard<K extends ServerMessage["kind"]>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<ServerMessage, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: ServerMessage): void => {
      if (!isOfKind(message, kind)) return;
      child.off("message", onMessage);
      child.off("exit", onExit);
      resolve(message);
    };
    const onExit = (code: number | null): void => {
      reject(new Error(`the server process ended with ${code ?? "a signal"}`));
    };
    child.on("message", onMessage);
    child.once("exit", onExit);
  });
}

function isOfKind<K extends ServerMessage["kind"]>(
  message: ServerMessage,
  kind: K,
): message is Extract<ServerMessage, { kind: K }> {
  return message.kind === kind;
}
