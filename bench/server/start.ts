import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import type { Load } from "./cost.js";
import type { Ports, ServerMessage, ServerPlan, ServerQuestion } from "./messages.js";

/** An in-memory FlyteAdmin in a process of its own. */
export interface BenchServer {
  readonly ports: readonly Ports[];
  /** How busy it was since the last time this was asked. */
  takeLoad(): Promise<Load>;
  /** The memory of its process, in bytes. */
  rssBytes(): Promise<number>;
  stop(): void;
}

/** Starts a server, and waits until it is filled and listens. */
export async function startServer(plan: ServerPlan): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL("./main.ts", import.meta.url)), [JSON.stringify(plan)], {
    execArgv: ["--import", "tsx", "--max-old-space-size=4096"],
  });
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
