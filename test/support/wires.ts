import { AdminClient, type ConnectionOptions } from "../../src/index.js";
import { createGrpcWebTransport } from "../../src/grpc-web.js";
import { createGrpcTransport } from "../../src/node.js";
import type { InMemoryFlyteAdmin } from "../../src/testing.js";

/** A client on one wire, and what ends it. */
export interface WireClient {
  readonly admin: AdminClient;
  close(): Promise<void>;
}

/** A way to reach an in-memory FlyteAdmin. */
export interface Wire {
  readonly name: string;
  /** Whether it goes through the REST gateway, which cannot carry all that gRPC can. */
  readonly rest: boolean;
  open(flyte: InMemoryFlyteAdmin, settings?: ConnectionOptions): Promise<WireClient>;
}

/** Every wire that the package speaks. */
export const wires: readonly Wire[] = [
  {
    name: "in process",
    rest: false,
    open: (flyte, settings) =>
      Promise.resolve({
        admin: new AdminClient({ transport: flyte.transport(), ...settings }),
        close: () => Promise.resolve(),
      }),
  },
  {
    name: "REST in process",
    rest: true,
    open: (flyte, settings) =>
      Promise.resolve({
        admin: new AdminClient({
          baseUrl: "http://flyte.test",
          fetch: (url, init) => flyte.fetch(new Request(url, init)),
          ...settings,
        }),
        close: () => Promise.resolve(),
      }),
  },
  {
    name: "REST over a socket",
    rest: true,
    async open(flyte, settings) {
      const server = await flyte.listen();
      return {
        admin: new AdminClient({ baseUrl: server.httpUrl, ...settings }),
        close: () => server.close(),
      };
    },
  },
  {
    name: "gRPC over a socket",
    rest: false,
    async open(flyte, settings) {
      const server = await flyte.listen();
      const transport = createGrpcTransport({ baseUrl: server.grpcUrl });
      return {
        admin: new AdminClient({ transport, ...settings }),
        async close() {
          transport.close();
          await server.close();
        },
      };
    },
  },
  ...(["grpc-web", "connect"] as const).map((protocol): Wire => ({
    name: protocol === "connect" ? "Connect over a socket" : "gRPC-Web over a socket",
    rest: false,
    async open(flyte, settings) {
      const server = await flyte.listen({ grpcWeb: true });
      const transport = createGrpcWebTransport({ baseUrl: server.httpUrl, protocol });
      return {
        admin: new AdminClient({ transport, ...settings }),
        close: () => server.close(),
      };
    },
  })),
];
