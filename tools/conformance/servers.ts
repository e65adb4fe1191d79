import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import { AdminClient } from "flyte-admin-client";
import { connect, createGrpcTransport } from "flyte-admin-client/node";
import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";

import type { ConformanceOptions } from "./options.js";
import { type Player, playerOf } from "./play.js";
import type { Addresses } from "./server.js";

/** The server under test. */
export interface TargetServer {
  readonly players: readonly [Player, ...Player[]];
  close(): void;
}

/** Connects to the server that the options name, or starts an in-memory one in a process of its own. */
export async function openTarget(options: ConformanceOptions): Promise<TargetServer> {
  const { grpcUrl, restUrl, configFile } = options;
  if (configFile !== undefined) return openConfigured(configFile, options);
  if (grpcUrl !== undefined || restUrl !== undefined) return openPlain({ grpcUrl, restUrl });
  const child = fork(fileURLToPath(new URL("./server.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  const addresses = await addressesOf(child);
  const target = openPlain(addresses);
  return {
    players: target.players,
    close: () => {
      target.close();
      child.kill();
    },
  };
}

/** The settings that the in-memory server shares with the server under test. */
export interface SharedSettings {
  readonly projects: readonly string[];
  readonly domains: readonly string[];
  /** Where objects are, such as `s3://my-s3-bucket`. */
  readonly storage: string;
}

/** The in-memory server of this process, on the wires of the server under test. */
export function openInMemory(
  target: TargetServer,
  { projects, domains, storage }: SharedSettings,
): readonly [Player, ...Player[]] {
  const config = { metadataPrefix: `${storage}/metadata`, uploadPrefix: storage };
  const flyte = new InMemoryFlyteAdmin({ projects, domains, config });
  const open = ({ side: { wire } }: Player): Player => {
    const client =
      wire === "rest"
        ? new AdminClient({
            baseUrl: "http://in-memory",
            fetch: (input, init) => flyte.fetch(new Request(input, init)),
          })
        : new AdminClient({ transport: flyte.transport() });
    return playerOf(wire, client);
  };
  const [first, ...others] = target.players;
  return [open(first), ...others.map(open)];
}

function openPlain({
  grpcUrl,
  restUrl,
}: Pick<ConformanceOptions, "grpcUrl" | "restUrl">): TargetServer {
  const players = [
    ...(grpcUrl === undefined
      ? []
      : [
          playerOf(
            "grpc",
            new AdminClient({ transport: createGrpcTransport({ baseUrl: grpcUrl }) }),
          ),
        ]),
    ...(restUrl === undefined ? [] : [playerOf("rest", new AdminClient({ baseUrl: restUrl }))]),
  ];
  return targetOf(players);
}

async function openConfigured(
  configFile: string,
  { grpcUrl, restUrl }: ConformanceOptions,
): Promise<TargetServer> {
  const places = { configFile };
  const grpc = await connect({ ...places, ...endpointOf(grpcUrl), wire: "grpc" });
  const players = [playerOf("grpc", grpc)];
  if (restUrl !== undefined) {
    const rest = await connect({ ...places, ...endpointOf(restUrl), wire: "rest" });
    players.push(playerOf("rest", rest));
  }
  return targetOf(players);
}

function endpointOf(url: string | undefined) {
  if (url === undefined) return {};
  const { host, protocol } = new URL(url);
  return { endpoint: host, insecure: protocol === "http:" };
}

function targetOf(players: readonly Player[]): TargetServer {
  const [first, ...others] = players;
  if (first === undefined) throw new Error("The server under test has no address.");
  return {
    players: [first, ...others],
    close: () => {
      for (const { client } of players) client.close();
    },
  };
}

function addressesOf(child: ChildProcess): Promise<Addresses> {
  return new Promise((resolve, reject) => {
    child.once("message", (message: Addresses) => {
      resolve(message);
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`The in-memory server ended early (${code ?? "by a signal"}).`));
    });
  });
}
