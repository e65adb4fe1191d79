import { createServer, type Http2Server } from "node:http2";
import type { AddressInfo } from "node:net";

import type { Transport } from "@connectrpc/connect";

import { createGrpcTransport } from "../../src/node.js";
import { frame } from "../testing/wires/raw-grpc.js";

/** A gRPC server that answers each call with the message that was asked for last. */
export interface AnsweringServer {
  /** The transport to it, after which calls are answered with these bytes. */
  transport(answer: Uint8Array): Transport;
  close(): Promise<void>;
}

/** Starts a gRPC server on loopback that answers whatever it is called. */
export async function answeringServer(): Promise<AnsweringServer> {
  let answer = new Uint8Array();
  const server: Http2Server = createServer();
  server.on("stream", (stream) => {
    stream.respond(
      { ":status": 200, "content-type": "application/grpc", "x-part": "header" },
      { waitForTrailers: true },
    );
    stream.on("wantTrailers", () => {
      stream.sendTrailers({ "grpc-status": "0", "x-part": "trailer" });
    });
    stream.end(frame(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${port}` });
  return {
    transport(bytes) {
      answer = Uint8Array.from(bytes);
      return transport;
    },
    async close() {
      transport.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
