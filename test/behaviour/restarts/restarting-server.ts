import { rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { type Child, startChild } from "../../support/child.js";
import type { ServerCommand, ServerInput, ServerUrls } from "./protocol.js";

/** A server in a process of its own that can be killed, and comes back at the same address with the same rows. */
export class RestartingServer implements AsyncDisposable {
  readonly urls: ServerUrls;
  readonly #folder: string;
  readonly #input: ServerInput;
  #running: Child;
  /** Filled in advance, so that the time away does not depend on how busy the machine is. */
  #standby: Promise<Child> | undefined;

  private constructor(
    folder: string,
    input: ServerInput,
    running: Child,
    standby: Promise<Child>,
    urls: ServerUrls,
  ) {
    this.#folder = folder;
    this.#input = input;
    this.#running = running;
    this.#standby = standby;
    this.urls = urls;
  }

  static async start(input: Omit<ServerInput, "journal">): Promise<RestartingServer> {
    const folder = await mkdtemp(join(tmpdir(), "restarts-"));
    const complete = { ...input, journal: join(folder, "writes.json") };
    const running = await filled(complete);
    const urls = await listen(running, { kind: "listen", grpcPort: 0, httpPort: 0 });
    return new RestartingServer(folder, complete, running, filled(complete), urls);
  }

  /** Kills the server's process, and starts another one after a time. */
  async restart(awayMs: number): Promise<void> {
    const next = await (this.#standby ?? filled(this.#input));
    this.#standby = undefined;
    send(this.#running, { kind: "kill" });
    await this.#running.ended;
    await wait(awayMs);
    this.#running = next;
    await listen(next, {
      kind: "listen",
      grpcPort: portOf(this.urls.grpc),
      httpPort: portOf(this.urls.rest),
    });
  }

  /** Ends the processes. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of [this.#running, await this.#standby]) {
      if (child === undefined) continue;
      child.process.kill("SIGKILL");
      await child.ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function filled(input: ServerInput): Promise<Child> {
  const child = startChild(new URL("./server.ts", import.meta.url), input);
  const line = await child.line();
  if (line !== "filled") throw new Error(`the server ended before it was filled: ${line}`);
  return child;
}

async function listen(child: Child, command: ServerCommand): Promise<ServerUrls> {
  send(child, command);
  return JSON.parse(await child.line()) as ServerUrls;
}

function send(child: Child, command: ServerCommand): void {
  child.process.stdin?.write(`${JSON.stringify(command)}\n`);
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
